"""What `case.toml` says, and the workspace that it is about."""

from __future__ import annotations

import shlex
import shutil
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.cases_inputs import INPUTS

CASES: Final = Path(__file__).parent / "cases"
SECRET: Final = "the-secret-that-nobody-may-see"
BEFORE: Final = "before.yaml"
"""A sound contract beside each document, for commands that compare."""

_USUAL: Final = ("lint --rules minimal", "generate --verbose")
_COMPARING: Final = f"diff --verbose {BEFORE} specs/a/openapi.yaml"


@dataclass(frozen=True, slots=True)
class Case:
    """A workspace, command lines, and what must come of each.

    Attributes:
        name: of the folder.
        commands: lines of arguments of apictl, each in a workspace of its own.
        exit: code expected.
        findings: all that are expected, as "rule:line" in the order of printing; None for any.
        says: texts that stdout or stderr holds.
        hides: texts that neither holds.
        tree: "unchanged" or "written".
        same_as: name of a case that the same files come of.
        make: names of inputs to be made first, by path.
        seconds: of processor time, at most.
    """

    name: str
    commands: tuple[tuple[str, ...], ...]
    exit: int
    findings: tuple[str, ...] | None
    says: tuple[str, ...]
    hides: tuple[str, ...]
    tree: str
    same_as: str
    make: dict[str, str]
    seconds: float

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return CASES / self.name


def read_case(name: str) -> Case:
    """Return the case in the folder *name*."""
    text: dict[str, Any] = tomllib.loads((CASES / name / "case.toml").read_text("utf-8"))
    findings = text.pop("findings", None)
    code = text.pop("exit")
    return Case(
        name=name,
        commands=_commands(name, text, code),
        exit=code,
        findings=None if findings is None else tuple(findings),
        says=tuple(text.pop("says", ())),
        hides=tuple(text.pop("hides", ())),
        tree=text.pop("tree", "unchanged"),
        same_as=text.pop("same-as", ""),
        make=text.pop("make", {}),
        seconds=text.pop("seconds", 10.0),
        **text,
    )


def all_cases() -> tuple[str, ...]:
    """Return the names of all cases, sorted."""
    return tuple(sorted(path.parent.name for path in CASES.glob("*/case.toml")))


def prepared(case: Case, parent: Path) -> Path:
    """Return a copy of the folder of *case*, with what is made; what nobody may read lies beside it."""
    workspace = parent / "workspace"
    shutil.copytree(case.folder, workspace, symlinks=True, ignore=shutil.ignore_patterns("case.toml"))
    (parent / "secret.yaml").write_text(f"{SECRET}: {{type: string}}\n")
    if any(BEFORE in command for command in case.commands):
        shutil.copy(CASES / "plain" / "specs" / "a" / "openapi.yaml", workspace / BEFORE)
    for path, maker in case.make.items():
        target = workspace / path
        target.parent.mkdir(parents=True, exist_ok=True)
        INPUTS[maker](target)
    return workspace


def _commands(name: str, text: dict[str, Any], code: int) -> tuple[tuple[str, ...], ...]:
    """Return the command lines: one as a list, several as texts, or those that every document goes through."""
    if "argv" in text:
        return (tuple(text.pop("argv")),)
    lines = text.pop("commands", None)
    if lines is None:
        is_refused = code == 1 and (CASES / name / "specs/a/openapi.yaml").is_file()
        lines = [*_USUAL, _COMPARING, "graph"] if is_refused else _USUAL
    return tuple(tuple(shlex.split(line)) for line in lines)
