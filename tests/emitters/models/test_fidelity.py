"""A model takes every value that its schema accepts, and writes what it read."""

from __future__ import annotations

import json
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from apictl.contract.schema import Schema
from tests.emitters.models.modules import load

CONTRACT: dict[str, Schema] = {
    "Json": {
        "anyOf": [
            {"type": ["string", "number", "boolean", "null"]},
            {"type": "array", "items": {"$ref": "#/$defs/Json"}},
            {"type": "object", "additionalProperties": {"$ref": "#/$defs/Json"}},
        ]
    },
    "Colour": {"type": "string", "enum": ["red", "RED", "", "+1", "-1"]},
    "Level": {"type": "integer", "enum": [1, 2, -3]},
    "Mixed": {"enum": ["5", 5, True, None]},
    "Cat": {
        "type": "object",
        "properties": {"kind": {"const": "cat"}, "lives": {"type": "integer"}},
        "required": ["kind"],
    },
    "Dog": {
        "type": "object",
        "properties": {"kind": {"enum": ["dog", "wolf"]}, "owner": {"$ref": "#/$defs/Owner"}},
        "required": ["kind"],
        "additionalProperties": False,
    },
    "Owner": {
        "type": "object",
        "properties": {
            "fullName": {"type": "string"},
            "pets": {"type": "array", "items": {"$ref": "#/$defs/Pet"}},
            "born": {"type": "string", "format": "date"},
            "colour": {"$ref": "#/$defs/Colour"},
            "level": {"anyOf": [{"$ref": "#/$defs/Level"}, {"type": "null"}]},
            "code": {"type": ["string", "integer", "boolean"]},
            "mixed": {"$ref": "#/$defs/Mixed"},
            "more": {"$ref": "#/$defs/Json"},
        },
        "required": ["fullName", "code"],
        "additionalProperties": {"type": ["integer", "null"]},
    },
    "Pet": {"oneOf": [{"$ref": "#/$defs/Cat"}, {"$ref": "#/$defs/Dog"}]},
}

# A number that need be no integer is read as a double: beyond 2**53 integers are not interoperable (RFC 8259, 6).
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(-1e6, 1e6) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
_INTEGER: st.SearchStrategy[Any] = st.integers(-9, 9) | st.sampled_from([5.0, 1.0, 0.0])
_PET: st.SearchStrategy[Any] = st.deferred(
    lambda: (
        st.fixed_dictionaries({"kind": st.just("cat")}, optional={"lives": _INTEGER, "fur": _JSON})
        | st.fixed_dictionaries({"kind": st.sampled_from(["dog", "wolf"])}, optional={"owner": _OWNER})
    )
)
_OWNER: st.SearchStrategy[Any] = st.fixed_dictionaries(
    {"fullName": st.text(max_size=3), "code": st.sampled_from(["5", 5, True, False, "true", 0, 1, 1.0])},
    optional={
        "pets": st.lists(_PET, max_size=2),
        "born": st.dates().map(str),
        "colour": st.sampled_from(["red", "RED", "", "+1", "-1"]),
        "level": st.sampled_from([1, 2, -3, None, 1.0]),
        "mixed": st.sampled_from(["5", 5, True, None]),
        "more": _JSON,
        "undeclared": st.integers() | st.none(),
    },
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_OWNER)
def test_values_survive_reading_and_writing(value: Any) -> None:
    assert _JUDGE.is_valid(value)

    owner = _MODULE.Owner.model_validate_json(json.dumps(value), by_name=False)

    assert _same(json.loads(owner.model_dump_json(exclude_unset=True)), value)


def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _same(left: Any, right: Any) -> bool:
    """Whether two JSON values are equal; `true` is not 1, and 5 is 5.0 (JSON Schema 2020-12, 4.2.2)."""
    match left, right:
        case dict(), dict():
            return left.keys() == right.keys() and all(_same(left[key], right[key]) for key in left)
        case list(), list():
            return len(left) == len(right) and all(map(_same, left, right))
        case bool(), _:
            return left is right
        case _, bool():
            return False
        case _:
            return bool(left == right)


