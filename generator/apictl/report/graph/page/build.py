"""From a report to what the page shows."""

from __future__ import annotations

from typing import Final

from apictl.findings import Finding, Severity
from apictl.report.diff.example import marked_line
from apictl.report.graph.page.drawing import element_id, map_of
from apictl.report.graph.page.views import FindingView, PageView, RelatedView, RowView, ServiceView
from apictl.report.graph.picture import Picture, name
from apictl.report.graph.rows import facts_of, rows_of
from apictl.report.graph.summary import headline
from apictl.report.graph.view import GraphReport
from apictl.report.text import SEVERITY_WORDS, sentence, spot
from apictl.rules.graph.judgement import Proof

_WIDTH: Final = 600
_TEXT: Final = 4000


def page_of(report: GraphReport, picture: Picture, *, style: str, style_hash: str) -> PageView:
    """Return what is shown of *report*, whose drawing is *picture*; *style_hash* is that of *style*."""
    found = [_finding(each, None) for each in report.findings]
    found += [_finding(each.finding, each.proof) for each in report.judgements]
    heavy = [each for each in found if each.kind != Severity.INFO.value]
    heavy.sort(key=lambda each: each.kind != Severity.ERROR.value)
    rows = rows_of(report.graph)
    return PageView(
        headline=headline(report),
        mood=heavy[0].kind if heavy else "fine",
        findings=tuple(heavy),
        notes=tuple(each for each in found if each.kind == Severity.INFO.value),
        map=map_of(picture),
        services=tuple(
            ServiceView(
                id=element_id(at),
                name=name(member.name),
                facts=facts_of(member),
                rows=tuple(RowView(row.word, row.what, row.more) for row in rows[member.name]),
            )
            for at, member in enumerate(report.graph.members)
        ),
        style=style,
        style_hash=style_hash,
    )


def _finding(finding: Finding, proof: Proof | None) -> FindingView:
    return FindingView(
        kind=finding.severity.value,
        word=SEVERITY_WORDS[finding.severity],
        message=sentence(finding.message),
        rule=finding.rule,
        spot=spot(finding.place),
        related=tuple(RelatedView(sentence(each.message), spot(each.place)) for each in finding.related),
        witness=() if proof is None else _witness(proof),
        hint=sentence(finding.hint or ""),
    )


def _witness(proof: Proof) -> tuple[str, str, str]:
    line = marked_line(proof.value, proof.path, width=_WIDTH)
    before, part, after = ("", "", line.text) if line.is_whole else (line.before, line.part, line.after)
    return before[-_TEXT:], part[:_TEXT], after[:_TEXT]
