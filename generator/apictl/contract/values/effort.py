"""How much work judging is: schemas that fan out at every level keep a validator busy for ever."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from apictl.contract.schema import JsonValue, Schema, as_schema, reachable_names
from apictl.contract.values.conjunction import referent

EFFORT_LIMIT: Final = 1 << 17
"""Most schemas applied to judge one value; a validator does about ten million a second."""
_IN_PLACE_LISTS: Final = ("allOf", "anyOf", "oneOf")
_IN_PLACE: Final = ("not", "if", "then", "else")


class Effort:
    """Counts how many schemas a validator applies that remembers nothing."""

    def __init__(self, definitions: Mapping[str, Schema]) -> None:
        """Take the *definitions* that references mean."""
        self._definitions = definitions
        self._heavy: tuple[str, ...] | None = None

    def of(self, schema: Schema, value: JsonValue) -> int:
        """Return how many schemas are applied to judge *value*, found without applying them all."""
        return self._of(schema, value, {})

    def _of(self, schema: Schema, value: JsonValue, counted: dict[tuple[int, int], int]) -> int:
        try:
            return self._count(schema, value, counted)
        except RecursionError:
            return EFFORT_LIMIT

    def heavy_names(self, schema: Schema) -> tuple[str, ...]:
        """Return the names that *schema* reaches of definitions which cost too much to judge any value."""
        if self._heavy is None:
            counted: dict[tuple[int, int], int] = {}
            heavy = (name for name, each in self._definitions.items() if self._of(each, None, counted) >= EFFORT_LIMIT)
            self._heavy = tuple(heavy)
        if not self._heavy:
            return ()
        reached = reachable_names(schema, self._definitions)
        return tuple(name for name in self._heavy if name in reached)

    def _count(self, schema: Schema, value: JsonValue, counted: dict[tuple[int, int], int]) -> int:
        if isinstance(schema, bool):
            return 1
        key = (id(schema), id(value))
        if key not in counted:
            counted[key] = 0  # what recurses in place adds nothing
            counted[key] = 1 + sum(self._count(below, part, counted) for below, part in self._applied(schema, value))
        return counted[key]

    def _applied(self, schema: Mapping[str, JsonValue], value: JsonValue) -> Iterator[tuple[Schema, JsonValue]]:
        if "$ref" in schema:
            yield referent(schema["$ref"], self._definitions), value
        for keyword in _IN_PLACE_LISTS:
            branches = schema.get(keyword)
            yield from ((as_schema(branch), value) for branch in (branches if isinstance(branches, list) else ()))
        yield from ((as_schema(schema[keyword]), value) for keyword in _IN_PLACE if keyword in schema)
        properties = schema.get("properties")
        if isinstance(value, dict):
            rest = as_schema(schema.get("additionalProperties", True))
            declared = properties if isinstance(properties, dict) else {}
            yield from ((as_schema(declared[name]) if name in declared else rest, part) for name, part in value.items())
        elif isinstance(value, list):
            yield from ((as_schema(schema.get("items", True)), part) for part in value)
