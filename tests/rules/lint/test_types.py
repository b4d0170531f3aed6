"""Schemas that are read as of a type which they don't name are told, and those that mean what they say are not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.rules.lint.documents import HEAD, found

ITEMS: dict[str, Any] = {"items": {"type": "string"}}
NAMED: dict[str, Any] = {"properties": {"a": {"type": "string"}}}
TEXT: dict[str, Any] = {"type": "string"}


@pytest.mark.parametrize(
    "schema, is_told",
    [
        (ITEMS, True),
        (NAMED, True),
        ({"oneOf": [TEXT, ITEMS]}, True),
        ({"type": "object", "properties": {"if": NAMED}}, True),
        ({"allOf": [ITEMS, {"minItems": 1}]}, True),
        (ITEMS | {"type": "array"}, False),
        ({"type": "object", "if": NAMED, "then": {"properties": {"a": NAMED}}}, False),
        ({"not": {"anyOf": [ITEMS]}}, False),
        ({"type": ["string", "array"], "anyOf": [{"oneOf": [ITEMS]}]}, False),
        (ITEMS | {"enum": [1]}, False),
        ({"items": 5, "properties": []}, False),
    ],
)
def test_type_that_is_meant_and_not_named(schema: dict[str, Any], *, is_told: bool) -> None:
    document = f"{HEAD}paths: {{}}\ncomponents:\n  schemas:\n    Thing: {json.dumps(schema)}\n"

    assert found(document, "type-unstated") == ([6] if is_told else [])
