"""What `case.toml` says, and the workspace that it is about."""

from __future__ import annotations

import shlex
import shutil
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tests.cases_inputs import INPUTS

CASES: Final = Path(__file__).parent / "cases"
SECRET: Final = "the-secret-that-nobody-may-see"
BEFORE: Final = "before.yaml"
"""A sound contract beside each document, for commands that compare."""

ROOTS: Final = ("specs/a/openapi.yaml", "specs/a/openapi.json", "specs/a/asyncapi.yaml")
"""What a case is about, unless it says so."""

Command = tuple[str, ...]
Line = tuple[Command, ...]
"""Commands that are run one after the other in the same workspace."""

_LINT: Final = "lint --rules minimal"
_GENERATE: Final = "generate --verbose"
_CHECK: Final = "check --skip tests --verbose"


@dataclass(frozen=True, slots=True)
class Case:
    """A workspace, command lines, and what must come of each.

    Attributes:
        name: of the folder.
        lines: commands of apictl, each line in a workspace of its own.
        before: commands that come first, and end with 0.
        exit: code expected of the last command of each line; the others end with 0.
        findings: all that are expected, as `spelled` in the order of printing; None for any.
        says: texts that stdout or stderr of the last command holds.
        hides: texts that neither holds.
        tree: "unchanged" or "written".
        keeps: paths below which nothing changes although something is written.
        same_as: name of a case that the same files come of.
        make: names of inputs to be made first, by path.
        change: names of inputs to be made after `before`, by path.
        seconds: of processor time, at most.
        mask: of modes, for files that are made.
        tests: names of tests elsewhere that hold what a folder can't: what happens at a moment, or to a process.
    """

    name: str
    lines: tuple[Line, ...] = ()
    before: Line = ()
    exit: int = 0
    findings: tuple[str, ...] | None = None
    says: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()
    tree: str = "unchanged"
    keeps: tuple[str, ...] = ()
    same_as: str = ""
    make: Mapping[str, str] = field(default_factory=dict)
    change: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 10.0
    mask: int = 0o022
    tests: tuple[str, ...] = ()

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return CASES / self.name


def read_case(name: str) -> Case:
    """Return the case in the folder *name*."""
    text: dict[str, Any] = tomllib.loads((CASES / name / "case.toml").read_text("utf-8"))
    if set(text) == {"tests"}:
        return Case(name=name, tests=tuple(text["tests"]))
    lines = _lines(CASES / name, text)
    text |= {key: tuple(text[key]) for key in ("findings", "says", "hides", "keeps", "tests") if key in text}
    return Case(
        name=name,
        lines=lines,
        before=tuple(command for line in text.pop("before", ()) for command in _commands(line)),
        same_as=text.pop("same-as", ""),
        mask=int(text.pop("umask", "022"), 8),
        **text,
    )


def all_cases() -> tuple[str, ...]:
    """Return the names of all cases, sorted."""
    return tuple(sorted(path.parent.name for path in CASES.glob("*/case.toml")))


def spelled(rule: str, path: str, line: str, column: str) -> str:
    """Return a finding as a case spells it: without the path where it is the document that the case is about."""
    return f"{rule}:{line}:{column}" if path in ROOTS else f"{rule}:{path}:{line}:{column}"


def prepared(case: Case, parent: Path) -> Path:
    """Return a copy of the folder of *case*, with what is made; what nobody may read lies beside it."""
    workspace = parent / "workspace"
    shutil.copytree(case.folder, workspace, symlinks=True, ignore=shutil.ignore_patterns("case.toml"))
    (parent / "secret.yaml").write_text(f"{SECRET}: {{type: string}}\n")
    if any(BEFORE in command for line in case.lines for command in line):
        is_event = (case.folder / "specs/a/asyncapi.yaml").is_file()
        sound = "plain-events/specs/a/asyncapi.yaml" if is_event else "plain/specs/a/openapi.yaml"
        shutil.copy(CASES / sound, workspace / BEFORE)
    made(workspace, case.make)
    return workspace


def made(workspace: Path, inputs: Mapping[str, str]) -> None:
    """Make each of *inputs* in *workspace*, by path."""
    for path, maker in inputs.items():
        target = workspace / path
        target.parent.mkdir(parents=True, exist_ok=True)
        INPUTS[maker](target)


def _lines(folder: Path, text: dict[str, Any]) -> tuple[Line, ...]:
    """Return the lines: a command as a list, several as texts, or those that every document goes through."""
    if "argv" in text:
        return ((tuple(text.pop("argv")),),)
    return tuple(_commands(line) for line in text.pop("commands", None) or _usual(folder, text["exit"]))


def _usual(folder: Path, code: int) -> tuple[str, ...]:
    if code == 0:
        return (_LINT, f"{_GENERATE} && {_CHECK}")
    compared = next((path for path in ROOTS if path.endswith(".yaml") and (folder / path).is_file()), None)
    if code != 1 or compared is None:
        return (_LINT, _GENERATE, _CHECK)
    return (_LINT, _GENERATE, _CHECK, f"diff --verbose {BEFORE} {compared}", "graph")


def _commands(line: str) -> Line:
    return tuple(tuple(shlex.split(command)) for command in line.split("&&"))
