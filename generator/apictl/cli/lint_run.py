"""The run behind `apictl lint`: documents are read, judged, and what is to be said about them is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from apictl.cli import console, progress
from apictl.cli.lint_baseline import Judged, Known, without_known
from apictl.cli.lint_fixing import Patch
from apictl.cli.lint_inputs import bystanders, checkout, file_of, placed, standard, subjects
from apictl.cli.report_files import report_files
from apictl.findings import Finding, Severity
from apictl.report.lint.formats import FORMATS
from apictl.report.lint.report import Judgement, LintReport
from apictl.report.text import Style
from apictl.workspace.excerpts import text_excerpts
from apictl.workspace.fixing import mended, write_document
from apictl.workspace.linting import Linter
from apictl.workspace.reports import write_report

_OK: Final = 0
_FLAWED: Final = 1
_UNABLE: Final = 2
_ROUNDS: Final = 5


@dataclass(frozen=True, slots=True)
class Judging:
    """What documents are judged by.

    Attributes:
        rules: sets and rules; those of the manifest when empty.
        known: the list of findings that are not told.
        is_trusting: rules of the workspace's own are run.
    """

    rules: tuple[str, ...]
    known: Known
    is_trusting: bool = False


@dataclass(frozen=True, slots=True)
class Showing:
    """How the result is told.

    Attributes:
        format: of the output.
        reports: files to be written, each as "FORMAT=FILE".
        is_quiet: errors only.
        is_verbose: all findings of a rule, however many.
    """

    format: str
    reports: tuple[str, ...] = ()
    is_quiet: bool = False
    is_verbose: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks for.

    Attributes:
        operands: services or files; all services when empty.
        judging: by what.
        showing: how the result is told.
        is_strict: a warning makes the exit code 1, too.
    """

    operands: tuple[str, ...]
    judging: Judging
    showing: Showing
    is_strict: bool = False


def run(wish: Wish) -> int:
    """Read, judge, tell, and return the exit code.

    Raises:
        ApictlError: a document can't be had, or what is asked for is not there.
    """
    files = report_files(wish.showing.reports, FORMATS)
    current = Path.cwd().resolve()
    judged_by = standard(wish.judging.rules, current, is_trusting=wish.judging.is_trusting)
    linter = Linter(judged_by)
    report = without_known(
        _report(wish, linter, current),
        wish.judging.known,
        Judged(current, judged_by.asked, is_whole=not wish.operands),
    )
    report = _shown(report, linter, wish.showing)
    for file in files:
        write_report(file.path, FORMATS[file.format](report, Style()))
    style = console.findings_style(is_verbose=wish.showing.is_verbose)
    console.say_all(FORMATS[wish.showing.format](report, style))
    if linter.faults:
        console.flush()
        for fault in linter.faults:
            console.complain(f"error: {fault}")
        return _UNABLE
    failing = {Severity.ERROR, Severity.WARNING} if wish.is_strict else {Severity.ERROR}
    return _FLAWED if any(each.severity in failing for each in report.findings) else _OK


def fix(wish: Wish) -> int:
    """Mend what leaves no choice, then do as `run` does.

    Raises:
        ApictlError: as `run`, or a document can't be written.
    """
    current = Path.cwd().resolve()
    for _ in range(_ROUNDS):  # what is mended may show what was hidden behind it
        patches = _patches(wish, current)
        for patch in patches:
            write_document(file_of(patch.path, current), patch.new, old=patch.old)
            console.note(f"{patch.path}: mended {patch.count} finding{'s'[: patch.count > 1]}")
        if not patches:
            break
    return run(wish)


def show_fixes(wish: Wish) -> int:
    """Show what `fix` would write first, as a patch, and return the exit code: 1 when there is something.

    Raises:
        ApictlError: as `run`.
    """
    patches = _patches(wish, Path.cwd().resolve())
    for patch in patches:
        console.say_all(patch.lines())
    return _FLAWED if patches else _OK


def _patches(wish: Wish, current: Path) -> list[Patch]:
    linter = Linter(standard(wish.judging.rules, current, is_trusting=wish.judging.is_trusting))
    report = _report(wish, linter, current)
    findings: dict[str, list[Finding]] = {}
    for finding in report.findings:
        findings.setdefault(finding.place.path, []).append(finding)
    texts = linter.texts(sorted(findings))
    changes = ((path, texts[path], mended(path, texts[path], told)) for path, told in findings.items())
    return [Patch(path, old, new.text, len(new.findings)) for path, old, new in changes if new.text != old]


def _report(wish: Wish, linter: Linter, current: Path) -> LintReport:
    wanted = subjects(wish.operands, current)
    with progress.shown() as advance:
        others = bystanders(wanted, current) if wish.operands else ()
        linted = linter.linted(wanted, bystanders=others, progress=advance)
    # What these documents do not need, others of the workspace may.
    unused = () if wish.operands else placed(linter.unused(), current)
    judgements = tuple(Judgement(each.subject, each.path, each.findings) for each in linted)
    return LintReport(judgements, text_excerpts({}), checkout(current), unused)


def _shown(report: LintReport, linter: Linter, showing: Showing) -> LintReport:
    judgements = [Judgement(each.suite, each.path, _told(each.findings, showing)) for each in report.judgements]
    others = _told(report.others, showing)
    paths = {finding.place.path for judgement in judgements for finding in judgement.findings}
    texts = linter.texts(sorted({*paths, *(finding.place.path for finding in others)}))
    return LintReport(tuple(judgements), text_excerpts(texts), report.checkout, others)


def _told(findings: Sequence[Finding], showing: Showing) -> tuple[Finding, ...]:
    return tuple(each for each in findings if not showing.is_quiet or each.severity is Severity.ERROR)
