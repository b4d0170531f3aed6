"""The sampler and hostile schemas: refused in time, never a hang, a crash or a fetch."""

from __future__ import annotations

import time

import pytest

from apictl.contract.samples import Sampler, Unsatisfiable
from apictl.contract.schema import Schema, definition_reference


def _fan(keyword: str) -> dict[str, Schema]:
    twice = {f"D{level}": {keyword: [definition_reference(f"D{level + 1}")] * 2} for level in range(40)}
    return {**twice, "D40": {"type": "integer"}}  # type: ignore[dict-item]


@pytest.mark.parametrize(
    "schema, definitions",
    [
        (definition_reference("D0"), _fan("oneOf")),
        (definition_reference("D0"), _fan("allOf")),
        (
            definition_reference("A"),
            {"A": {"required": ["a"], "properties": {"a": definition_reference("A")}, "type": "object"}},
        ),
        ({"type": "array", "minItems": 10**9}, {}),
        ({"type": "string", "minLength": 10**9}, {}),
        ({"type": "object", "minProperties": 10**9}, {}),
        ({"type": "string", "pattern": "^((a{1000}){1000}){1000}$"}, {}),
        ({"type": "string", "pattern": "("}, {}),
        ({"type": "number", "minimum": float("inf")}, {}),
        ({"type": "integer", "minimum": 10**5000}, {}),
        ({"$ref": "http://localhost/x"}, {}),
        (definition_reference("A"), {"A": {"$ref": "file:///etc/passwd"}}),
        ({"type": "nothing"}, {}),
        ({"oneOf": [{"type": "object"}] * 300}, {}),
    ],
)
def test_a_hostile_schema_is_refused_in_time(schema: Schema, definitions: dict[str, Schema]) -> None:
    start = time.process_time()

    with pytest.raises(Unsatisfiable) as caught:
        Sampler(definitions).sample(schema)

    assert time.process_time() - start < 5
    assert len(str(caught.value)) < 400


def test_an_unreadable_definition_spoils_no_other() -> None:
    assert Sampler({"A": {"$ref": "#/%zz"}, "B": {"const": 1}}).sample(definition_reference("B")) == 1
    unwritable: dict[str, Schema] = {"\ud800": True, "B": {"const": 1}}
    assert Sampler(unwritable).sample(definition_reference("B")) == 1
