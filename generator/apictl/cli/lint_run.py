"""The run behind `apictl lint`: what is to be said about documents is found out, or known from before, and told."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from apictl.cli import console
from apictl.cli.lint_places import checkout, question
from apictl.cli.lint_wish import Showing, Wish
from apictl.cli.report_files import report_files
from apictl.findings import Finding, Severity
from apictl.report.lint.formats import FORMATS
from apictl.report.lint.report import Judgement, LintReport
from apictl.report.text import Style
from apictl.source.collecting import collect_seldom
from apictl.workspace.excerpts import prefixed_excerpts
from apictl.workspace.lint_memory import folder_of, recall
from apictl.workspace.lint_outcome import Outcome
from apictl.workspace.reports import write_report
from apictl.workspace.user_cache import user_cache

_OK: Final = 0
_FLAWED: Final = 1
_UNABLE: Final = 2


def run(wish: Wish) -> int:
    """Read, judge, tell, and return the exit code.

    Raises:
        ApictlError: a document can't be had, or what is asked for is not there.
    """
    collect_seldom()
    files = report_files(wish.showing.reports, FORMATS)
    current = Path.cwd().resolve()
    outcome, report = _reported(wish, current)
    if wish.judging.known.file:
        from apictl.cli.lint_baseline import Judged, without_known  # noqa: PLC0415 - it takes a parser and a validator

        report = without_known(
            report, wish.judging.known, Judged(current, frozenset(outcome.asked), is_whole=not wish.operands)
        )
    report = _shown(report, wish.showing)
    for file in files:
        write_report(file.path, FORMATS[file.format](report, Style()))
    style = console.findings_style(is_verbose=wish.showing.is_verbose)
    console.say_all(FORMATS[wish.showing.format](report, style))
    if outcome.faults:
        console.flush()
        for fault in outcome.faults:
            console.complain(f"error: {fault}")
        return _UNABLE
    failing = {Severity.ERROR, Severity.WARNING} if wish.is_strict else {Severity.ERROR}
    return _FLAWED if any(each.severity in failing for each in report.findings) else _OK


def _reported(wish: Wish, current: Path) -> tuple[Outcome, LintReport]:
    asked = question(wish, current)
    cache = user_cache(os.environ) if wish.is_remembered else None
    outcome = None if cache is None else recall(cache, asked)
    if outcome is None:
        from apictl.cli.lint_judging import judged  # noqa: PLC0415 - readers and rules take long to import

        outcome = judged(wish, asked, cache=cache)
    folders = {prefix: folder_of(prefix, asked.home, current) for prefix in outcome.prefixes}
    judgements = tuple(Judgement(each.subject, each.path, each.findings) for each in outcome.linted)
    return outcome, LintReport(judgements, prefixed_excerpts(folders), checkout(current), outcome.others)


def _shown(report: LintReport, showing: Showing) -> LintReport:
    judgements = tuple(Judgement(each.suite, each.path, _told(each.findings, showing)) for each in report.judgements)
    return LintReport(judgements, report.excerpt, report.checkout, _told(report.others, showing))


def _told(findings: Sequence[Finding], showing: Showing) -> tuple[Finding, ...]:
    return tuple(each for each in findings if not showing.is_quiet or each.severity is Severity.ERROR)
