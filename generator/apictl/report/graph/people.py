"""Traffic as text for people: service by service, then what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from apictl.contract.graph import Member
from apictl.findings import Severity
from apictl.report.diff.example import marked_line
from apictl.report.graph.picture import name
from apictl.report.graph.rows import Row, facts_of, rows_of
from apictl.report.graph.summary import headline
from apictl.report.graph.view import GraphReport
from apictl.report.text import Excerpt, Style, columns, text
from apictl.rules.graph.judgement import Judgement, Proof

_WORD: Final = 9
_NARROWEST: Final = 60


def graph_text(report: GraphReport, style: Style) -> Iterator[str]:
    """Yield *report* grouped by service, then its findings, then a summary."""
    rows = rows_of(report.graph)
    for member in report.graph.members:
        if not report.chosen or member.name in report.chosen:
            yield from _service(member, rows[member.name], style)
            yield ""
    yield from _judged(report, style)
    yield headline(report)


def _service(member: Member, rows: tuple[Row, ...], style: Style) -> Iterator[str]:
    palette, facts = style.palette, facts_of(member)
    told = f" {palette.faint}({facts}){palette.end}" if facts else ""
    yield f"{palette.strong}{name(member.name)}{palette.end}{told}"
    if not rows:
        yield f"  {palette.faint}calls nobody, sends and receives nothing{palette.end}"
    width = max((columns(row.what) for row in rows), default=0)
    for row in rows:
        gap = " " * (width - columns(row.what))
        yield f"  {palette.faint}{row.word:{_WORD}}{palette.end} {row.what}{gap}  {row.more}".rstrip()


def _judged(report: GraphReport, style: Style) -> Iterator[str]:
    errors = [each for each in report.judgements if each.finding.severity is Severity.ERROR]
    rest = [each.finding for each in report.judgements if each.finding.severity is not Severity.ERROR]
    yield from text(report.findings, report.excerpt, style=style)
    yield from judgements_text(errors, report.excerpt, style=style)
    yield from text(rest, report.excerpt, style=style)
    if report.findings or report.judgements:
        yield ""


def judgements_text(judgements: Iterable[Judgement], excerpt: Excerpt, *, style: Style) -> Iterator[str]:
    """Yield *judgements*, each with the message that proves it."""
    for each in sorted(judgements, key=_order):
        yield from text((each.finding,), excerpt, style=style)
        if each.proof is not None:
            yield from _proof(each.proof, style)


def _order(judgement: Judgement) -> tuple[str, int, int, str]:
    place = judgement.finding.place
    return place.path, place.line or 0, place.column or 0, judgement.finding.message


def _proof(proof: Proof, style: Style) -> Iterator[str]:
    caption = "may be sent, is refused: "
    line = marked_line(proof.value, proof.path, width=max(style.width, _NARROWEST) - len(caption) - 2)
    yield f"  {caption}{line.text}"
    if not line.is_whole:
        yield f"  {' ' * (len(caption) + line.start)}{'^' * line.length}"
