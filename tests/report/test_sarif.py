"""Findings as SARIF, judged by the schema of the standard."""

from __future__ import annotations

import json
import re
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from apictl.findings import Place, Related, Severity
from apictl.report.checkout import Checkout
from apictl.report.sarif import sarif
from apictl.report.statement import Statement
from tests.report.told import HOSTILE, SARIF_SCHEMA, statement

PAGE = "A header is gone.\n\nOf an answer, callers\nrelied on it.\n\n```yaml before\na: 1\n```\n"
VALIDATOR = jsonschema.Draft4Validator(SARIF_SCHEMA, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER)


def told(*statements: Statement, checkout: Checkout | None = None, **more: Any) -> Any:
    log = json.loads("".join(sarif(statements, checkout or Checkout(), pages={"some-rule": PAGE}, **more)))
    VALIDATOR.validate(log)
    return log["runs"][0]


def test_result_has_its_place_and_fingerprint() -> None:
    (result,) = told(statement("message", details=("id: 1",), properties={"side": "accepts"}))["results"]

    assert result["ruleId"] == "some-rule"
    assert result["level"] == "error"
    assert result["message"] == {"text": "message\nid: 1"}
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "specs/a/openapi.yaml", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 3, "startColumn": 9},
    }
    assert result["partialFingerprints"] == {"apictlFinding/v1": "0123456789abcdef"}
    assert result["suppressions"] == []
    assert result["properties"] == {"side": "accepts"}


def test_rules_come_once_with_their_page() -> None:
    run = told(statement(), statement(rule="other-rule"), statement())

    some, other = run["tool"]["driver"]["rules"]
    assert (some["id"], some["name"]) == ("some-rule", "SomeRule")
    assert some["shortDescription"] == {"text": "A header is gone."}
    assert some["fullDescription"] == {"text": "Of an answer, callers relied on it."}
    assert some["help"]["markdown"] == PAGE.strip()
    assert other["shortDescription"] == {"text": "Other rule."}
    assert [result["ruleIndex"] for result in run["results"]] == [0, 1, 0]


def test_old_place_is_related_and_belongs_to_its_revision() -> None:
    moved = statement(related=(Related("was at", Place("main:a b.yaml", "", 7, 1)),))

    run = told(moved, checkout=Checkout("api", ("main",)))

    (related,) = run["results"][0]["relatedLocations"]
    assert related["message"] == {"text": "was at"}
    assert related["physicalLocation"]["artifactLocation"] == {"uri": "api/a%20b.yaml", "uriBaseId": "main"}
    assert "main" in run["originalUriBaseIds"]


def test_accepted_finding_is_a_suppressed_result() -> None:
    (result,) = told(statement(accepted="agreed to by team-a until 2027-01-31: nobody sends it"))["results"]

    assert result["suppressions"] == [
        {
            "kind": "external",
            "status": "accepted",
            "justification": "agreed to by team-a until 2027-01-31: nobody sends it",
        }
    ]


def test_levels_are_those_of_the_standard() -> None:
    results = told(*(statement(severity=severity) for severity in Severity))["results"]

    assert [result["level"] for result in results] == ["error", "warning", "note"]


def test_run_that_could_not_look_at_everything_says_so() -> None:
    assert told(is_complete=False)["invocations"] == [{"executionSuccessful": False}]
    assert told()["results"] == []


@pytest.mark.parametrize("path", ["/etc/a.yaml", "../a.yaml", "c:/a.yaml", "http://x/a.yaml", "//x/a.yaml"])
def test_no_uri_leads_out_of_its_base(path: str) -> None:
    (result,) = told(statement(place=Place(path, "", 1, 1)))["results"]

    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert not re.match(r"/|\.\.|[A-Za-z][A-Za-z0-9+.-]*:", uri)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text: str) -> None:
    related = (Related(text, Place(text, text, 1, 1)),)
    hostile = statement(
        text, place=Place(text, text, 1, 1), suite=text, case=text, related=related, details=(text[:99],)
    )

    result = told(hostile, checkout=Checkout(revisions=(text,)))["results"][0]

    assert result["message"]["text"].split("\n")[0].isprintable()
    assert "](" not in result["message"]["text"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].isascii()
