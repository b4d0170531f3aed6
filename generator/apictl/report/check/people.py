"""A check for people: part by part what was found, then one line for each part, then the verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final, assert_never

from apictl.findings import Severity
from apictl.report.check.report import CheckReport, Outcome, Section, summary_of
from apictl.report.statement import Statement
from apictl.report.text import Excerpt, Palette, Style, counted, frame, heading, printable, spot

_WAS: Final = "was at"


def check_text(report: CheckReport, style: Style) -> Iterator[str]:
    """Yield findings with lines of their documents, section by section, then what became of each."""
    for section in report.sections:
        if section.statements:
            yield f"{style.palette.strong}{section.title}{style.palette.end}"
            yield from _findings(section, report.excerpt, style)
            yield ""
    width = max((len(section.name) for section in report.sections), default=0)
    for section in report.sections:
        yield f"{_word(section.outcome, style.palette)}  {section.name:{width}}  {printable(summary_of(section))}"
    for service, consumers in report.consumers.items():
        yield f"{printable(service)} breaks {', '.join(map(printable, consumers))}"
    yield headline(report)


def headline(report: CheckReport) -> str:
    """Return the verdict in a line."""
    count = len(report.services)
    all_of_them = counted(report.total, "service")
    subject = all_of_them if count == report.total else f"{count} of {all_of_them}"
    told = f"{subject} checked" + (f", {printable(report.selection)}" if report.selection else "")
    match report.outcome:
        case Outcome.PASSED | Outcome.SKIPPED:
            return f"{told}: nothing stands against it"
        case Outcome.FAILED:
            errors = sum(section.counted(Severity.ERROR) for section in report.sections)
            return f"{told}: {counted(errors, 'error')}"
        case Outcome.INCOMPLETE:
            return f"{told}: not everything could be looked at"
        case _:
            assert_never(report.outcome)


def _findings(section: Section, excerpt: Excerpt, style: Style) -> Iterator[str]:
    counts: Counter[tuple[Severity, str]] = Counter()
    for statement in section.statements:
        kind = (statement.finding.severity, statement.finding.rule)
        counts[kind] += 1
        if counts[kind] <= style.limit(statement.finding.severity):
            yield from _lines(statement, excerpt, style)
    for (severity, rule), count in counts.items():
        rest = count - style.limit(severity)
        if rest > 0:
            yield f"... and {counted(int(rest), f'more {severity.value}')} [{rule}]"


def _lines(statement: Statement, excerpt: Excerpt, style: Style) -> Iterator[str]:
    finding = statement.finding
    yield heading(finding, style.palette)
    yield from frame(finding.place, excerpt, style)
    told = set()
    for related in finding.related:
        joint = " " if related.message.endswith(" at") else ": "
        line = f"{printable(related.message)}{joint}{spot(related.place)}"
        told.add(line)
        yield f"  {line}"
        if related.message == _WAS:
            yield from frame(related.place, excerpt, style)
    for detail in statement.details:
        if detail not in told:
            yield f"  {printable(detail)}"
    if statement.accepted:
        yield f"  {printable(statement.accepted)}"


def _word(outcome: Outcome, palette: Palette) -> str:
    match outcome:
        case Outcome.PASSED:
            return "ok  "
        case Outcome.SKIPPED:
            return f"{palette.faint}--  {palette.end}"
        case Outcome.FAILED:
            return f"{palette.error}FAIL{palette.end}"
        case Outcome.INCOMPLETE:
            return f"{palette.error}????{palette.end}"
        case _:
            assert_never(outcome)
