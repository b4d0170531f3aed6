"""Prepared requests: the valid one is valid, and every wrong one is wrong."""

from __future__ import annotations

from typing import Any, cast

from apictl.contract.definition import Definition, View
from apictl.contract.operation import Operation, Parameter, ParameterLocation
from apictl.contract.schema import Schema
from apictl.emitters.contract_tests.cases import Cases
from apictl.pages.python.spell import spell
from tests.emitters.contract_tests.contracts import PLACE, contract, operation

QUOTE: Schema = {
    "type": "object",
    "additionalProperties": False,
    "required": ["seats"],
    "properties": {"seats": {"type": "integer", "minimum": 1, "maximum": 8}},
}


def entry(single: Operation, *definitions: Definition) -> dict[str, Any]:
    spelled = spell(contract(single, definitions=definitions))
    return cast("dict[str, Any]", Cases(spelled).entry(spelled.operations[0]))


def reasons(case: dict[str, Any]) -> str:
    return "\n".join(wrong["why"] for wrong in case["wrong"])


def test_valid_body_is_the_plainest_value_of_its_schema() -> None:
    case = entry(operation(body=QUOTE))

    assert case["valid"]["body"] == {"json": {"seats": 1}}
    assert case["valid"]["media_type"] == "application/json"


def test_wrong_bodies_break_type_range_closure_and_requirement() -> None:
    bodies = [
        wrong["body"]["json"] for wrong in entry(operation(body=QUOTE))["wrong"] if "json" in (wrong["body"] or {})
    ]

    seats = [body.get("seats") for body in bodies if isinstance(body, dict)]
    assert {} in bodies
    assert 0 in seats
    assert any(isinstance(value, str) for value in seats)
    assert any(isinstance(body, dict) and body.keys() - {"seats"} for body in bodies)


def test_undeclared_media_type_no_json_and_no_body_are_wrong() -> None:
    told = reasons(entry(operation(body=QUOTE)))

    assert "the media type application/x-undeclared is not declared" in told
    assert "the body is no JSON" in told
    assert "the body is missing" in told


def test_undeclared_media_type_is_not_wrong_where_any_is_declared() -> None:
    assert "media type" not in reasons(entry(operation(body=True, media_type="*/*")))


def test_read_only_property_is_wrong_in_a_request() -> None:
    schema: Schema = {"type": "object", "properties": {"id": False, "name": {"type": "string"}}}
    request = Definition("QuoteRequest", schema, PLACE, View.REQUEST, "Quote")

    case = entry(operation(body={"$ref": "#/$defs/QuoteRequest"}), request)

    assert "body: property 'id' is readOnly" in reasons(case)


def test_text_of_a_number_is_not_wrong_in_a_query() -> None:
    limit = Parameter("limit", ParameterLocation.QUERY, {"type": "integer", "minimum": 1}, PLACE)

    queries = [wrong["query"] for wrong in entry(operation("GET", parameters=(limit,)))["wrong"]]

    assert queries
    assert not [query for query in queries if query.removeprefix("limit=").isdigit() and not query.endswith("=0")]


def test_missing_required_query_parameter_is_wrong() -> None:
    limit = Parameter("limit", ParameterLocation.QUERY, {"type": "integer"}, PLACE, is_required=True)

    case = entry(operation("GET", parameters=(limit,)))

    assert case["wrong"][0] == {"why": "query limit is missing", "path": "/quotes", "query": "", "headers": []}


def test_operation_without_any_valid_request_has_no_cases() -> None:
    case = entry(operation(body=False))

    assert case["valid"] is None
    assert case["wrong"] == []
