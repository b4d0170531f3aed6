"""What contract tests make of a contract before schemathesis reads it."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from apictl.support.contract_testing.budgets import Budget
from apictl.support.contract_testing.implied import imply_refusals, name_ranges
from apictl.support.contract_testing.typed_schemas import say_types

BODY: dict[str, Any] = {"requestBody": {"content": {}}}


def declared(operation: dict[str, Any]) -> set[str]:
    contract: dict[str, Any] = {"paths": {"/a": {"parameters": [], "post": operation}}}
    imply_refusals(contract)
    return set(contract["paths"]["/a"]["post"]["responses"])


@pytest.mark.parametrize(
    "operation, statuses",
    [
        ({"responses": {"200": {}}}, {"200", "400", "422"}),
        (BODY | {"responses": {"200": {}, "404": {}}}, {"200", "404", "400", "422", "415"}),
        (BODY | {"responses": {"200": {}, "400": {}}}, {"200", "400"}),
        ({"responses": {"200": {}, "4xx": {}}}, {"200", "4xx"}),
        ({"responses": {"default": {}}}, {"default"}),
    ],
)
def test_wrong_request_may_be_refused_where_no_refusal_is_declared(
    operation: dict[str, Any], statuses: set[str]
) -> None:
    assert declared(operation) == statuses


@pytest.mark.parametrize(
    "content, names",
    [
        ({"*/*": {"schema": {"type": "object"}}}, ["application/json"]),
        ({"application/*": {"schema": {}}, "application/json": {"schema": {}}}, ["application/json"]),
        ({"*/*": {"schema": {"type": "string", "format": "binary"}}}, ["*/*"]),
        ({"*/*": {}, "text/plain": {"schema": {}}}, ["*/*", "text/plain"]),
    ],
)
def test_body_of_any_media_type_is_tried_in_the_one_that_is_judged(content: dict[str, Any], names: list[str]) -> None:
    contract: dict[str, Any] = {"paths": {"/a": {"post": {"requestBody": {"content": content}, "responses": {}}}}}

    name_ranges(contract)

    assert [*contract["paths"]["/a"]["post"]["requestBody"]["content"]] == names


LISTED: dict[str, Any] = {"properties": {"a": {}}}


def meant(schema: dict[str, Any]) -> Any:
    contract: dict[str, Any] = {"openapi": "3.0.3", "components": {"schemas": {"Thing": schema}}}
    say_types(contract)
    return contract["components"]["schemas"]["Thing"]


def test_schema_that_lists_properties_is_of_objects_as_models_are() -> None:
    schema = {"properties": {"properties": {"type": "string"}, "inner": {"allOf": [dict(LISTED)]}}}

    found = meant(schema)

    assert found["type"] == "object"
    assert found["properties"].keys() == {"properties", "inner"}
    assert found["properties"]["inner"]["allOf"] == [LISTED | {"type": "object"}]


@pytest.mark.parametrize("schema", [{"not": LISTED}, LISTED | {"enum": [1]}, LISTED | {"anyOf": [{"type": "string"}]}])
def test_schema_that_speaks_of_other_values_is_left_alone(schema: dict[str, Any]) -> None:
    assert meant(dict(schema)) == schema


ITEMS: dict[str, Any] = {"items": {"type": "string"}}
ARRAY: dict[str, Any] = ITEMS | {"type": "array"}
TEXT: dict[str, Any] = {"type": "string"}


@pytest.mark.parametrize(
    "written, said",
    [
        (ITEMS, ARRAY),
        ({"items": {}}, {"items": {}, "type": "array"}),
        ({"properties": {"items": ITEMS}}, {"type": "object", "properties": {"items": ARRAY}}),
        ({"items": ITEMS}, {"type": "array", "items": ARRAY}),
        ({"oneOf": [TEXT, ITEMS]}, {"oneOf": [TEXT, ARRAY]}),
        ({"allOf": [ITEMS, {"minItems": 1}]}, {"allOf": [ARRAY, {"minItems": 1}]}),
        (ITEMS | {"anyOf": [{"minItems": 1}]}, ARRAY | {"anyOf": [{"minItems": 1}]}),
        ({"type": "array", "anyOf": [ITEMS]}, {"type": "array", "anyOf": [ARRAY]}),
    ],
)
def test_schema_that_describes_items_is_of_arrays_as_models_are(written: dict[str, Any], said: dict[str, Any]) -> None:
    assert meant(copy.deepcopy(written)) == said


@pytest.mark.parametrize(
    "schema",
    [
        {"not": ITEMS},
        {"if": ITEMS, "then": ITEMS},
        {"type": "string", "allOf": [ITEMS]},
        {"type": "array", "nullable": True, "allOf": [ITEMS]},
        {"type": ["string", "array"], "anyOf": [{"oneOf": [ITEMS]}]},
        {"allOf": [TEXT, ITEMS]},
        {"allOf": [ITEMS], "anyOf": [TEXT, {"type": "array"}]},
        ITEMS | {"anyOf": [TEXT]},
        ITEMS | {"allOf": [{"$ref": "#/components/schemas/Other"}]},
        ITEMS | {"enum": [1]},
        ITEMS | {"required": ["a"]},
        {"items": [TEXT, TEXT]},
        {"items": True},
    ],
)
def test_schema_that_speaks_of_other_values_than_arrays_is_left_alone(schema: dict[str, Any]) -> None:
    assert meant(copy.deepcopy(schema)) == schema


def test_what_schemathesis_stumbles_over_is_said_otherwise() -> None:
    parameter = {"name": "q", "in": "query", "required": True, "schema": {"type": "string", "required": True}}
    contract: dict[str, Any] = {"openapi": "3.0.3", "paths": {"/a": {"get": {"parameters": [parameter]}}}}

    say_types(contract)

    assert parameter == {"name": "q", "in": "query", "required": True, "schema": {"type": "string"}}
    assert meant({"items": [{"type": "string", "nullable": True}]}) == {"items": [{"type": ["string", "null"]}]}


@pytest.mark.parametrize(
    "version, values, meant_values",
    [("3.0.3", ["a"], ["a", None]), ("3.0.3", ["a", None], ["a", None]), ("3.1.0", ["a"], ["a"])],
)
def test_an_enum_that_is_nullable_has_null(version: str, values: list[Any], meant_values: list[Any]) -> None:
    schema = {"type": "string", "nullable": True, "enum": values}
    contract: dict[str, Any] = {"openapi": version, "components": {"schemas": {"A": schema}}}

    say_types(contract)

    assert schema["enum"] == meant_values


def test_budget_takes_all_of_a_short_row_and_a_seeded_choice_of_a_long_one() -> None:
    def taken(most: int, length: int, seed: str = "1") -> list[int]:
        budget = Budget(most, seed)
        return [number for number in range(length) if budget.takes_another()]

    assert taken(50, 50) == [*range(50)]
    assert 50 < len(taken(50, 5000)) < 500
    assert max(taken(50, 5000)) > 2500
    assert taken(50, 5000) == taken(50, 5000)
    assert taken(50, 5000) != taken(50, 5000, "2")
