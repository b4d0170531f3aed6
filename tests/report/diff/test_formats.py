"""What holds of every format of `apictl diff`: hostile text commands no reader, and the same changes are in each."""

from __future__ import annotations

import dataclasses
import json
import re
from html.parser import HTMLParser
from typing import Any, Final
from xml.etree import ElementTree as ET

import jsonschema  # type: ignore[import-untyped]
import pytest
from markdown_it import MarkdownIt

from apictl.contract.operation import ParameterLocation
from apictl.diff.changes import Use
from apictl.diff.law import Effect
from apictl.diff.witnesses.search import Witness
from apictl.findings import Place, Severity, error, warning
from apictl.report.checkout import Checkout
from apictl.report.diff.formats import FORMATS
from apictl.report.diff.verdict import Agreement, Comparison, Consumer, DiffReport, Outcome
from apictl.report.diff.view import View
from tests.report.diff.made import CHANGE, comparison, harmless, report, verdict
from tests.report.told import HOSTILE, SARIF_SCHEMA

_PAGE_TAGS: Final = {
    *(
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "header",
        "main",
        "section",
        "article",
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
    ),
    *("fieldset", "legend", "input", "label", "figure", "figcaption", "pre", "code", "mark", "span", "div", "b", "i"),
    *("details", "summary"),
}
_PAGE_ATTRIBUTES: Final = {
    *("lang", "charset", "http-equiv", "content", "name", "class", "type", "id", "checked", "for", "open"),
}


def written(name: str, told: DiffReport, **more: Any) -> str:
    return "".join(f"{line}\n" for line in FORMATS[name](told, View(**more)))


def hostile(text: str) -> DiffReport:
    """Return a report that has *text* in every place where text of a document, or of a person, may be."""
    place = Place(text, text, 3, 9)
    change = dataclasses.replace(
        CHANGE,
        message=f"POST /quotes no longer accepts {text}",
        hint=text,
        uses=(Use(f"GET /{text}", text, text, (text,), (ParameterLocation.QUERY, text)), Use(text, text, text)),
        old=dataclasses.replace(place, path=f"main:{text}"),
        new=place,
        facts={"value": text},
        witness=Witness({text: [text, {text: text}]}, "old", (text, 0)),
    )
    scalar = dataclasses.replace(change, witness=Witness(text, "old", ()))
    waived = dataclasses.replace(change, waiver=text)
    agreement = Agreement(text, text, text, place)
    told = (
        verdict(change, consumers=(Consumer("trips", text),)),
        verdict(scalar),
        verdict(change, agreement=agreement, weight=Severity.INFO),
        verdict(waived),
        verdict(dataclasses.replace(change, effect=Effect.WIDENS)),
    )
    refused = (error("some-rule", place, text, hint=text),)
    comparisons = tuple(Comparison("pricing", text, each, text, text, told, refused) for each in Outcome)
    remarks = (warning("acceptance-stale", place, text, hint=text),)
    return DiffReport(comparisons, remarks, lambda _: text, Checkout("", (text,), None))


