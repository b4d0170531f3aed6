"""A model's field and a parameter of the same schema have the same type."""

from __future__ import annotations

import pytest

from apictl.contract.schema import Schema
from apictl.pages.python.annotations import Annotations
from apictl.pages.python.formats import FORMATS
from apictl.pages.python.lowering import Lowering
from tests.emitters.models.modules import source

SCHEMAS: list[Schema] = [
    *({"type": "string", "format": name} for name in [*FORMATS, "time", "duration", "byte", "email", "int32"]),
    {"type": "string", "contentMediaType": "application/octet-stream"},
    {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}, {"type": "string"}]},
    {"type": ["boolean", "number", "null"]},
    {"enum": ["a", True, 1, None, 1.5]},
    {"type": "array", "prefixItems": [{"type": "string"}], "items": {"format": "uuid", "type": "string"}},
    {"type": "object", "additionalProperties": {"type": "string", "format": "binary"}},
    {"allOf": [{"type": "string"}, {"enum": ["a", "b"]}]},
    {"type": "string", "oneOf": [{"format": "uuid"}, {"format": "email"}]},
    {"type": "array", "items": {"$ref": "#/$defs/Pet"}},
]


@pytest.mark.parametrize("schema", SCHEMAS, ids=str)
def test_a_field_and_a_parameter_have_one_annotation(schema: Schema) -> None:
    pet: Schema = {"type": ["object", "null"], "properties": {"name": {"type": "string"}}}
    holder: Schema = {"type": "object", "properties": {"value": schema}, "required": ["value"]}  # type: ignore[dict-item]  # a schema is a JSON value, too

    field = source({"Pet": pet, "Holder": holder}).partition("    value: ")[2].splitlines()[0]
    parameter = Annotations({"Pet": "Pet"}, Lowering(frozenset({"Pet"}))).of(schema)

    # A field may be called `date`, so models name that type by its module; a signature names models by theirs.
    assert field.replace("datetime.date", "date") == parameter.replace("models.", "")
