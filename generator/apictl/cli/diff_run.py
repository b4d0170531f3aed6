"""The run behind `apictl diff`: contracts are read, compared and judged, and what came of it is told."""

from __future__ import annotations

import datetime as dt
import os
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

from apictl.cli import console, progress
from apictl.cli.diff import FailOn, FormatName
from apictl.cli.diff_agreeing import Agreeing, agree, orphaned, stale_or_expired
from apictl.cli.diff_comparing import compared
from apictl.cli.diff_inputs import Compared, Inputs
from apictl.cli.diff_judging import Circumstances
from apictl.cli.report_files import report_files
from apictl.errors import ApictlError
from apictl.findings import Severity
from apictl.report.diff.formats import FORMATS
from apictl.report.diff.verdict import Comparison, DiffReport, Outcome
from apictl.report.diff.view import View
from apictl.report.text import Style
from apictl.workspace.acceptances import ACCEPTED_NAME, acceptances_text, read_acceptances
from apictl.workspace.excerpts import text_excerpts
from apictl.workspace.judging import Judging
from apictl.workspace.reports import write_report

_OK = 0
_BROKEN = 1
_UNCOMPARED = 2

__all__ = ["Agreeing", "Showing", "Wish", "run"]


@dataclass(frozen=True, slots=True)
class Showing:
    """How the result is told.

    Attributes:
        format: of the output.
        reports: files to be written, each as "FORMAT=FILE".
        is_changelog: all changes, by operation.
        is_verbose: harmless changes and those agreed to, too.
        is_equivalent: schemas that are written otherwise and allow the same, too.
    """

    format: FormatName
    reports: tuple[str, ...]
    is_changelog: bool
    is_verbose: bool
    is_equivalent: bool


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks for.

    Attributes:
        operands: services or paths.
        against: a revision; "" for where HEAD left the main branch.
        fail_on: what makes the exit code 1.
        showing: how the result is told.
        agreeing: to which changes, instead of telling about all.
    """

    operands: tuple[str, ...]
    against: str
    fail_on: FailOn
    showing: Showing
    agreeing: Agreeing


def run(wish: Wish) -> int:
    """Compare, tell, and return the exit code.

    Raises:
        ApictlError: nothing could be compared, or what is to be agreed to is not there.
    """
    today = dt.datetime.now(tz=dt.UTC).date()
    wish.agreeing.refuse_contradictions(today)
    files = report_files(wish.showing.reports, FORMATS)
    if files and wish.agreeing.ids:
        raise ApictlError("--accept writes down that changes may be and tells of none, --report has nothing to write")
    with ExitStack() as resources:
        inputs = Inputs(Path.cwd().resolve(), dict(os.environ), resources=resources)
        found = inputs.compared(wish.operands, wish.against)
        report = _report(found, today, _judging(found, wish.showing))
    if wish.agreeing.ids:
        agree(wish.agreeing, report.verdicts, found.workspace)
        return _OK
    is_verbose = wish.showing.is_verbose
    for file in files:
        write_report(file.path, FORMATS[file.format](report, View(Style(), is_verbose, wish.showing.is_changelog)))
    view = View(console.findings_style(is_verbose=is_verbose), is_verbose, wish.showing.is_changelog)
    console.say_all(FORMATS[wish.showing.format.value](report, view))
    return _exit_code(report, wish.fail_on)


def _judging(found: Compared, showing: Showing) -> Judging:
    judging = Judging() if found.workspace is None else found.workspace.manifest.judging
    return judging.telling_of_respellings() if showing.is_equivalent else judging


def _report(found: Compared, today: dt.date, judging: Judging) -> DiffReport:
    workspace = found.workspace
    acceptances = () if workspace is None else read_acceptances(workspace.root)
    valid = tuple(entry for entry in acceptances if not entry.has_expired(today))
    services = () if workspace is None else workspace.services
    circumstances = Circumstances(services, valid, judging, today)
    comparisons: list[Comparison] = []
    texts: dict[str, str] = {}
    with progress.shown() as advance:
        for pair in found.pairs:
            result = compared(pair, circumstances)
            comparisons.append(result.comparison)
            texts.update(result.texts)
            advance(pair.service, len(comparisons), len(found.pairs))
    findings = tuple(stale_or_expired(acceptances, comparisons, today)) if found.is_review else ()
    if found.is_whole and found.is_review:
        findings += tuple(orphaned(acceptances, comparisons))
    if workspace is not None and findings:
        texts[ACCEPTED_NAME] = acceptances_text(workspace.root)
    return DiffReport(tuple(comparisons), findings, text_excerpts(texts), found.checkout)


def _exit_code(report: DiffReport, fail_on: FailOn) -> int:
    outcomes = {comparison.outcome for comparison in report.comparisons}
    if Outcome.OLD_REFUSED in outcomes:  # no change of the new contract can mend the old one
        return _UNCOMPARED
    if Outcome.NEW_REFUSED in outcomes:
        return _BROKEN
    return _BROKEN if _is_failed(report, fail_on) else _OK


def _is_failed(report: DiffReport, fail_on: FailOn) -> bool:
    live = [verdict for verdict in report.verdicts if verdict.agreement is None]
    weights = {verdict.finding.severity for verdict in live}
    match fail_on:
        case FailOn.BREAKING:
            return Severity.ERROR in weights
        case FailOn.WARNING:
            return bool(weights & {Severity.ERROR, Severity.WARNING}) or bool(report.remarks)
        case FailOn.ANY:
            return bool(report.verdicts) or bool(report.remarks)
        case FailOn.USED:
            return any(verdict.finding.severity is Severity.ERROR and verdict.consumers for verdict in live)
        case FailOn.NEVER:
            return False
        case _:
            assert_never(fail_on)
