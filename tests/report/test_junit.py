"""Findings as JUnit XML, read back by the standard library's parser."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from apictl.findings import Place, Severity
from apictl.report.checkout import Checkout
from apictl.report.junit import Suite, junit
from tests.report.told import HOSTILE, statement


def told(*suites: Suite) -> ET.Element:
    return ET.fromstring("".join(junit(suites, Checkout())))  # noqa: S314 - our own


def test_operation_with_errors_fails_and_the_others_pass() -> None:
    broken = statement("first", case="GET /a", details=("id: 1",)), statement("second", case="GET /a")

    root = told(Suite("pricing", ("GET /a", "GET /b"), broken))

    (suite,) = root
    assert (suite.get("name"), suite.get("tests"), suite.get("failures")) == ("pricing", "2", "1")
    assert [(case.get("classname"), case.get("name")) for case in suite] == [
        ("pricing", "GET /a"),
        ("pricing", "GET /b"),
    ]
    (failure,) = suite[0]
    assert (failure.get("type"), failure.get("message")) == ("some-rule", "first (and 1 more)")
    assert (failure.text or "").split("\n") == [
        "specs/a/openapi.yaml:3:9: error: first [some-rule]",
        "id: 1",
        "",
        "specs/a/openapi.yaml:3:9: error: second [some-rule]",
    ]
    assert (suite[0].get("file"), suite[0].get("line")) == ("specs/a/openapi.yaml", "3")
    assert not list(suite[1])


def test_what_is_no_error_passes_with_its_words() -> None:
    weak = statement("weak", severity=Severity.WARNING)
    agreed = statement("agreed", accepted="agreed to by team-a")

    root = told(Suite("pricing", (), (weak, agreed)))

    assert root.get("failures") == "0"
    (case,) = root[0]
    assert case.get("name") == "the whole contract"
    (output,) = case
    assert output.tag == "system-out"
    assert "weak" in (output.text or "")
    assert "agreed" in (output.text or "")


def test_nothing_is_a_document_that_passes() -> None:
    root = told(Suite("pricing", ("",), ()))

    assert (root.tag, root.get("tests"), root.get("failures")) == ("testsuites", "1", "0")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text: str) -> None:
    hostile = statement(text, place=Place(text, "", 1, 1), case=text, suite=text, details=(text,))

    document = "".join(junit([Suite(text, (text,), (hostile,))], Checkout()))

    assert document.isascii()
    root = ET.fromstring(document)  # noqa: S314 - our own
    assert [each.tag for each in root.iter()] == ["testsuites", "testsuite", "testcase", "failure"]
