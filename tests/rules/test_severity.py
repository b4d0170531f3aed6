"""A change weighs what the law says, unless the team says otherwise."""

from __future__ import annotations

import pytest

from apictl.findings import Severity
from apictl.rules.dials import Dials, SeverityOverride
from apictl.rules.severity import severity
from tests.rules.contracts import between

OLD, NEW = "paths: {/a/b: {get: {}}, /c: {get: {}}}", "paths: {/c: {get: {}}}"


@pytest.mark.parametrize(
    "rule, path, expected",
    [
        ("operation-removed", "/a/b", Severity.WARNING),
        ("operation-*", "/a/*", Severity.WARNING),
        ("*", "*", Severity.WARNING),
        ("operation-added", "*", Severity.ERROR),
        ("operation-removed", "/c", Severity.ERROR),
    ],
)
def test_override_holds_for_its_rules_and_paths(rule: str, path: str, expected: Severity) -> None:
    [change] = between(OLD, NEW)

    assert severity(change, Dials(severities=(SeverityOverride(rule, path, Severity.WARNING),))) is expected


def test_last_override_decides() -> None:
    [change] = between(OLD, NEW)
    overrides = (SeverityOverride("*", "*", Severity.INFO), SeverityOverride("*", "/a/*", None))

    assert severity(change, Dials(severities=overrides)) is None


def test_harmless_change_is_a_note() -> None:
    [change] = between(NEW, OLD)

    assert severity(change, Dials()) is Severity.INFO
