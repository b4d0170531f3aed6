"""Concrete ways through a value: names and indices for steps that have none, and schemas that force a way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Final, TypeAlias, assert_never

from apictl.contract.schema import JsonValue, Schema
from apictl.contract.values.conjunction import Conjunction
from apictl.contract.values.objects import extra_names
from apictl.contract.values.space import Space
from apictl.diff.schemas.difference import Step, ValuePath
from apictl.diff.witnesses.apart import Apart, SideName, root_value
from apictl.diff.witnesses.nodes import open_parts, schemas_at

Route: TypeAlias = tuple[str | int, ...]
"""Steps from the root of a value, all of them concrete."""

_ROUTE_LIMIT: Final = 4
_NAME_LIMIT: Final = 3
_CLOSERS: Final = ("additionalProperties", "unevaluatedProperties")


def routes(apart: Apart, path: ValuePath) -> tuple[Route, ...]:
    """Return concrete ways for *path*, the likeliest first; a step that means a key ends the way at its object."""
    found: list[Route] = [()]
    nodes: dict[SideName, tuple[Schema, ...]] = {side: (root,) for side, root in apart.roots.items()}
    for step in path:
        options = _options(apart.space, nodes, step)
        if options is None:
            break
        found = [(*route, option) for option in options for route in found][:_ROUTE_LIMIT]
        nodes = {side: schemas_at(apart.space, schemas, step) for side, schemas in nodes.items()}
    return tuple(found)


def wrapped(route: Route, constraint: Schema) -> Schema:
    """Return the schema of values that have a part at *route* which *constraint* allows."""
    schema = constraint
    for step in reversed(route):
        match step:
            case str():
                schema = {"type": "object", "required": [step], "properties": {step: root_value(schema)}}
            case int():
                free: list[JsonValue] = [True] * step
                schema = {"type": "array", "minItems": step + 1, "prefixItems": [*free, root_value(schema)]}
            case _:
                assert_never(step)
    return schema


def fresh_names(space: Space, schemas: Sequence[Schema]) -> tuple[str, ...]:
    """Return names of properties that *schemas* don't declare, first those that fit their patterns and key schemas.

    That they may be forbidden is no matter.
    """
    parts = tuple(_opened(part) for part in open_parts(space, schemas))
    node = Conjunction(parts, is_refused=False, types=("object",), enumerated=None)
    return tuple(islice(extra_names(node, space), _NAME_LIMIT))


def prefix_length(space: Space, schemas: Sequence[Schema]) -> int:
    """Return the index of the first item that no `prefixItems` of *schemas* speaks of."""
    lists = [part.get("prefixItems") for part in open_parts(space, schemas)]
    return max((len(prefix) for prefix in lists if isinstance(prefix, list)), default=0)


def _opened(part: Mapping[str, JsonValue]) -> Mapping[str, JsonValue]:
    closed = [keyword for keyword in _CLOSERS if part.get(keyword) is False]
    return {keyword: said for keyword, said in part.items() if keyword not in closed} if closed else part


def _options(
    space: Space,
    nodes: dict[SideName, tuple[Schema, ...]],
    step: str | int | Step,
) -> tuple[str | int, ...] | None:
    both = (*nodes["old"], *nodes["new"])
    match step:
        case str() | int():
            return (step,)
        case Step.ITEM:
            return (prefix_length(space, both),)
        case Step.OTHER:
            return fresh_names(space, both)
        case Step.KEY:
            return None
        case _:
            assert_never(step)
