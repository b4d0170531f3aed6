"""Findings as a Code Quality report."""

from __future__ import annotations

import json
from typing import Any

import pytest

from apictl.findings import Place, Severity
from apictl.report.checkout import Checkout
from apictl.report.gitlab import gitlab
from apictl.report.statement import Statement
from tests.report.told import HOSTILE, statement


def told(*statements: Statement, checkout: Checkout | None = None) -> list[Any]:
    found: list[Any] = json.loads("".join(gitlab(statements, checkout or Checkout())))
    return found


def test_finding_has_the_members_that_are_read() -> None:
    assert told(statement("message", details=("id: 1",)), checkout=Checkout("api")) == [
        {
            "description": "message; id: 1",
            "check_name": "some-rule",
            "fingerprint": "0123456789abcdef",
            "severity": "major",
            "location": {"path": "api/specs/a/openapi.yaml", "lines": {"begin": 3}},
        }
    ]


def test_severity_has_its_word() -> None:
    found = told(*(statement(severity=severity) for severity in Severity))

    assert [each["severity"] for each in found] == ["major", "minor", "info"]


def test_no_two_findings_have_one_fingerprint() -> None:
    found = told(statement(), statement(), statement(key="f"), statement())

    assert [each["fingerprint"] for each in found] == [
        "0123456789abcdef",
        "0123456789abcdef-2",
        "f",
        "0123456789abcdef-3",
    ]


def test_file_that_is_gone_is_named_without_its_revision() -> None:
    (found,) = told(statement(place=Place("main:a.yaml"), anchor=None), checkout=Checkout(revisions=("main",)))

    assert found["location"] == {"path": "a.yaml", "lines": {"begin": 1}}


def test_nothing_is_an_empty_array_and_so_is_what_was_agreed_to() -> None:
    assert told() == []
    assert told(statement(accepted="agreed to by team-a")) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_printable(text: str) -> None:
    (found,) = told(statement(text, place=Place(f"a{text}", "", 1, 1)))

    assert found["description"].isprintable()
    assert found["location"]["path"].isprintable()
