"""What holds for every case, and whether what a case expects came true."""

from __future__ import annotations

import ast
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.cases_reading import SECRET, Case, Command, spelled
from tests.injection.places import CANARY

Snapshot = dict[str, tuple[bytes | str, int, int]]
"""Path → content, mode and time of the last change of each file; for links where they lead."""

_FINDING: Final = re.compile(
    r"^(?P<path>[^:]+):(?P<line>\d+):(?P<column>\d+): (?P<severity>error|warning|info): (?P<message>.*)"
    r" \[(?P<rule>[a-z0-9-]+)\]$"
)
_UNLOCATED: Final = re.compile(r"\b(?:error|warning|info): .* \[(?!generated-code-)[a-z0-9-]+\]$")
_NOTES: Final = frozenset(
    {
        "boolean-word-unquoted",
        "key-unquoted",
        "name-clash",
        "nullable-without-type",
        "operation-id-missing",
        "path-parameter-undeclared",
    }
)
"""What keeps no document from being read: commands that do something else with it don't tell."""
_LARGE: Final = 10_000_000
_LONGEST: Final = 200
_MODE: Final = 0o644


def snapshot(root: Path) -> Snapshot:
    """Return all below *root* but the cache."""
    return {name: _state(root / name) for name in _names(root)}


def judge_output(case: Case, code: int, *, output: str) -> None:
    """Judge what holds for the output of any command: nothing but short messages, and nobody's secrets."""
    assert "Traceback" not in output, output
    assert code == case.exit, output
    assert SECRET not in output
    assert "root:x:" not in output
    for line in output.splitlines():
        match = _FINDING.match(line)
        assert match is None or len(match["message"]) <= _LONGEST, line
        assert len(line) <= 1000


def judge_findings(case: Case, command: Command, *, output: str) -> None:
    """Judge that each finding has file, line and column, and that they are those that are expected."""
    lines = output.splitlines()
    found = [match for line in lines if (match := _FINDING.match(line))]
    assert [line for line in lines if _UNLOCATED.search(line) and not _FINDING.match(line)] == []
    told = [spelled(match["rule"], match["path"], match["line"], match["column"]) for match in found]
    if case.findings is not None and command[0] == "check":
        # The rest of what is recommended is a matter of style here: none of it may be an error.
        others = [match for match, each in zip(found, told, strict=True) if each not in case.findings]
        assert [match[0] for match in others if match["severity"] == "error"] == []
        assert sorted(each for each in told if each in case.findings) == sorted(case.findings)
    elif case.findings is not None:
        is_noted = command[0] not in {"diff", "graph"}
        assert tuple(told) == tuple(each for each in case.findings if is_noted or each.partition(":")[0] not in _NOTES)
    if case.exit == 1 and case.findings != () and not case.before:
        assert "error" in {match["severity"] for match in found}


def judge_errors(errors: str) -> None:
    """Judge that no finding stands on stderr."""
    assert not any(_FINDING.match(line) for line in errors.splitlines())


def judge_tree(case: Case, command: Command, before: Snapshot, after: Snapshot) -> None:
    """Judge that nothing changed, or only what is generated, and that in the way it should."""
    if case.exit != 0 or case.tree == "unchanged" or command[0] != "generate":
        assert after == before
        return
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert changed
    for name in changed:
        if _is_left_by_the_dead(name, after):
            continue
        assert name.startswith("workspace/generated/") or name == "workspace/apictl.lock", name
        assert case.before or name not in before, name
        assert not name.startswith(tuple(f"workspace/{path}" for path in case.keeps)), name
        if name in after:
            _judge_written(name, *after[name])
    assert len({name.casefold() for name in after}) == len(after)


def _is_left_by_the_dead(name: str, after: Snapshot) -> bool:
    """Whether the file called *name* is of an earlier run that did not end, and gone now."""
    return name.startswith("workspace/.generated.apictl/") and name not in after


def _judge_written(name: str, content: bytes | str, mode: int, _changed: int) -> None:
    assert len(os.fsencode(name.rsplit("/", 1)[1])) <= 255
    assert isinstance(content, bytes)
    assert mode == _MODE or os.name == "nt"
    assert SECRET.encode() not in content
    assert CANARY not in name
    if name.endswith(".py") and CANARY.encode() in content:
        assert [text for text in _words_of_code(content.decode()) if CANARY in text] == [], name


def _words_of_code(text: str) -> Iterator[str]:
    """Yield what the nodes of a module are called, but not what stands in its constants."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Constant):
            values = [value for _, value in ast.iter_fields(node)]
            listed = [each for value in values for each in (value if isinstance(value, list) else [value])]
            yield from (each for each in listed if isinstance(each, str))


def _names(root: Path) -> Iterator[str]:
    for parent, folders, files in os.walk(root):
        links = [name for name in folders if Path(parent, name).is_symlink()]
        cache = [".apictl"] if Path(parent) == root / "workspace" else []
        folders[:] = sorted(name for name in folders if name not in {*links, *cache})
        yield from sorted(Path(parent, name).relative_to(root).as_posix() for name in (*files, *links))


def _state(path: Path) -> tuple[bytes | str, int, int]:
    status = path.lstat()
    mode = stat.S_IMODE(status.st_mode)
    if stat.S_ISLNK(status.st_mode):
        return f"-> {path.readlink()}", mode, 0
    if not stat.S_ISREG(status.st_mode):
        return "special", mode, 0
    is_shown = status.st_size <= _LARGE and mode & stat.S_IRUSR
    return path.read_bytes() if is_shown else f"{status.st_size} bytes", mode, status.st_mtime_ns