_MODULE = load(CONTRACT)
_JUDGE = jsonschema_rs.validator_for({"$ref": "#/$defs/Owner", "$defs": CONTRACT})


@pytest.mark.parametrize(
    "schema,text",
    [
        ({"type": ["string", "integer"]}, '"5"'),
        ({"type": ["string", "number", "boolean"]}, "true"),
        ({"type": ["integer", "boolean"]}, "1"),
        ({"enum": [1, True]}, "true"),
        ({"enum": [1, True, "1"]}, "1"),
        ({"anyOf": [{"const": True}, {"type": "number"}]}, "1"),
        ({"anyOf": [{"type": "string", "format": "date-time"}, {"type": "string"}]}, '"2020-01-01"'),
        ({"anyOf": [{"type": "string", "format": "decimal"}, {"type": "integer"}]}, "5"),
        ({"type": "string", "format": "decimal"}, '"1.50"'),
        ({"type": "string", "format": "date-time"}, '"2020-01-01T10:00:00+02:00"'),
        ({"type": "string", "format": "time"}, '"10:00:00Z"'),
        ({"type": "string", "format": "email"}, '"no mail"'),
        ({"type": "string", "format": "binary"}, '"caf\N{LATIN SMALL LETTER E WITH ACUTE}"'),
        ({"type": "integer", "format": "int32"}, "123456789012345678901234567890"),
        ({"type": "array", "prefixItems": [{"type": "string"}], "items": {"type": "integer"}}, '["5",5]'),
        ({"type": "object", "additionalProperties": {"type": "array", "items": {"type": "null"}}}, '{"a":[null]}'),
    ],
)
def test_value_is_written_as_it_was_read(schema: Schema, text: str) -> None:
    adapter = _adapter(load({"Value": schema}).Value)

    value = adapter.validate_json(text)

    assert _same(json.loads(adapter.dump_json(value)), json.loads(text))


def test_union_is_told_apart_by_literals() -> None:
    module = load(CONTRACT)

    owner = module.Owner.model_validate({"fullName": "x", "code": 1, "pets": [{"kind": "wolf"}, {"kind": "cat"}]})

    assert [type(pet) for pet in owner.pets] == [module.Dog, module.Cat]


def test_union_is_told_apart_by_values_beside_the_reference() -> None:
    animal: Schema = {"type": "object", "properties": {"petType": {"type": "string"}}}
    told: list[Any] = [
        {"$ref": f"#/$defs/{name}", "properties": {"petType": {"const": value}}, "required": ["petType"]}
        for name, value in {"Cat": "c", "Dog": "d"}.items()
    ]
    module = load({"Cat": animal, "Dog": animal, "Pet": {"oneOf": told}})
    adapter = TypeAdapter(module.Pet)

    dog = adapter.validate_python({"petType": "d", "more": 1})

    assert type(dog) is module.Dog
    assert adapter.dump_python(dog, exclude_unset=True) == {"petType": "d", "more": 1}
    assert type(adapter.validate_python(module.Dog(pet_type="anything"))) is module.Dog


def test_union_is_told_apart_by_named_enums() -> None:
    definitions: dict[str, Schema] = {
        "First": {"enum": ["a", "b"]},
        "Second": {"enum": ["c", "d"]},
        "One": {"type": "object", "properties": {"kind": {"$ref": "#/$defs/First"}}, "required": ["kind"]},
        "Two": {"type": "object", "properties": {"kind": {"$ref": "#/$defs/Second"}}, "required": ["kind"]},
        "Either": {"anyOf": [{"$ref": "#/$defs/One"}, {"$ref": "#/$defs/Two"}]},
    }
    module = load(definitions)

    found = TypeAdapter(module.Either).validate_json('{"kind": "c"}')

    assert type(found) is module.Two
