"""Schemas become the annotations that a person would type."""

from __future__ import annotations

import pytest

from apictl.contract.schema import JsonValue, Schema
from apictl.pages.python.annotations import Annotations
from apictl.pages.python.lowering import Lowering

ANNOTATIONS = Annotations({"pet": "Pet", "owner": "Owner"}, Lowering(frozenset({"owner"})))


@pytest.mark.parametrize(
    "schema, expected",
    [
        (True, "Any"),
        ({"$ref": "#/$defs/pet"}, "models.Pet"),
        ({"$ref": "#/$defs/owner"}, "models.Owner | None"),
        ({"$ref": "#/$defs/gone"}, "Any"),
        ({"type": "array", "items": {"$ref": "#/$defs/pet"}}, "list[models.Pet]"),
        ({"type": "array", "prefixItems": [{"type": "integer"}], "items": {"type": "string"}}, "list[int | str]"),
        ({"type": ["string", "null"], "format": "uuid"}, "UUID | None"),
        ({"enum": ["a|b", None]}, 'Literal["a|b"] | None'),
        ({"enum": ["a", 1.5]}, 'Literal["a"] | float'),
        ({"const": 1}, "Literal[1]"),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, "dict[str, int]"),
        ({"type": "object", "patternProperties": {"^x": {"type": "integer"}}}, "dict[str, Any]"),
        ({"anyOf": [{"type": "null"}, {"type": "string"}, {"type": "string"}]}, "str | None"),
        ({"oneOf": [{"const": "a"}, {"const": "b"}]}, 'Literal["a", "b"]'),
        ({"allOf": [{}, {"type": "number"}]}, "float"),
        ({"allOf": [{"type": ["string", "null"]}, {"type": "string", "minLength": 1}]}, "str"),
        ({"allOf": [{"type": "string"}, {"items": {"type": "string"}}]}, "str"),
        ({"type": ["string", "array"], "anyOf": [{"items": {"type": "string"}}]}, "str | list[Any]"),
        ({"type": ["boolean", "null"]}, "bool | None"),
        ({"type": ["integer", "boolean"]}, "StrictBool | int"),
    ],
)
def test_a_schema_has_the_annotation(schema: Schema, expected: str) -> None:
    assert ANNOTATIONS.of(schema) == expected


@pytest.mark.parametrize(
    "format_, expected",
    [
        ("date-time", "AwareDatetime"),
        ("date", "date"),
        ("time", "str"),
        ("duration", "str"),
        ("uuid", "UUID"),
        ("decimal", "Decimal"),
        ("binary", "File"),
        ("byte", "str"),
        ("email", "str"),
        ("unheard of", "str"),
    ],
)
def test_a_format_has_a_type_of_its_own_where_python_writes_what_it_read(format_: str, expected: str) -> None:
    assert ANNOTATIONS.of({"type": "string", "format": format_}) == expected


def test_octets_without_encoding_are_a_file() -> None:
    octets: dict[str, JsonValue] = {"type": "string", "contentMediaType": "application/octet-stream"}

    assert ANNOTATIONS.of(octets) == "File"
    assert ANNOTATIONS.of({**octets, "contentEncoding": "base64"}) == "str"


def test_a_schema_of_any_depth_has_an_annotation() -> None:
    deep: Schema = {"type": "string"}
    for _ in range(5000):
        deep = {"type": "array", "items": deep}  # type: ignore[dict-item]  # a schema is a JSON value, too

    assert ANNOTATIONS.of(deep).startswith("list[list[")
