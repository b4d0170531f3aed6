"""Changes for people: what changed, both documents, a value that shows it, who is hit, what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final, assert_never

from apictl.diff.changes import Change, Proof
from apictl.diff.law import Side
from apictl.diff.witnesses.search import Witness
from apictl.findings import Severity
from apictl.report.diff.changelog import changelog
from apictl.report.diff.example import marked_line
from apictl.report.diff.verdict import Comparison, Consumer, DiffReport, Outcome, Verdict, counted, is_shown
from apictl.report.diff.view import View
from apictl.report.text import Excerpt, Style, columns, frame, heading, printable, spot, text

_LINES_BEFORE: Final = 2
_CONSUMERS: Final = 12
_USES: Final = 6


def diff_text(report: DiffReport, view: View) -> Iterator[str]:
    """Yield the lines that show *report*: documents, changes by service and place, a summary for each service."""
    remarks = [each for each in report.remarks if view.is_verbose or each.severity is not Severity.INFO]
    yield from text(remarks, report.excerpt, style=view.style)
    for comparison in report.comparisons:
        yield from changelog(comparison, view.style) if view.is_changelog else _changes(comparison, report, view)
    yield from _summaries(report.comparisons)
    if any(verdict.is_breaking and is_shown(verdict) for verdict in report.verdicts):
        yield "to agree to a change: apictl diff --accept ID --reason WHY --expires DATE"


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
    yield from frame(verdict.finding.place, excerpt, style, before=_LINES_BEFORE)
    change = verdict.change
    if change.old != verdict.finding.place:
        yield f"  was at {spot(change.old)}"
        yield from frame(change.old, excerpt, style, before=_LINES_BEFORE)
    if change.witness is not None:
        yield from _witness(change.witness, change.side, style)
    elif change.proof is Proof.UNPROVEN:
        yield "  unproven: no value was found that shows it"
    if change.waiver:
        yield f"  breaks nobody: {printable(change.waiver)}"
    yield from _felt(change)
    if verdict.consumers:
        yield f"  hits {_named(verdict.consumers)}"
    if verdict.finding.hint:
        yield f"  {palette.faint}hint:{palette.end} {printable(verdict.finding.hint)}"
    yield from _agreement(verdict, style)


def _agreement(verdict: Verdict, style: Style) -> Iterator[str]:
    agreement = verdict.agreement
    if agreement is not None:
        told = f"agreed to by {agreement.owner} until {agreement.expires}: {agreement.reason}"
        yield f"  {printable(told)} ({spot(agreement.place)})"
    elif verdict.is_breaking:
        yield f"  {style.palette.faint}id:{style.palette.end} {verdict.id}"


def _witness(witness: Witness, side: Side, style: Style) -> Iterator[str]:
    is_old = witness.accepted_by == "old"
    start = f"  {_told(side, is_old=is_old)}: "
    line = marked_line(witness.value, witness.path, width=max(style.width - len(start), style.width // 2))
    yield start + line.text
    if not witness.path and isinstance(witness.value, dict | list):
        return  # the whole is meant, as where something is missing
    is_harm = is_old is (side is Side.ACCEPTS)
    colour = style.palette.error if is_harm else style.palette.info
    yield f"{' ' * (columns(start) + line.start)}{colour}{'^' * line.length}{style.palette.end}"


def _told(side: Side, *, is_old: bool) -> str:
    match side:
        case Side.ACCEPTS:
            return "accepted before, refused now" if is_old else "refused before, accepted now"
        case Side.PRODUCES:
            return "possible before, never sent now" if is_old else "never sent before, possible now"
        case _:
            assert_never(side)


def _felt(change: Change) -> Iterator[str]:
    """Yield where else the change is felt, besides what the message speaks of."""
    labels = list(dict.fromkeys(use.label for use in change.uses if use.label and use.label != change.label))
    if labels:
        more = [f"{len(labels) - _USES} more"] if len(labels) > _USES else []
        yield f"  also felt at {', '.join([*map(printable, labels[:_USES]), *more])}"


def _named(consumers: tuple[Consumer, ...]) -> str:
    names = [f"{each.service} ({printable(each.owner)})" if each.owner else each.service for each in consumers]
    more = [f"{len(names) - _CONSUMERS} more"] if len(names) > _CONSUMERS else []
    return ", ".join([*names[:_CONSUMERS], *more])


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
            return f"{_counts(comparison)} since {old}"
        case _:
            assert_never(comparison.outcome)


def _counts(comparison: Comparison) -> str:
    if not comparison.verdicts:
        return "no change"
    breaking = sum(verdict.is_breaking and verdict.agreement is None for verdict in comparison.verdicts)
    agreed = sum(verdict.agreement is not None for verdict in comparison.verdicts)
    others = len(comparison.verdicts) - breaking - agreed
    parts = [counted(breaking, "breaking change") if breaking else "no breaking change"]
    parts += [f"{agreed} agreed to"] if agreed else []
    parts += [counted(others, "other change")] if others else []
    return ", ".join(parts)
