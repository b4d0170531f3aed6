"""How high the lowest value of a schema is: the way out of recursion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from apictl.contract.schema import JsonValue, Schema, as_schema, reference_name

ENDLESS: Final = 1 << 20
"""The height of a schema that no finite value satisfies."""
_DEPTH_LIMIT: Final = 100


class Heights:
    """Heights of schemas over definitions that may recurse; found when first asked for."""

    def __init__(self, definitions: Mapping[str, Schema]) -> None:
        """Take the *definitions* that references mean."""
        self._definitions = definitions
        self._known: dict[str, int] = {}

    def height(self, schema: Schema) -> int:
        """Return the least nesting of a value of *schema*, as far as required parts tell; 0 for a scalar."""
        if len(self._known) != len(self._definitions):
            self._learn()
        return _height(schema, self._known, 0)

    def _learn(self) -> None:
        """Find the least fixed point: each round only lowers heights, so it ends."""
        self._known.update(dict.fromkeys(self._definitions, ENDLESS))
        is_changing = True
        while is_changing:
            is_changing = False
            for name, schema in self._definitions.items():
                height = _height(schema, self._known, 0)
                if height < self._known[name]:
                    self._known[name] = height
                    is_changing = True


def _height(schema: Schema, known: Mapping[str, int], depth: int) -> int:
    if isinstance(schema, bool):
        return 0 if schema else ENDLESS
    if depth > _DEPTH_LIMIT or "const" in schema or schema.get("enum"):
        return 0
    height = 0
    if "$ref" in schema:
        height = known.get(reference_name(schema) or "", 0)
    for item in _items(schema.get("allOf")):
        height = max(height, _height(item, known, depth + 1))
    for keyword in ("anyOf", "oneOf"):
        branches = _items(schema.get(keyword))
        if branches:
            height = max(height, min(_height(branch, known, depth + 1) for branch in branches))
    return max(height, _own_height(schema, known, depth))


def _own_height(schema: Mapping[str, JsonValue], known: Mapping[str, int], depth: int) -> int:
    """Return the height that the required properties and items of *schema* ask for."""
    declared = schema.get("type", "object" if "required" in schema else "array" if "minItems" in schema else "string")
    kinds = set(declared) if isinstance(declared, list) else {declared}
    if kinds - {"object", "array"}:
        return 0
    below: list[int] = []
    if "object" in kinds:
        properties, required = schema.get("properties"), schema.get("required")
        if isinstance(properties, dict) and isinstance(required, list):
            names = [name for name in required if isinstance(name, str) and name in properties]
            needed = [_height(as_schema(properties[name]), known, depth + 1) for name in names]
            below.append(1 + max(needed, default=0))
        else:
            below.append(1)
    if "array" in kinds:
        least = schema.get("minItems", 0)
        needs_items = isinstance(least, int) and least > 0
        below.append(1 + _height(as_schema(schema.get("items", True)), known, depth + 1) if needs_items else 1)
    return min(*below, ENDLESS)


def _items(value: JsonValue) -> list[Schema]:
    return [as_schema(item) for item in value] if isinstance(value, list) else []
