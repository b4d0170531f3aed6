"""Findings as a Code Quality report of GitLab, which a merge request shows beside its changes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import assert_never

from apictl.contract.schema import JsonValue
from apictl.findings import Severity
from apictl.report.checkout import Checkout
from apictl.report.statement import Statement, unique_keys
from apictl.report.text import printable


def gitlab(statements: Iterable[Statement], checkout: Checkout) -> Iterator[str]:
    """Yield a JSON array with what GitLab reads of each of *statements* (Code Quality report format)."""
    told = [each for each in statements if not each.accepted]
    found = [_issue(each, key, checkout) for each, key in zip(told, unique_keys(told), strict=True)]
    yield json.dumps(found, indent=2)


def _issue(statement: Statement, key: str, checkout: Checkout) -> JsonValue:
    finding = statement.finding
    place = statement.anchor or finding.place
    return {
        # It is shown as one line.
        "description": "; ".join([statement.message, *statement.details]),
        "check_name": finding.rule,
        "fingerprint": key,
        "severity": _severity(finding.severity),
        "location": {"path": printable(checkout.file(place.path).path), "lines": {"begin": place.line or 1}},
    }


def _severity(severity: Severity) -> str:
    match severity:
        case Severity.ERROR:
            return "major"
        case Severity.WARNING:
            return "minor"
        case Severity.INFO:
            return "info"
        case _:
            assert_never(severity)
