"""How much work judging is: schemas that fan out at every level keep a validator busy for ever."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from apictl.contract.schema import JsonValue, Schema, as_schema, reachable_names
from apictl.contract.values.conjunction import referent

EFFORT_LIMIT: Final = 1 << 17
"""Most schemas applied to judge one value; a validator does about ten million a second."""
_KEPT_PLANS: Final = 50_000
_IN_PLACE_LISTS: Final = ("allOf", "anyOf", "oneOf")
_IN_PLACE: Final = ("not", "if", "then", "else")


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a schema applies, worked out once.

    Attributes:
        schema: kept, so that its identity is not used again.
        in_place: to the value itself.
        properties: to members, by name.
        rest: to other members.
        items: to items.
    """

    schema: Schema
    in_place: tuple[Schema, ...]
    properties: Mapping[str, JsonValue]
    rest: Schema
    items: Schema


class Effort:
    """Counts how many schemas a validator applies that remembers nothing."""

    def __init__(self, definitions: Mapping[str, Schema]) -> None:
        """Take the *definitions* that references mean."""
        self._definitions = definitions
        self._heavy: tuple[str, ...] | None = None
        self._plans: dict[int, _Plan] = {}

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
        plan = self._plan(schema)
        is_container = isinstance(value, dict | list)
        if not plan.in_place and not is_container:
            return 1
        key = (id(schema), id(value))
        known = counted.get(key)
        if known is not None:
            return known
        counted[key] = 0  # what recurses in place adds nothing
        total = 1
        for below in plan.in_place:
            total += self._count(below, value, counted)
        if isinstance(value, dict):
            for name, part in value.items():
                below = as_schema(plan.properties[name]) if name in plan.properties else plan.rest
                total += self._count(below, part, counted)
        elif isinstance(value, list):
            for part in value:
                total += self._count(plan.items, part, counted)
        counted[key] = total
        return total

    def _plan(self, schema: Mapping[str, JsonValue]) -> _Plan:
        known = self._plans.get(id(schema))
        if known is None:
            if len(self._plans) >= _KEPT_PLANS:
                self._plans.clear()
            properties = schema.get("properties")
            known = self._plans[id(schema)] = _Plan(
                schema,
                tuple(self._applied_in_place(schema)),
                properties if isinstance(properties, dict) else {},
                as_schema(schema.get("additionalProperties", True)),
                as_schema(schema.get("items", True)),
            )
        return known

    def _applied_in_place(self, schema: Mapping[str, JsonValue]) -> Iterator[Schema]:
        if "$ref" in schema:
            yield referent(schema["$ref"], self._definitions)
        for keyword in _IN_PLACE_LISTS:
            branches = schema.get(keyword)
            yield from (as_schema(branch) for branch in (branches if isinstance(branches, list) else ()))
        yield from (as_schema(schema[keyword]) for keyword in _IN_PLACE if keyword in schema)
