"""What contract tests make of a contract before schemathesis reads it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from apictl.support.contract_testing.budgets import Budget
from apictl.support.contract_testing.cases import Ambiguities
from apictl.support.contract_testing.implied import imply_refusals, name_ranges
from apictl.support.contract_testing.typed_schemas import say_types
from apictl.support.contract_testing.verdicts import _is_one_item, _is_without_items

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


FORM = Ambiguities(frozenset(), frozenset(), frozenset(), frozenset(), {}, form_arrays=frozenset({"Tags"}))


@pytest.mark.parametrize(
    "message, body, is_one_item",
    [
        ("Invalid component: in body - tags: Incorrect type", {"Tags": "a"}, True),
        ("Invalid component: in body - violates `type` at /properties/Tags (was array)", {"Tags": 1.5}, True),
        ("Invalid component: in body - tags: Incorrect type", {"Tags": ["a"]}, False),
        ("Invalid component: in body - note: Incorrect type", {"Tags": "a", "note": 1}, False),
        ("Invalid component: in body - violates `minimum` at /properties/Tags", {"Tags": 1}, False),
    ],
)
def test_one_value_for_an_array_of_a_form_spells_one_item(message: str, body: Any, *, is_one_item: bool) -> None:
    case = cast("Any", SimpleNamespace(body=body, media_type="application/x-www-form-urlencoded"))

    assert _is_one_item(message, case, FORM) is is_one_item


@pytest.mark.parametrize("media_type, is_one_item", [("multipart/form-data", True), ("application/x-form", False)])
def test_an_object_that_is_a_part_of_its_own_is_one_item(media_type: str, *, is_one_item: bool) -> None:
    case = cast("Any", SimpleNamespace(body={"Tags": {}}, media_type=media_type))

    assert _is_one_item("Invalid component: in body - tags: Incorrect type", case, FORM) is is_one_item


@pytest.mark.parametrize("body, is_lost", [({"Tags": []}, True), ({"Tags": ["a"], "others": []}, False), ([], False)])
def test_array_of_no_items_is_not_sent_in_a_form(body: Any, *, is_lost: bool) -> None:
    assert _is_without_items(cast("Any", SimpleNamespace(body=body)), FORM) is is_lost


def test_budget_takes_all_of_a_short_row_and_a_seeded_choice_of_a_long_one() -> None:
    def taken(most: int, length: int, seed: str = "1") -> list[int]:
        budget = Budget(most, seed)
        return [number for number in range(length) if budget.takes_another()]

    assert taken(50, 50) == [*range(50)]
    assert 50 < len(taken(50, 5000)) < 500
    assert max(taken(50, 5000)) > 2500
    assert taken(50, 5000) == taken(50, 5000)
    assert taken(50, 5000) != taken(50, 5000, "2")
