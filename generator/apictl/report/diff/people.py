"""Changes for people: what changed, both documents, a value that shows it, who is hit, what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final, assert_never

from apictl.diff.changes import Change
from apictl.diff.witnesses.search import Witness
from apictl.findings import Severity
from apictl.report.diff.changelog import changelog
from apictl.report.diff.summary import counts
from apictl.report.diff.verdict import Comparison, DiffReport, Outcome, Verdict, is_shown
from apictl.report.diff.view import View
from apictl.report.diff.words import ADVICE, agreed, is_harm, remarks, told, witness_line
from apictl.report.text import Excerpt, Style, columns, counted, frame, heading, printable, spot, text

_LINES_BEFORE: Final = 2
_LINES_AFTER: Final = 1


def diff_text(report: DiffReport, view: View) -> Iterator[str]:
    """Yield the lines that show *report*: documents, changes by service and place, a summary for each service."""
    remarks = [each for each in report.remarks if view.is_verbose or each.severity is not Severity.INFO]
    yield from text(remarks, report.excerpt, style=view.style)
    for comparison in report.comparisons:
        yield from changelog(comparison, view.style) if view.is_changelog else _changes(comparison, report, view)
    yield from _summaries(report.comparisons)
    if any(verdict.is_breaking and is_shown(verdict) for verdict in report.verdicts):
        yield ADVICE


def _changes(comparison: Comparison, report: DiffReport, view: View) -> Iterator[str]:
    counts: Counter[tuple[Severity, str]] = Counter()
    shown = [verdict for verdict in comparison.verdicts if view.is_verbose or is_shown(verdict)]
    for verdict in sorted(shown, key=_order):
        kind = (verdict.finding.severity, verdict.finding.rule)
        counts[kind] += 1
        if counts[kind] <= view.style.limit(verdict.finding.severity):
            yield from _lines(verdict, report.excerpt, view.style)
    for (severity, rule), count in counts.items():
        rest = count - view.style.limit(severity)
        if rest > 0:
            yield f"... and {counted(int(rest), f'more {severity.value}')} [{rule}]"


def _order(verdict: Verdict) -> tuple[str, int, int, str, str]:
    place = verdict.finding.place
    return (place.path, place.line or 0, place.column or 0, verdict.finding.rule, verdict.finding.message)


def _lines(verdict: Verdict, excerpt: Excerpt, style: Style) -> Iterator[str]:
    palette = style.palette
    yield heading(verdict.finding, palette)
    yield from frame(verdict.finding.place, excerpt, style, before=_LINES_BEFORE, after=_LINES_AFTER)
    change = verdict.change
    if change.old != verdict.finding.place:
        yield f"  was at {spot(change.old)}"
        yield from frame(change.old, excerpt, style, before=_LINES_BEFORE, after=_LINES_AFTER)
    if change.witness is not None:
        yield from _witness(change, change.witness, style)
    yield from (f"  {remark}" for remark in remarks(verdict))
    if verdict.finding.hint:
        yield f"  {palette.faint}hint:{palette.end} {printable(verdict.finding.hint)}"
    if verdict.agreement is not None:
        yield f"  {agreed(verdict.agreement)}"
    elif verdict.hurts:
        yield f"  {palette.faint}id:{palette.end} {verdict.id}"


def _witness(change: Change, witness: Witness, style: Style) -> Iterator[str]:
    start = f"  {told(change.side, witness)}: "
    line = witness_line(change, width=max(style.width - len(start), style.width // 2))
    yield start + line.text
    if not line.is_whole:
        colour = style.palette.error if is_harm(change.side, witness) else style.palette.info
        yield f"{' ' * (columns(start) + line.start)}{colour}{'^' * line.length}{style.palette.end}"


def _summaries(comparisons: tuple[Comparison, ...]) -> Iterator[str]:
    """Yield a line for each contract that something is to be said of, and one for all others."""
    alike = [each for each in comparisons if each.outcome is Outcome.EQUAL]
    told = comparisons if len(alike) <= 1 else tuple(each for each in comparisons if each.outcome is not Outcome.EQUAL)
    for comparison in told:
        yield f"{comparison.service}: {_summary(comparison)}"
    if len(alike) > 1:
        subject = f"{len(alike)} other services" if told else f"all {len(alike)} services"
        yield f"{subject} are the same as {printable(alike[0].old_name)}"


def _summary(comparison: Comparison) -> str:
    old = printable(comparison.old_name)
    match comparison.outcome:
        case Outcome.EQUAL:
            return f"the same as {old}"
        case Outcome.ADDED:
            return f"new, there is no contract in {old}"
        case Outcome.NEW_REFUSED:
            return "not compared, the contract can't be read"
        case Outcome.OLD_REFUSED:
            return f"not compared, the contract in {old} can't be read"
        case Outcome.COMPARED | Outcome.REMOVED:
            return f"{counts(comparison)} since {old}"
        case _:
            assert_never(comparison.outcome)
