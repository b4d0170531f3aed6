"""The run behind `apictl lint`: documents are read, and what is to be said about them is told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from apictl.cli import console, progress
from apictl.cli.lint_inputs import checkout, subjects
from apictl.cli.report_files import report_files
from apictl.errors import ApictlError
from apictl.findings import Finding, Severity, is_refused
from apictl.report.lint.formats import FORMATS
from apictl.report.lint.report import Judgement, LintReport
from apictl.report.text import Style
from apictl.workspace.excerpts import text_excerpts
from apictl.workspace.linting import Linter
from apictl.workspace.reports import write_report

_OK: Final = 0
_FLAWED: Final = 1
_SETS: Final = ("minimal",)
_LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks for.

    Attributes:
        operands: services or files; all services when empty.
        rules: name of a set of rules.
        format: of the output.
        reports: files to be written, each as "FORMAT=FILE".
        is_quiet: errors only.
        is_verbose: all findings of a rule, however many.
    """

    operands: tuple[str, ...]
    rules: str
    format: str
    reports: tuple[str, ...]
    is_quiet: bool
    is_verbose: bool


def run(wish: Wish) -> int:
    """Read, tell, and return the exit code.

    Raises:
        ApictlError: a document can't be had, or what is asked for is not there.
    """
    if wish.rules not in _SETS:
        raise ApictlError(f"there is no set of rules {wish.rules[:_LONGEST]!r}", hint=f"known are: {', '.join(_SETS)}")
    files = report_files(wish.reports, FORMATS)
    report = _report(wish)
    for file in files:
        write_report(file.path, FORMATS[file.format](report, Style()))
    style = console.findings_style(is_verbose=wish.is_verbose)
    console.say_all(FORMATS[wish.format](report, style))
    return _FLAWED if is_refused(report.findings) else _OK


def _report(wish: Wish) -> LintReport:
    current = Path.cwd().resolve()
    wanted = subjects(wish.operands, current)
    linter = Linter()
    with progress.shown() as advance:
        linted = linter.linted(wanted, progress=advance)
    judgements = tuple(Judgement(each.subject, each.path, _told(each.findings, wish)) for each in linted)
    paths = {finding.place.path for judgement in judgements for finding in judgement.findings}
    return LintReport(judgements, text_excerpts(linter.texts(sorted(paths))), checkout(current))


def _told(findings: tuple[Finding, ...], wish: Wish) -> tuple[Finding, ...]:
    return tuple(each for each in findings if not wish.is_quiet or each.severity is Severity.ERROR)
