"""What contract tests know to be no fault: two values with one spelling."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, NamedTuple, cast

import pytest

from apictl.contract.operation import Parameter, ParameterLocation, Style
from apictl.contract.schema import JsonValue
from apictl.support.contract_testing import verdicts
from apictl.support.contract_testing.cases import Ambiguities
from apictl.support.contract_testing.verdicts import (
    _is_empty_array,
    _is_integer,
    _is_refused,
    _is_right_as_sent,
    _is_text,
)
from tests.emitters.contract_tests.contracts import PLACE, operation
from tests.emitters.contract_tests.test_cases import entry

LIST: dict[str, JsonValue] = {"type": "array", "items": {"type": "string", "minLength": 1}}


class _Location(NamedTuple):
    value: str


def _wrong(*parts: str) -> SimpleNamespace:
    """Return what schemathesis knows of a case whose *parts* it says to be wrong."""
    negative = SimpleNamespace(mode=SimpleNamespace(is_negative=True))
    return SimpleNamespace(components={_Location(part): negative for part in parts})


def _ambiguities() -> Ambiguities:
    parameters = (
        Parameter("tags", ParameterLocation.QUERY, LIST, PLACE),
        Parameter("name", ParameterLocation.QUERY, {"type": "string"}, PLACE),
        Parameter("X-Vouchers", ParameterLocation.HEADER, LIST, PLACE, style=Style.SIMPLE, explode=False),
        Parameter("X-Name", ParameterLocation.HEADER, {"type": "string"}, PLACE, style=Style.SIMPLE, explode=False),
    )
    said = entry(operation(method="GET", parameters=parameters))["ambiguities"]
    return Ambiguities(
        frozenset(said["arrays"]), frozenset(said["array_headers"]), frozenset(), frozenset(said["files"]), {}
    )


@pytest.mark.parametrize(
    "url, headers, is_empty",
    [
        ("/quotes?tags=", {}, True),
        ("/quotes?tags=a&name=", {}, False),
        ("/quotes", {"x-vouchers": ""}, True),
        ("/quotes", {"X-Vouchers": " "}, True),
        ("/quotes", {"X-Vouchers": "a", "X-Name": ""}, False),
    ],
)
def test_nothing_sent_for_an_array_may_be_no_item_or_an_empty_one(
    url: str, headers: dict[str, str], *, is_empty: bool
) -> None:
    response = cast("Any", SimpleNamespace(request=SimpleNamespace(url=url, headers=headers)))

    assert _is_empty_array(response, _ambiguities()) is is_empty


@pytest.mark.parametrize(
    "message, query, is_integer",
    [
        ("violates `type` at /properties/limit (was integer, became array)", "limit=0.0", True),
        ("violates `type` at /properties/limit (was integer, became array)", "limit=-4.382044103591972e%2B16", True),
        ("violates `type` at /properties/limit", "limit=5", True),
        ("violates `type` at /properties/limit", "limit=0.5", False),
        ("violates `type` at /properties/limit", "limit=1e-1", False),
        ("violates `type` at /properties/limit", "limit=1e999", False),
        ("violates `type` at /properties/limit", "limit=", False),
        ("violates `type` at /properties/limit", "limit=1&limit=2", False),
        ("violates `type` at /properties/limit", "other=1", False),
        ("violates `maximum` at /properties/limit", "limit=5", False),
    ],
)
def test_a_number_without_a_fraction_is_an_integer_however_it_is_spelled(
    message: str, query: str, *, is_integer: bool
) -> None:
    limit = Parameter("limit", ParameterLocation.QUERY, {"type": "integer"}, PLACE)
    said = entry(operation(method="GET", parameters=(limit,)))["ambiguities"]
    ambiguities = replace(_ambiguities(), integers=frozenset(said["integers"]))
    response = cast("Any", SimpleNamespace(request=SimpleNamespace(url=f"/a?{query}", headers={})))
    told = f"Invalid data should have been rejected\nInvalid component: parameter `limit` in query - {message}"

    assert _is_integer(told, response, ambiguities) is is_integer
    assert not _is_integer(told, response, _ambiguities())


@pytest.mark.parametrize(
    "media_type, body, wrong, is_text",
    [
        ("application/yaml", 5, ["body"], True),
        ("application/yaml", {"a": None}, ["body"], True),
        ("application/yaml", "a text", ["body"], False),
        ("application/yaml", 5, ["body", "query"], False),
        ("application/json", 5, ["body"], False),
    ],
)
def test_any_value_is_text_where_the_text_of_a_document_is_asked_for(
    media_type: str, body: JsonValue, wrong: list[str], *, is_text: bool
) -> None:
    case = cast("Any", SimpleNamespace(media_type=media_type, body=body, meta=_wrong(*wrong)))
    ambiguities = replace(_ambiguities(), texts=frozenset({"application/yaml"}))

    assert _is_text(case, ambiguities) is is_text


@pytest.mark.parametrize(
    "wrong, right, is_right",
    [
        (["body"], ["is_body_right"], True),
        (["body"], ["is_form_right"], True),
        (["body"], ["is_query_right"], False),
        (["query"], ["is_query_right"], True),
        (["query", "body"], ["is_query_right"], False),
        (["query", "body"], ["is_form_right"], False),
        (["query", "body"], ["is_query_right", "is_form_right"], True),
        (["header"], ["is_query_right", "is_body_right"], False),
        (["header", "query"], ["is_query_right", "is_body_right"], False),
        ([], ["is_query_right", "is_body_right"], False),
    ],
)
def test_each_part_that_is_said_to_be_wrong_has_to_be_right(
    monkeypatch: pytest.MonkeyPatch, wrong: list[str], right: list[str], *, is_right: bool
) -> None:
    for name in ("is_body_right", "is_form_right", "is_query_right"):
        monkeypatch.setattr(verdicts, name, lambda _case, _response, name=name: name in right)

    assert _is_right_as_sent(cast("Any", SimpleNamespace(meta=_wrong(*wrong))), cast("Any", None)) is is_right


@pytest.mark.parametrize("status, is_refused", [(413, True), (200, False), (404, False)])
def test_a_body_that_is_too_large_is_refused(status: int, *, is_refused: bool) -> None:
    assert _is_refused(cast("Any", SimpleNamespace(status_code=status))) is is_refused
