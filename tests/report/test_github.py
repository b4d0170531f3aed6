"""Findings as workflow commands."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from apictl.findings import Place, Severity
from apictl.report.checkout import Checkout
from apictl.report.github import github
from apictl.report.statement import Statement
from tests.report.told import HOSTILE, statement

_COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")
_UNESCAPED = {"%25": "%", "%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ","}


def read(line: str) -> tuple[str, dict[str, str], str]:
    """Return command, properties and message as a runner reads *line*."""
    found = _COMMAND.fullmatch(line)
    assert found, line
    pairs = (pair.split("=", 1) for pair in found[2].split(","))
    return found[1], {name: unescaped(value) for name, value in pairs}, unescaped(found[3])


def unescaped(text: str) -> str:
    return re.sub("%(25|0D|0A|3A|2C)", lambda each: _UNESCAPED[each[0]], text)


def told(*statements: Statement, checkout: Checkout | None = None) -> list[str]:
    return list(github(statements, checkout or Checkout()))


def test_finding_is_a_command_with_its_place() -> None:
    (line,) = told(statement("a: b, 5%", suite="pricing", details=("was at x", "id: 1")), checkout=Checkout("api"))

    assert line == (
        "::error file=api/specs/a/openapi.yaml,line=3,col=9,title=some-rule in pricing::a: b, 5%25%0Awas at x%0Aid: 1"
    )


def test_finding_without_a_file_that_is_there_has_no_file() -> None:
    gone = statement(place=Place("main:specs/a.yaml", "", 1, 1), anchor=None)
    outside = statement(place=Place("/elsewhere/a.yaml", "", 1, 1))

    assert told(gone, outside) == ["::error title=some-rule::m"] * 2


def test_file_of_a_revision_is_told_as_the_file_of_now() -> None:
    (line,) = told(statement(place=Place("v2:a.yaml", "", 1, 1)), checkout=Checkout(revisions=("v1", "v2")))

    assert line.startswith("::error file=a.yaml,line=1,")


def test_no_more_than_a_step_may_have_and_the_rest_is_counted() -> None:
    many = [statement(severity=severity) for severity in Severity for _ in range(13)]

    lines = told(*many)

    assert Counter(read(line)[0] for line in lines) == {"error": 10, "warning": 10, "notice": 10}
    assert "3 more errors, 3 more warnings, 4 more notices" in lines[-1]


def test_ten_of_each_need_no_count() -> None:
    lines = told(*(statement(severity=severity) for severity in Severity for _ in range(10)))

    assert len(lines) == 30
    assert not [line for line in lines if " more " in line]


def test_what_was_agreed_to_is_not_told() -> None:
    assert told(statement(accepted="agreed to by team-a")) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_in_its_place(text: str) -> None:
    (line,) = told(statement(text, place=Place(text, "", 1, 1), suite=text))

    command, properties, message = read(line)
    assert line.isprintable()
    assert command == "error"
    assert set(properties) <= {"file", "line", "col", "title"}
    assert len(properties["title"]) <= 255
    assert len(message) <= 4000
