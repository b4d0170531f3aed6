"""Schemas that nobody should write: no witness is better than a crash, and better than no end."""

from __future__ import annotations

import time

import pytest

from apictl.contract.definition import Definition
from apictl.contract.schema import JsonValue, Schema
from apictl.diff.law import Effect
from apictl.diff.schemas.difference import SchemaAt, SchemaDifference, Step, ValuePath
from apictl.diff.witnesses.search import Witness, Witnesses
from apictl.findings import Place

PLACE = Place("openapi.yaml")
TEXT: dict[str, JsonValue] = {"type": "string"}
PATIENCE_SECONDS = 20
"""Far above what a search takes; what has no end takes longer."""


def _nested(depth: int) -> JsonValue:
    schema: JsonValue = {}
    for _ in range(depth):
        schema = {"properties": {"a": schema}}
    return schema


def _listed(depth: int) -> JsonValue:
    value: JsonValue = []
    for _ in range(depth):
        value = [value]
    return value


def _fan(keyword: str, width: int, depth: int) -> JsonValue:
    schema: JsonValue = TEXT
    for _ in range(depth):
        schema = {keyword: [schema] * width}
    return schema


HOSTILE: dict[str, JsonValue] = {
    "nested deeper than a stack": _nested(3000),
    "constant nested deeper than a stack": {"enum": [_listed(900), 1]},
    "reference to nowhere": {"properties": {"a": {"$ref": "#/$defs/Nowhere"}}},
    "reference to another host": {"$ref": "http://127.0.0.1:9/schema.json"},
    "identifier": {"$id": "http://example.com/x", "properties": {"a": {"$ref": "#/$defs/Loop"}}},
    "dynamic reference": {"$dynamicRef": "#x", "type": ["string", "integer"]},
    "reference to itself": {"$ref": "#/$defs/Self"},
    "recursion in place": {"$ref": "#/$defs/Loop"},
    "exponential reference": {"$ref": "#/$defs/F0"},
    "empty enumeration": {"enum": []},
    "type that is none": {"type": ["string", 3]},
    "keywords of wrong types": {"properties": [1], "required": "x", "allOf": {}, "items": [TEXT]},
    "backtracking for ever": {"properties": {"a": {"type": "string", "pattern": "^(a+)+$", "minLength": 60}}},
    "pattern that is none": {"properties": {"a": {"type": "string", "pattern": "(["}}},
    "endless text": {"type": ["string", "integer"], "minLength": 10**400},
    "endless array": {"type": "array", "minItems": 10**9},
    "number of 5,000 digits": {"enum": [10**5000, "a"]},
    "lone surrogate": {"properties": {"\ud800": TEXT, "a": {"enum": ["\ud800"]}}},
    "500 branches": {"oneOf": [{"const": number} for number in range(500)]},
    "20,000 values": {"enum": [*range(20_000)]},
    "1,000 schemas at one place": _fan("allOf", 10, 3),
    "500 branches of branches": _fan("anyOf", 8, 3),
}
NAMED: dict[str, Schema] = {
    "Self": {"$ref": "#/$defs/Self"},
    "Loop": {"anyOf": [TEXT, {"$ref": "#/$defs/Loop"}]},
    "F29": TEXT,
    **{f"F{number}": {"allOf": [{"$ref": f"#/$defs/F{number + 1}"}] * 2} for number in range(29)},
}


def _find(old: JsonValue, new: JsonValue, path: ValuePath, effect: Effect = Effect.INCOMPARABLE) -> Witness | None:
    definitions = {name: Definition(name, schema, PLACE) for name, schema in NAMED.items()}
    difference = SchemaDifference("schema-changed", effect, path, PLACE, PLACE, {"value": [1], "name": "a"})
    old_at, new_at = (SchemaAt(schema, PLACE) for schema in (old, new))  # type: ignore[arg-type]
    return Witnesses(definitions, definitions).find(difference, old_at, new_at)


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("path", [(), ("a", Step.ITEM, Step.OTHER, Step.KEY, 0)], ids=["root", "path to nowhere"])
def test_a_hostile_schema_neither_raises_nor_hangs(hostile: JsonValue, path: ValuePath) -> None:
    begun = time.process_time()

    _find(hostile, {"type": "integer"}, path)
    _find(hostile, {"properties": {"a": TEXT}}, path)

    assert time.process_time() - begun < PATIENCE_SECONDS


def test_a_pattern_that_may_backtrack_for_ever_is_not_given_to_the_second_validator() -> None:
    hostile: JsonValue = {"type": "string", "pattern": "^(a+)+$"}

    assert _find({"const": "a" * 60 + "!"}, hostile, (), Effect.NARROWS) is None
    assert _find({"const": "a!"}, hostile, (), Effect.NARROWS) == Witness("a!", "old", ())


def test_terminal_control_characters_are_values_like_others() -> None:
    assert _find({"enum": ["\x1b[31m", "a"]}, {"enum": ["a"]}, ()) == Witness("\x1b[31m", "old", ())
