"""Random values of JSON Schemas: mostly valid, never without end."""

from __future__ import annotations

import json
from typing import Any

import jsonschema_rs
import pytest

from apictl.support.event_testing.event_values import Explorer
from apictl.support.events.trials.venue import Material
from apictl.support.judge import Judge


def drawn(schema: Any, *, seed: int = 1, examples: int = 30, **definitions: Any) -> list[Any]:
    """Return random payloads of *schema* that it accepts, as they are tried."""
    judge = Judge.of({"Payload": schema, **definitions})
    found: list[Any] = []

    def try_out(_: Any, payload: Any) -> None:
        found.append(payload)

    material = Material(schema, None, judge.resolve, known=(({}, None),))
    Explorer(seed=seed, examples=examples)(material, lambda _, payload: judge.fits(schema, payload), try_out)
    return found


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "integer", "minimum": 3, "maximum": 9, "multipleOf": 3},
        {"type": "number", "exclusiveMinimum": 0, "maximum": 1},
        {"type": "string", "minLength": 2, "maxLength": 3},
        {"type": "string", "pattern": "^[a-z][a-z0-9-]{1,30}$"},
        {"type": "string", "format": "date-time"},
        {"type": "string", "format": "uuid"},
        {"enum": [1, "two", None]},
        {"type": ["null", "boolean"]},
        {"type": "array", "items": {"type": "integer"}, "minItems": 1, "uniqueItems": True},
        {"oneOf": [{"const": "a"}, {"type": "object", "required": ["b"], "properties": {"b": {"type": "integer"}}}]},
        {"allOf": [{"type": "object", "required": ["a"]}, {"properties": {"a": {"type": "string"}}}]},
        {"type": "object", "additionalProperties": {"type": "integer"}, "properties": {"a": False}},
    ],
    ids=json.dumps,
)
def test_most_values_are_valid(schema: Any) -> None:
    found = drawn(schema)

    assert len({json.dumps(each) for each in found}) > 1
    assert all(jsonschema_rs.is_valid(schema, each) for each in found)


def test_a_schema_that_contains_itself_ends() -> None:
    tree = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}
    tree["properties"]["below"] = {"type": "array", "items": {"$ref": "#/$defs/Tree"}}  # type: ignore[index]

    assert drawn({"$ref": "#/$defs/Tree"}, Tree=tree)
    # Whatever is known is all that can be found.
    assert drawn({"$ref": "#/$defs/Endless"}, Endless={"allOf": [{"$ref": "#/$defs/Endless"}]}) == [None]


@pytest.mark.parametrize(
    "schema",
    [
        False,
        {"type": "integer", "minimum": 2, "maximum": 1},
        {"type": "object", "required": ["a"], "properties": {"a": {"$ref": "#/$defs/Payload"}}},
        {"not": {}},
    ],
    ids=json.dumps,
)
def test_a_schema_without_values_is_left_alone(schema: Any) -> None:
    assert not drawn(schema, examples=5)


def test_the_seed_decides() -> None:
    schema = {"type": "integer"}

    assert drawn(schema, seed=5) == drawn(schema, seed=5)
    assert drawn(schema, seed=5) != drawn(schema, seed=6)


def test_the_smallest_failure_is_the_one_that_is_told() -> None:
    schema = {"type": "integer"}

    def is_small(_: Any, payload: Any) -> None:
        assert payload < 1000, f"{payload} is too great"

    material = Material(schema, None, lambda _: True, known=(({}, 1),))
    with pytest.raises(AssertionError, match=r"^1000 is too great"):
        Explorer(seed=1, examples=100)(material, lambda *_: True, is_small)
