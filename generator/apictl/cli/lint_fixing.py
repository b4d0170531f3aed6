"""The run behind `apictl lint --fix` and `--diff`: what leaves no choice is mended, or shown as a patch."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from apictl.cli import console, lint_run
from apictl.cli.lint_judging import linted
from apictl.cli.lint_places import file_of, question
from apictl.cli.lint_wish import Wish
from apictl.findings import Finding
from apictl.report.text import printable
from apictl.workspace.fixing import mended, write_document

_OK: Final = 0
_FLAWED: Final = 1
_ROUNDS: Final = 5


def fix(wish: Wish) -> int:
    """Mend what leaves no choice, then do as `lint_run.run` does.

    Raises:
        ApictlError: as `lint_run.run`, or a document can't be written.
    """
    current = Path.cwd().resolve()
    for _ in range(_ROUNDS):  # what is mended may show what was hidden behind it
        patches = _patches(wish, current)
        for patch in patches:
            write_document(file_of(patch.path, current), patch.new, old=patch.old)
            console.note(f"{patch.path}: mended {patch.count} finding{'s'[: patch.count > 1]}")
        if not patches:
            break
    return lint_run.run(wish)


def show_fixes(wish: Wish) -> int:
    """Show what `fix` would write first, as a patch, and return the exit code: 1 when there is something.

    Raises:
        ApictlError: as `lint_run.run`.
    """
    patches = _patches(wish, Path.cwd().resolve())
    for patch in patches:
        console.say_all(patch.lines())
    return _FLAWED if patches else _OK


@dataclass(frozen=True, slots=True)
class Patch:
    """A document that is mended.

    Attributes:
        path: as the person sees it.
        old: its text.
        new: its text afterwards.
        count: of findings that are mended.
    """

    path: str
    old: str
    new: str
    count: int

    def lines(self) -> Iterator[str]:
        """Yield a unified diff, with everything escaped that a terminal would obey."""
        old, new = ([line.removesuffix("\r") for line in text.split("\n")] for text in (self.old, self.new))
        for line in difflib.unified_diff(old, new, f"a/{self.path}", f"b/{self.path}", lineterm=""):
            yield "\t".join(printable(part) for part in line.split("\t"))


def _patches(wish: Wish, current: Path) -> list[Patch]:
    outcome, linter = linted(wish, question(wish, current))
    findings: dict[str, list[Finding]] = {}
    for finding in dict.fromkeys(each for document in outcome.linted for each in document.findings):
        findings.setdefault(finding.place.path, []).append(finding)
    texts = linter.texts(sorted(findings))
    changes = ((path, texts[path], mended(path, texts[path], told)) for path, told in findings.items())
    return [Patch(path, old, new.text, len(new.findings)) for path, old, new in changes if new.text != old]