class _Reader(HTMLParser):
    """Notes every tag, attribute and text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def _read_text(text: str) -> None:
    assert not [line for line in text.split("\n") if not line.isprintable()]
    assert not [line for line in text.split("\n") if line.lstrip().startswith("::error::")]


def _read_html(text: str) -> None:
    reader = _Reader()
    reader.feed(text)
    assert text.isascii()
    assert reader.tags <= _PAGE_TAGS
    assert reader.attributes <= _PAGE_ATTRIBUTES


def _read_markdown(text: str) -> None:
    assert len(text.encode()) <= 65_536
    found = MarkdownIt("gfm-like", {"linkify": False}).parse(text)
    inlines = [child for token in found if token.type == "inline" for child in token.children or []]
    kinds = {child.type for child in inlines}
    assert kinds <= {"text", "code_inline", "strong_open", "strong_close", "softbreak", "html_inline"}
    assert {child.content for child in inlines if child.type == "html_inline"} <= {
        "<sub>",
        "</sub>",
        "<code>",
        "</code>",
    }
    blocks = {token.content.strip() for token in found if token.type == "html_block"}
    assert all(re.fullmatch(r"<details>\n<summary>[\w ]+</summary>|</details>", block) for block in blocks)
    words = "".join(child.content for child in inlines if child.type == "text")
    assert not set("@<>`|[]{}_*\\") & set(words)


def _read_github(text: str) -> None:
    commands = re.compile(r"::(error|warning|notice) [^:\n]+::[^\n]*")
    assert all(commands.fullmatch(line) and line.isprintable() for line in text.splitlines())


def _read_xml(text: str) -> None:
    root = ET.fromstring(text)  # noqa: S314 - our own
    assert {each.tag for each in root.iter()} <= {"testsuites", "testsuite", "testcase", "failure", "system-out"}


READERS: Final[dict[str, Any]] = {
    "text": _read_text,
    "json": json.loads,
    "markdown": _read_markdown,
    "html": _read_html,
    "sarif": lambda text: jsonschema.Draft4Validator(SARIF_SCHEMA).validate(json.loads(text)),
    "github": _read_github,
    "gitlab": json.loads,
    "junit": _read_xml,
}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text_to_every_reader(name: str, text: str) -> None:
    told = hostile(text)

    for more in ({}, {"is_verbose": True}, {"is_changelog": True}):
        READERS[name](written(name, told, **more))


@pytest.mark.parametrize("name", FORMATS)
def test_same_report_gives_the_same_bytes(name: str) -> None:
    told = report(
        comparison(verdict(), harmless(), verdict(dataclasses.replace(CHANGE, new=Place("b.yaml", "", 1, 1))))
    )

    assert written(name, told) == written(name, told)


@pytest.mark.parametrize("name", FORMATS)
def test_every_change_that_weighs_something_is_in_every_format(name: str) -> None:
    rules = [f"rule-{letter}-removed" for letter in "abcdefgh"]
    told = comparison(*(verdict(dataclasses.replace(CHANGE, rule=rule), key=f"{rule:0<32}") for rule in rules))

    text = written(name, report(told))

    assert [rule for rule in rules if rule not in text] == []
    assert "accepted before, refused now" in text.replace("&#10;", "\n") or name == "json"
    assert "gift" in text


@pytest.mark.parametrize("name", ["text", "json", "github", "gitlab", "junit"])
def test_harmless_changes_and_those_agreed_to_are_told_on_request(name: str) -> None:
    agreement = Agreement("team-a", "nobody sends it", "2027-01-31", Place("apictl-accepted.yaml", "", 4, 5))
    agreed = verdict(dataclasses.replace(CHANGE, rule="agreed-rule"), agreement=agreement, weight=Severity.INFO)
    told = report(comparison(agreed, harmless()))

    assert "property-added" not in written(name, told)
    assert "property-added" in written(name, told, is_verbose=True)
    assert "agreed-rule" not in written(name, told)


@pytest.mark.parametrize("name", ["markdown", "html"])
def test_page_and_comment_have_harmless_changes_folded(name: str) -> None:
    text = written(name, report(comparison(verdict(), harmless())))

    assert text.index("enum-value-removed") < text.index("<summary>1 ") < text.index("property-added")


def test_sarif_has_what_was_agreed_to_as_suppressed() -> None:
    agreement = Agreement("team-a", "nobody sends it", "2027-01-31", Place("apictl-accepted.yaml", "", 4, 5))
    told = report(comparison(verdict(agreement=agreement, weight=Severity.INFO), harmless()))

    for more in ({}, {"is_verbose": True}):
        results = json.loads(written("sarif", told, **more))["runs"][0]["results"]
        (agreed,) = [result for result in results if result["ruleId"] == "enum-value-removed"]
        assert agreed["suppressions"][0]["justification"].startswith("agreed to by team-a until 2027-01-31")


def test_sarif_has_the_page_of_a_rule_and_the_witness() -> None:
    told = report(comparison(verdict(dataclasses.replace(CHANGE, rule="operation-removed"))))

    run = json.loads(written("sarif", told))["runs"][0]

    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["shortDescription"]["text"] == "An operation is gone."
    assert "```yaml before" in rule["help"]["markdown"]
    (result,) = run["results"]
    witness = result["properties"]["witness"]
    assert json.loads(witness["value"]) == {"kind": "gift", "seats": 1}
    assert result["relatedLocations"][0]["physicalLocation"]["region"] == {"startLine": 3, "startColumn": 13}


@pytest.mark.parametrize("name,file", [("github", "file=apictl.yaml,"), ("gitlab", '"path": "apictl.yaml"')])
def test_service_that_is_gone_is_told_at_the_manifest(name: str, file: str) -> None:
    place = Place("main:specs/pricing/openapi.yaml")
    gone = verdict(dataclasses.replace(CHANGE, rule="service-removed", old=place, new=place))
    checkout = Checkout(revisions=("main",), manifest=Place("apictl.yaml", "", 1, 1))
    told = dataclasses.replace(report(comparison(gone, outcome=Outcome.REMOVED)), checkout=checkout)

    assert file in written(name, told)
    (result,) = json.loads(written("sarif", told))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "apictl.yaml"
    assert result["relatedLocations"][0]["physicalLocation"]["artifactLocation"] == {
        "uri": "specs/pricing/openapi.yaml",
        "uriBaseId": "main",
    }


def test_contract_that_did_not_change_passes_in_junit() -> None:
    root = ET.fromstring(written("junit", report(comparison(outcome=Outcome.EQUAL))))  # noqa: S314 - our own

    assert [(case.get("classname"), case.get("name")) for case in root.iter("testcase")] == [
        ("pricing", "the whole contract")
    ]
    assert root.get("failures") == "0"
