"""What a schema says of values without judging them: what tells branches apart that allow the same."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

from apictl.contract.schema import JsonValue, Schema, as_schema
from apictl.contract.values.conjunction import identity
from apictl.diff.schemas.universe import Age, Universe

Saying: TypeAlias = tuple[tuple[str, ...], str, str]
"""A path into the value, the keyword, and what it says there."""

_KEYWORDS: Final = ("title", "description", "default", "examples")
_DEPTH: Final = 4
_MOST_SCHEMAS: Final = 200
_IN_PLACE: Final = ("allOf", "anyOf", "oneOf")
_BELOW: Final = ("items", "additionalProperties")


def sayings(schema: Schema, age: Age, universe: Universe) -> frozenset[Saying]:
    """Return what *schema* of the contract *age* says, whatever is behind a reference; of large ones the beginning."""
    found: set[Saying] = set()
    seen: set[tuple[tuple[str, ...], int]] = set()
    waiting: deque[tuple[tuple[str, ...], Schema]] = deque([((), schema)])
    while waiting and len(seen) < _MOST_SCHEMAS:
        path, current = waiting.popleft()
        if isinstance(current, bool) or len(path) > _DEPTH or (path, id(current)) in seen:
            continue
        seen.add((path, id(current)))
        found.update((path, keyword, identity(current[keyword])) for keyword in _KEYWORDS if keyword in current)
        if "$ref" in current:
            waiting.appendleft((path, universe.target(current["$ref"], age)[0]))
        waiting.extend((path + steps, each) for steps, each in _below(current))
    return frozenset(found)


def alike(first: frozenset[Saying], second: frozenset[Saying]) -> float:
    """Return which part of what both say they share, from 0 to 1."""
    return len(first & second) / len(first | second) if first or second else 1.0


def _below(schema: Mapping[str, JsonValue]) -> Iterator[tuple[tuple[str, ...], Schema]]:
    for keyword in _IN_PLACE:
        branches = schema.get(keyword)
        yield from (((), as_schema(each)) for each in (branches if isinstance(branches, list) else ()))
    properties = schema.get("properties")
    if isinstance(properties, dict):
        yield from (((name,), as_schema(properties[name])) for name in sorted(properties))
    yield from (((keyword,), as_schema(schema[keyword])) for keyword in _BELOW if keyword in schema)
