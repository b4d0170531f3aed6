"""Schemas become the annotations that a person would type."""

from __future__ import annotations

import pytest

from apictl.contract.contract import Contract
from apictl.contract.definition import Definition
from apictl.contract.operation import MediaType, Operation, RequestBody, Response
from apictl.contract.schema import Schema
from apictl.findings import Place
from apictl.pages.python.annotations import annotation, union
from apictl.pages.python.spell import spell

PLACE = Place("openapi.yaml")


@pytest.mark.parametrize(
    "schema, expected",
    [
        (True, "Any"),
        ({"$ref": "#/$defs/pet"}, "models.Pet"),
        ({"type": "array", "items": {"$ref": "#/$defs/pet"}}, "list[models.Pet]"),
        ({"type": ["string", "null"], "format": "uuid"}, "UUID | None"),
        ({"enum": ["a|b", None]}, 'Literal["a|b"] | None'),
        ({"const": 1}, "Literal[1]"),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, "dict[str, int]"),
        ({"anyOf": [{"type": "null"}, {"type": "string"}, {"type": "string"}]}, "str | None"),
        ({"allOf": [{}, {"type": "number"}]}, "float"),
    ],
)
def test_a_schema_has_the_annotation(schema: Schema, expected: str) -> None:
    assert annotation(schema, {"pet": "Pet"}) == expected


def test_a_union_is_flat_and_ends_in_none() -> None:
    assert union(["str | None", "int", "str"]) == "str | int | None"


def test_a_body_whose_definition_accepts_null_says_so() -> None:
    schema: Schema = {"type": ["object", "null"], "properties": {"name": {"type": "string"}}}
    body = RequestBody((MediaType("application/json", {"$ref": "#/$defs/pet"}, PLACE),), PLACE, is_required=True)
    operation = Operation("add", "POST", "/", PLACE, request_body=body, responses=(Response("204", PLACE),))
    contract = Contract(
        "pets", "Pets", "1", "", PLACE, operations=(operation,), definitions={"pet": Definition("pet", schema, PLACE)}
    )

    (spelled,) = spell(contract).operations

    assert spelled.body is not None
    assert spelled.body.annotation == "models.Pet | None"
