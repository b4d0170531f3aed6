"""A check as one JSON document, for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterator

from apictl.contract.schema import JsonValue
from apictl.findings import Place, Severity
from apictl.report.check.report import CheckReport, Section
from apictl.report.statement import Statement
from apictl.report.text import Style


def check_json(report: CheckReport, style: Style) -> Iterator[str]:
    """Yield one JSON document."""
    del style
    content: dict[str, JsonValue] = {
        "outcome": report.outcome.value,
        "services": list(report.services),
        "consumers_hit": {service: list(names) for service, names in report.consumers.items()},
        "sections": [_section(each) for each in report.sections],
    }
    # A lone surrogate, which a JSON document may hold, is no UTF-8: everything beyond ASCII is escaped.
    yield json.dumps(content, indent=2)


def _section(section: Section) -> JsonValue:
    return {
        "name": section.name,
        "outcome": section.outcome.value,
        "counts": {severity.value: section.counted(severity) for severity in Severity},
        "notes": list(section.notes),
        "troubles": list(section.troubles),
        "findings": [_finding(each) for each in section.statements],
    }


def _finding(statement: Statement) -> JsonValue:
    finding = statement.finding
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "place": _place(finding.place),
        "related": [{"message": each.message, "place": _place(each.place)} for each in finding.related],
        "hint": finding.hint,
        "service": statement.suite or None,
        "operation": statement.case or None,
        "details": list(statement.details),
        "accepted": statement.accepted or None,
        "consumers": statement.properties.get("consumers"),
    }


def _place(place: Place) -> JsonValue:
    return {"path": place.path, "line": place.line, "column": place.column, "pointer": place.pointer}
