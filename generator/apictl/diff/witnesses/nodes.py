"""Which subschemas speak of a part of a value, through references and all branches of alternatives."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, assert_never

from apictl.contract.schema import JsonValue, Schema, as_schema
from apictl.contract.values.conjunction import referent
from apictl.contract.values.space import Space
from apictl.diff.schemas.difference import Step, ValuePath

_PART_LIMIT: Final = 300
_IN_PLACE_LISTS: Final = ("allOf", "anyOf", "oneOf")
_IN_PLACE: Final = ("if", "then", "else")


def open_parts(space: Space, schemas: Sequence[Schema]) -> tuple[Mapping[str, JsonValue], ...]:
    """Return the schema objects that may speak of the value itself, each once, those around before those inside.

    What `not` refuses is not among them; a branch that is `false` isn't, either.
    """
    waiting = list(schemas)
    seen: set[int] = set()
    parts: list[Mapping[str, JsonValue]] = []
    for schema in waiting:  # grows while it is walked
        if isinstance(schema, bool) or id(schema) in seen or len(parts) >= _PART_LIMIT:
            continue
        seen.add(id(schema))
        parts.append(schema)
        waiting.extend(_in_place(schema, space.definitions))
    return tuple(parts)


def schemas_at(space: Space, schemas: Sequence[Schema], step: str | int | Step) -> tuple[Schema, ...]:
    """Return the subschemas of *schemas* for the parts of a value that *step* leads to, each once."""
    found = [schema for part in open_parts(space, schemas) for schema in _below(space, part, step)]
    return tuple({id(schema): schema for schema in found}.values())


def chains(
    space: Space,
    root: Schema,
    path: ValuePath,
    *,
    rank: Callable[[tuple[Schema, ...]], int],
    limit: int,
) -> list[tuple[Schema, ...]]:
    """Return ways through branches of *root*: for each step of *path*, a schema or branch that speaks of it by name.

    At the end comes a schema or branch for the part itself. Of more than *limit*, those of the highest *rank* are kept.
    """
    found: list[tuple[tuple[Schema, ...], tuple[Schema, ...]]] = [((), (root,))]
    for step in path:
        longer = [
            ((*branches, branch), below)
            for branches, nodes in found
            for branch, parts in _branches(space, nodes)
            if (below := tuple(child for part in parts for child in _declared(space, part, step)))
        ]
        found = sorted(longer, key=lambda each: rank(each[0]), reverse=True)[:limit]
    ended = [(*branches, branch) for branches, nodes in found for branch, _ in _branches(space, nodes)]
    return sorted(ended, key=rank, reverse=True)[:limit]


def conjoined_parts(space: Space, schema: Schema) -> list[Mapping[str, JsonValue]]:
    """Return the schema objects that must all hold where *schema* does, through references and `allOf`."""
    waiting = [schema]
    seen: set[int] = set()
    parts: list[Mapping[str, JsonValue]] = []
    for each in waiting:  # grows while it is walked
        if isinstance(each, bool) or id(each) in seen or len(parts) >= _PART_LIMIT:
            continue
        seen.add(id(each))
        parts.append(each)
        nested = each.get("allOf")
        waiting.extend(map(as_schema, nested if isinstance(nested, list) else ()))
        if "$ref" in each:
            waiting.append(referent(each["$ref"], space.definitions))
    return parts


def _branches(space: Space, schemas: Sequence[Schema]) -> Iterator[tuple[Schema, list[Mapping[str, JsonValue]]]]:
    """Yield *schemas* and all branches of their alternatives, each with its parts that must hold together."""
    waiting = list(schemas)
    seen: set[int] = set()
    for schema in waiting:  # grows while it is walked
        if id(schema) in seen or len(seen) >= _PART_LIMIT:
            continue
        seen.add(id(schema))
        parts = conjoined_parts(space, schema)
        yield schema, parts
        for part, keyword in itertools.product(parts, ("anyOf", "oneOf")):
            branches = part.get(keyword)
            waiting.extend(map(as_schema, branches if isinstance(branches, list) else ()))


def _declared(space: Space, part: Mapping[str, JsonValue], step: str | int | Step) -> tuple[Schema, ...]:
    if isinstance(step, str):
        properties = part.get("properties")
        if isinstance(properties, dict) and step in properties:
            return (as_schema(properties[step]),)
        required = part.get("required")
        return ({},) if isinstance(required, list) and step in required else ()
    return tuple(_below(space, part, step))


def _in_place(schema: Mapping[str, JsonValue], definitions: Mapping[str, Schema]) -> Iterator[Schema]:
    if "$ref" in schema:
        yield referent(schema["$ref"], definitions)
    for keyword in _IN_PLACE_LISTS:
        branches = schema.get(keyword)
        yield from map(as_schema, branches if isinstance(branches, list) else ())
    yield from (as_schema(schema[keyword]) for keyword in _IN_PLACE if keyword in schema)
    dependent = schema.get("dependentSchemas")
    yield from map(as_schema, dependent.values() if isinstance(dependent, dict) else ())


def _below(space: Space, part: Mapping[str, JsonValue], step: str | int | Step) -> Iterator[Schema]:
    match step:
        case str():
            yield from _of_property(space, part, step)
        case int():
            prefix = part.get("prefixItems")
            if isinstance(prefix, list) and step < len(prefix):
                yield as_schema(prefix[step])
            else:
                yield from _of(part, "items", "contains", "unevaluatedItems")
        case Step.ITEM:
            yield from _of(part, "items", "contains", "unevaluatedItems")
        case Step.OTHER:
            yield from _of(part, "additionalProperties", "unevaluatedProperties")
            patterns = part.get("patternProperties")
            yield from map(as_schema, patterns.values() if isinstance(patterns, dict) else ())
        case Step.KEY:
            yield from _of(part, "propertyNames")
        case _:
            assert_never(step)


def _of_property(space: Space, part: Mapping[str, JsonValue], name: str) -> Iterator[Schema]:
    properties, patterns = part.get("properties"), part.get("patternProperties")
    is_declared = isinstance(properties, dict) and name in properties
    if isinstance(properties, dict) and name in properties:
        yield as_schema(properties[name])
    for pattern, schema in patterns.items() if isinstance(patterns, dict) else ():
        if space.judge.matches(pattern, name):
            is_declared = True
            yield as_schema(schema)
    if not is_declared:
        yield from _of(part, "additionalProperties", "unevaluatedProperties")


def _of(part: Mapping[str, JsonValue], *keywords: str) -> Iterator[Schema]:
    yield from (as_schema(part[keyword]) for keyword in keywords if keyword in part)
