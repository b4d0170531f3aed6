"""A check as CommonMark for a merge request: what became of each part, what was found, in the room of a comment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, assert_never

from apictl.findings import Severity
from apictl.report.check.people import headline
from apictl.report.check.report import CheckReport, Outcome, Section, summary_of
from apictl.report.commonmark import cell, code, fenced, prose
from apictl.report.statement import Statement
from apictl.report.text import Style, sentence, spot, visible

_BYTES: Final = 64_000
"""GitHub refuses a comment of more than 65,536."""
_LONGEST: Final = 200
_DETAILS: Final = 12
_VALUES: Final = frozenset('{["')
"""How a value begins that is shown as evidence."""


def check_markdown(report: CheckReport, style: Style) -> Iterator[str]:
    """Yield a heading, a table of parts, who is hit, then errors and warnings; notes are only counted."""
    del style
    head = [f"## {prose(headline(report)[:_LONGEST])}", "", *_table(report.sections), "", *_hit(report)]
    shown = [
        (section, each)
        for section in report.sections
        for each in section.statements
        if each.finding.severity is not Severity.INFO and not each.accepted
    ]
    yield from head
    room = _BYTES - _size(head)
    title = ""
    for number, (section, statement) in enumerate(shown):
        block = ([] if section.title == title else [f"### {section.title}", ""]) + list(_block(statement, report))
        room -= _size(block)
        if room < 0:
            yield f"… and {len(shown) - number} more: see `apictl check`."
            return
        title = section.title
        yield from block


def _table(sections: Iterable[Section]) -> Iterator[str]:
    yield "| | part | |"
    yield "| --- | --- | --- |"
    for section in sections:
        words = prose(sentence(summary_of(section)))
        yield f"| {_sign(section.outcome)} | {section.title} | {cell(words)} |"


def _hit(report: CheckReport) -> Iterator[str]:
    for service, consumers in report.consumers.items():
        yield f"**{code(service)} breaks {', '.join(map(code, consumers))}**"
        yield ""


def _block(statement: Statement, report: CheckReport) -> Iterator[str]:
    finding = statement.finding
    sign = "❌" if finding.severity is Severity.ERROR else "⚠️"
    yield f"{sign} **{prose(statement.message)}**"
    yield ""
    line = report.excerpt(finding.place)
    if line is not None and line.strip():
        yield from fenced([visible(line.strip())[:_LONGEST]], "yaml")
    yield f"- {code(finding.rule)} at {code(spot(finding.place)[:_LONGEST])}"
    yield from (f"- {_detail(sentence(detail))}" for detail in statement.details[:_DETAILS])
    if len(statement.details) > _DETAILS:
        yield f"- … and {len(statement.details) - _DETAILS} more lines"
    yield ""


def _detail(text: str) -> str:
    """Return *text*, a value in it as one piece of code, and in bold when it names who is hit."""
    words, colon, value = text.partition(": ")
    if colon and value[:1] in _VALUES:
        return f"{prose(words)}: {code(value)}"
    return f"**{prose(text)}**" if text.startswith("hits ") else prose(text)


def _size(lines: Iterable[str]) -> int:
    return sum(len(line.encode("utf-8", "backslashreplace")) + 1 for line in lines)


def _sign(outcome: Outcome) -> str:
    match outcome:
        case Outcome.PASSED:
            return "✅"
        case Outcome.SKIPPED:
            return "➖"  # noqa: RUF001 - a sign
        case Outcome.FAILED:
            return "❌"
        case Outcome.INCOMPLETE:
            return "❓"
        case _:
            assert_never(outcome)
