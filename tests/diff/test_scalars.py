"""On the wire a value of a parameter is text, and text has no types."""

from __future__ import annotations

from typing import Any

import pytest

from apictl.contract.definition import Definition
from apictl.diff.scalars import as_text, is_scalar, only_item
from apictl.diff.schemas.difference import SchemaAt
from apictl.findings import Place

PLACE = Place("a.yaml", "/schema")
ANY_TEXT = {"type": ["boolean", "integer", "number", "string"]}
DEFINITIONS = {
    "Name": Definition("Name", {"type": "string"}, Place("a.yaml", "/Name")),
    "Loop": Definition(
        "Loop", {"type": "object", "properties": {"x": {"$ref": "#/$defs/Loop"}}}, Place("a.yaml", "/Loop")
    ),
    "Round": Definition("Round", {"$ref": "#/$defs/Round"}, Place("a.yaml", "/Round")),
}


def written(schema: Any) -> Any:
    return as_text(SchemaAt(schema, PLACE), DEFINITIONS).schema


@pytest.mark.parametrize(
    "schema, expected",
    [
        ({"type": "string"}, ANY_TEXT),
        ({"type": ["string", "null"]}, ANY_TEXT),
        ({"type": ["integer", "null"]}, {"type": ["integer"]}),
        ({"oneOf": [{"type": "string"}, {"type": "integer"}]}, ANY_TEXT),
        ({"type": "array", "items": {"type": "string"}}, {"type": "array", "items": ANY_TEXT}),
        (
            {"type": "object", "properties": {"a": {"type": "string"}}},
            {"type": "object", "properties": {"a": ANY_TEXT}},
        ),
        ({"anyOf": [{"$ref": "#/$defs/Name"}, {"type": "null"}]}, ANY_TEXT),
        ({"anyOf": [{"type": "integer"}, {"$ref": "#/$defs/Name"}]}, ANY_TEXT),
        ({"title": "T", "allOf": [{"$ref": "#/$defs/Name"}]}, {"title": "T", **ANY_TEXT}),
        ({"anyOf": [{"type": "string"}, {"enum": [None]}]}, ANY_TEXT),
        ({"anyOf": [{"type": "integer"}, {"const": None}]}, {"type": "integer"}),
    ],
)
def test_whoever_takes_any_text_takes_any_scalar(schema: Any, expected: Any) -> None:
    assert written(schema) == expected


@pytest.mark.parametrize(
    "schema",
    [
        True,
        {"type": "integer"},
        {"type": "string", "maxLength": 3},
        {"oneOf": [{"type": "string", "pattern": "a"}, {"type": "integer"}]},
        {"oneOf": []},
        {"$ref": "#/$defs/Loop"},
        {"$ref": "#/$defs/Round"},
        {"$ref": "#/$defs/Gone"},
        {"oneOf": "hostile", "items": 3, "properties": []},
    ],
)
def test_other_schemas_stay_as_they_are(schema: Any) -> None:
    assert written(schema) is schema


def test_null_of_one_among_alternatives_is_no_text() -> None:
    branches = [{"type": ["string", "null"], "maxLength": 3}, {"type": "integer", "minimum": 9}]

    assert written({"oneOf": branches}) == {"oneOf": branches, "allOf": [{"not": {"type": "null"}}]}


def test_text_keeps_the_place_of_what_is_referred_to() -> None:
    assert as_text(SchemaAt({"$ref": "#/$defs/Name"}, PLACE), DEFINITIONS).place.pointer == "/Name"


def test_text_that_may_be_null_stands_at_the_branch_that_is_not() -> None:
    at = SchemaAt({"anyOf": [{"type": "null"}, {"type": "integer"}]}, PLACE)

    assert as_text(at, {}).place.pointer == "/schema/anyOf/1"


def test_only_item_is_that_of_an_array_of_one() -> None:
    item = only_item(SchemaAt({"type": "array", "items": {"type": "integer"}}, PLACE), {})

    assert item == SchemaAt({"type": "integer"}, PLACE.child("items"))


@pytest.mark.parametrize("more", [{"minItems": 2}, {"maxItems": 0}, {"contains": {}}, {"prefixItems": []}])
def test_array_that_refuses_one_item_or_says_more_has_no_only_item(more: dict[str, Any]) -> None:
    assert only_item(SchemaAt({"type": "array", "items": {}} | more, PLACE), {}) is None


def test_alternatives_are_scalar_when_each_of_them_is() -> None:
    assert is_scalar({"anyOf": [{"type": "string"}, {"$ref": "#/$defs/Name"}]}, DEFINITIONS)
    assert not is_scalar({"anyOf": [{"type": "string"}, {"type": "array"}]}, DEFINITIONS)
    assert not is_scalar({}, DEFINITIONS)
