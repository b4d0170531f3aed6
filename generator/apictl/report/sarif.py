"""Findings as SARIF 2.1.0, the format of code scanners (OASIS Standard, 2020-03-27, with errata)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, assert_never
from urllib.parse import quote

from apictl.contract.schema import JsonValue
from apictl.findings import Place, Severity
from apictl.report.checkout import OUTSIDE, SOURCE, Checkout
from apictl.report.statement import Statement, unique_keys
from apictl.report.text import printable, sentence
from apictl.version import VERSION

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_FINGERPRINT: Final = "apictlFinding/v1"
_SUMMARY: Final = 400


def sarif(
    statements: Iterable[Statement], checkout: Checkout, *, pages: Mapping[str, str], is_complete: bool = True
) -> Iterator[str]:
    """Yield one run with *statements* in their order.

    Args:
        statements: accepted ones are suppressed results.
        checkout: what their places mean.
        pages: of rules, CommonMark text by id.
        is_complete: everything that was asked for could be looked at.
    """
    told = tuple(statements)
    rules = {rule: at for at, rule in enumerate(dict.fromkeys(each.finding.rule for each in told))}
    keys = unique_keys(told)
    results = [
        _result(each, key, rule=rules[each.finding.rule], checkout=checkout)
        for each, key in zip(told, keys, strict=True)
    ]
    driver: JsonValue = {
        "name": "apictl",
        "version": VERSION,
        "rules": [_rule(rule, pages.get(rule, "")) for rule in rules],
    }
    run: JsonValue = {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": is_complete}],
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": _bases(checkout),
        "results": results,
    }
    yield json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _bases(checkout: Checkout) -> JsonValue:
    bases: dict[str, JsonValue] = {
        SOURCE: {"description": {"text": "The root of the repository, or the folder that apictl was run in."}},
        OUTSIDE: {"description": {"text": "A folder outside of it."}},
    }
    for revision in checkout.revisions:
        bases[printable(revision)] = {"description": {"text": f"The repository at {printable(revision)}."}}
    return bases


def _rule(rule: str, page: str) -> JsonValue:
    title = page.strip().partition("\n")[0] or f"{rule.replace('-', ' ').capitalize()}."
    text = _printable_lines(page).strip() or title
    return {
        "id": rule,
        "name": "".join(word.capitalize() for word in rule.split("-")),
        "shortDescription": {"text": title[:_SUMMARY]},
        "fullDescription": {"text": _first_paragraph(text) or title},
        "help": {"text": text, "markdown": text},
        "properties": {"tags": ["api-contract"]},
    }


def _printable_lines(text: str) -> str:
    return "\n".join(printable(line) for line in text.split("\n"))


def _first_paragraph(page: str) -> str:
    """Return the paragraph after the title of *page* as one line."""
    paragraphs = page.split("\n\n")
    body = paragraphs[1] if len(paragraphs) > 1 and not paragraphs[1].startswith("```") else paragraphs[0]
    return " ".join(body.split())[:_SUMMARY]


def _result(statement: Statement, key: str, *, rule: int, checkout: Checkout) -> JsonValue:
    finding = statement.finding
    result: dict[str, JsonValue] = {
        "ruleId": finding.rule,
        "ruleIndex": rule,
        "level": _level(finding.severity),
        "message": {"text": _unlinked("\n".join([statement.message, *statement.details]))},
        "locations": [_location(statement.anchor or finding.place, checkout)],
        "partialFingerprints": {_FINGERPRINT: key},
    }
    if statement.case or statement.suite:
        name = printable(statement.case or statement.suite)
        location: JsonValue = {"fullyQualifiedName": f"{printable(statement.suite)}: {name}", "kind": "resource"}
        result["locations"] = [_location(statement.anchor or finding.place, checkout, {"logicalLocations": [location]})]
    if finding.related:
        result["relatedLocations"] = [
            _location(each.place, checkout, {"id": number, "message": {"text": sentence(each.message)}})
            for number, each in enumerate(finding.related)
        ]
    # Where one result has them, all have: an empty array says that it is not suppressed (3.27.23).
    result["suppressions"] = []
    if statement.accepted:
        suppression: JsonValue = {"kind": "external", "status": "accepted", "justification": statement.accepted}
        result["suppressions"] = [suppression]
    if statement.properties:
        result["properties"] = dict(statement.properties)
    return result


def _unlinked(text: str) -> str:
    """Return *text* without what would be read as a link, even in plain text (3.11.6)."""
    return text.replace("](", "] (")


def _location(place: Place, checkout: Checkout, more: Mapping[str, JsonValue] | None = None) -> JsonValue:
    file = checkout.file(place.path)
    # A colon in the first step would read as a scheme (RFC 3986, 4.2); what is not printable has no percent-encoding.
    uri = quote(printable(file.path), safe="/-._~")
    physical: dict[str, JsonValue] = {"artifactLocation": {"uri": uri, "uriBaseId": printable(file.base)}}
    if place.line is not None:
        physical["region"] = {"startLine": place.line, "startColumn": place.column or 1}
    return {"physicalLocation": physical, **(more or {})}


def _level(severity: Severity) -> str:
    match severity:
        case Severity.ERROR:
            return "error"
        case Severity.WARNING:
            return "warning"
        case Severity.INFO:
            return "note"
        case _:
            assert_never(severity)
