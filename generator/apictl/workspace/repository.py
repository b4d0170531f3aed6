"""The git repository that a folder lies in: revisions by name, their trees, and the content of their files.

Nothing is checked out and no configuration of the repository is obeyed beyond what finding its objects needs.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from apictl.errors import ApictlError

_MAIN: Final = ("refs/remotes/origin/HEAD", "refs/remotes/origin/main", "refs/remotes/origin/master", "main", "master")
_ID: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
_SHOWN_ID: Final = 10
_NAME_LENGTH: Final = 250
# Set by git for its hooks; they would override the folder that is asked for.
_HOOK_VARIABLES: Final = frozenset({"GIT_DIR", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_WORK_TREE"})


class NothingCommitted(ApictlError):
    """The repository is new: there is no commit that anything could be compared with."""


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit, and what it is called here.

    Attributes:
        id: full, in hexadecimal digits.
        name: as the user wrote it, or the first digits of the id.
    """

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository with a working tree.

    Attributes:
        top: absolute folder of the working tree.
        is_shallow: older commits were not fetched.
        environment: of git's processes.
    """

    top: Path
    is_shallow: bool
    environment: Mapping[str, str]

    def command(self, *arguments: str) -> list[str]:
        """Return the command line of git with *arguments*, for this repository."""
        return _command(self.top, *arguments)

    def commit(self, name: str) -> Commit:
        """Return the commit that *name* (a branch, tag, id, `HEAD~1`, …) means.

        Raises:
            ApictlError: there is none.
        """
        if not name or name.startswith("-") or len(name) > _NAME_LENGTH or _CONTROL.search(name):
            raise ApictlError(f"{name[:_NAME_LENGTH]!r} names no revision")
        found = self._asked("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        if _ID.fullmatch(found) is None:  # `^main` is understood and no commit
            hint = "`git fetch` may bring it"
            hint = "this clone is shallow: `git fetch --unshallow` brings the rest" if self.is_shallow else hint
            raise ApictlError(f"{name!r} names no revision", hint=hint)
        return Commit(found, found[:_SHOWN_ID] if found.startswith(name.lower()) else name)

    def base(self) -> Commit:
        """Return the commit at which HEAD left the main branch, by the name of that branch if it is still there.

        Raises:
            ApictlError: there is no commit yet, no main branch, or its history was not fetched.
        """
        if not self._asked("rev-parse", "--verify", "--quiet", "HEAD^{commit}"):
            raise NothingCommitted("there is no commit yet", hint="name what to compare with: --against REVISION")
        main = next(
            (name for name in _MAIN if self._asked("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")), ""
        )
        if not main:
            shown = "origin/HEAD, origin/main, origin/master, main or master"
            raise ApictlError(
                f"there is no main branch ({shown})", hint="name what to compare with: --against REVISION"
            )
        found = self._asked("merge-base", "HEAD", main)
        shown = self._asked("rev-parse", "--abbrev-ref", main) or main
        if _ID.fullmatch(found) is None:
            state = "this clone is shallow" if self.is_shallow else "they have no commit in common"
            hint = "`git fetch --unshallow` (fetch-depth: 0 in CI), or name a revision: --against REVISION"
            raise ApictlError(f"HEAD and {shown} can't be followed to where they met: {state}", hint=hint)
        is_tip = found == self._asked("rev-parse", "--verify", "--quiet", f"{main}^{{commit}}")
        return Commit(found, shown if is_tip else found[:_SHOWN_ID])

    def tree(self, commit: Commit, folder: Path) -> str:
        """Return the id of *folder*, absolute and inside the repository, in *commit*; "" when it was not there."""
        steps = folder.relative_to(self.top).as_posix()
        name = f"{commit.id}^{{tree}}" if steps == "." else f"{commit.id}:{steps}"
        found = self._asked("rev-parse", "--verify", "--quiet", "--end-of-options", name)
        return found if _ID.fullmatch(found) else ""

    def files(self, tree: str, path: str) -> tuple[tuple[str, str], ...]:
        """Return mode and path of each file below *path* in *tree*, sorted; a submodule is one of mode 160000.

        Raises:
            ApictlError: *tree* is damaged, or was not fetched.
        """
        if not tree or not path:
            return ()
        done = _run(self.command("ls-tree", "-r", "-z", "--full-tree", tree, "--", path), self.environment)
        if done.returncode:
            raise ApictlError(f"git can't list {path!r} of {tree[:_SHOWN_ID]}: {_reason(done)}")
        entries = done.stdout.decode("utf-8", "surrogateescape").split("\0")
        pairs = [entry.partition("\t")[::2] for entry in entries if entry]
        return tuple((head.split(" ")[0], name) for head, name in pairs)

    def blobs(self, tree: str, paths: Sequence[str]) -> Mapping[str, str]:
        """Return the ids of the files that are, or are below, *paths* in *tree*, by path.

        Raises:
            ApictlError: *tree* is damaged, or was not fetched.
        """
        if not tree or not paths:
            return {}
        done = _run(self.command("ls-tree", "-r", "-z", "--full-tree", tree, "--", *paths), self.environment)
        if done.returncode:
            raise ApictlError(f"git can't list {tree[:_SHOWN_ID]}: {_reason(done)}")
        entries = done.stdout.decode("utf-8", "surrogateescape").split("\0")
        pairs = (entry.partition("\t")[::2] for entry in entries if entry)
        return {name: head.rpartition(" ")[2] for head, name in pairs}

    def touched(self, commit: Commit, path: str) -> tuple[str, ...]:
        """Return the files below *path* that the index or *commit* holds, and that may differ on the disk.

        Raises:
            ApictlError: *commit* is damaged, or was not fetched.
        """
        # A monitor of the file system is a program that a configuration names.
        options = ("-c", "core.fsmonitor=false", "diff-index", "--name-only", "--no-renames", "-z")
        done = _run(self.command(*options, commit.id, "--", path), self.environment)
        if done.returncode:
            raise ApictlError(f"git can't compare {path!r} with {commit.name}: {_reason(done)}")
        names = done.stdout.decode("utf-8", "surrogateescape").split("\0")
        return tuple(name for name in names if name)

    def _asked(self, *arguments: str) -> str:
        """Return what git answers to *arguments*; "" when it has none."""
        return _run(self.command(*arguments), self.environment).stdout.decode("utf-8", "surrogateescape").rstrip("\n")


def open_repository(folder: Path, environment: Mapping[str, str]) -> Repository:
    """Return the repository that *folder* lies in; *environment* is that of git's processes.

    Raises:
        ApictlError: there is none, it belongs to somebody else, or git is not installed.
    """
    usable = {name: value for name, value in environment.items() if name not in _HOOK_VARIABLES}
    usable |= {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
    done = _run(_command(folder, "rev-parse", "--is-shallow-repository", "--show-toplevel"), usable)
    answers = done.stdout.decode("utf-8", "surrogateescape").rstrip("\n").split("\n", 1)
    if done.returncode or len(answers) < 2:  # noqa: PLR2004 - one answer a question
        hint = "without a revision, compare two files or two folders: apictl diff OLD NEW"
        raise ApictlError(f"{folder} is in no usable git repository: {_reason(done) or 'no working tree'}", hint=hint)
    return Repository(Path(answers[1]).resolve(), answers[0] == "true", usable)


def _reason(done: subprocess.CompletedProcess[bytes]) -> str:
    return done.stderr.decode("utf-8", "replace").strip().split("\n")[0].removeprefix("fatal: ")


def _command(folder: Path, *arguments: str) -> list[str]:
    # A folder that merely looks like a bare repository is content that somebody committed.
    options = ["-c", "safe.bareRepository=explicit", "--no-pager", "--literal-pathspecs"]
    return ["git", *options, "-C", str(folder), *arguments]


def _run(command: list[str], environment: Mapping[str, str]) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603 - git, with names that can't be options
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
    except FileNotFoundError as fault:
        raise ApictlError(
            "git is not installed", hint="compare two files or two folders: apictl diff OLD NEW"
        ) from fault
    except ValueError as fault:  # a NUL in an argument
        raise ApictlError("a path or name holds what no command can be told") from fault
