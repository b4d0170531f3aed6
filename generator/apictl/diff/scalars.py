"""Schemas of values that are written as text in one piece: parameters and headers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from apictl.contract.definition import Definition
from apictl.contract.schema import JsonValue, Schema, as_schema, reference_name
from apictl.diff.schemas.difference import SchemaAt
from apictl.findings import Place

NOWHERE: Final = Place("")

SCALARS: Final = ("string", "number", "integer", "boolean")

_TEXT_ONLY: Final = frozenset({"type", "description", "title", "examples", "default", "deprecated", "$comment"})
"""Keywords that leave a string free to be any text."""

_BEYOND_ITEMS: Final = frozenset({"allOf", "anyOf", "const", "contains", "enum", "if", "not", "oneOf", "prefixItems"})
"""Keywords that may say more of an array than its items and their number."""


def followed(schema: Schema, definitions: Mapping[str, Definition]) -> Schema:
    """Return what *schema* refers to when it is nothing but a reference, else itself."""
    return _meant(SchemaAt(schema, NOWHERE), definitions).schema


def types_of(schema: Schema) -> frozenset[str]:
    """Return the types that `type` of *schema* names; none when it does not say."""
    if isinstance(schema, bool):
        return frozenset()
    named = schema.get("type")
    return frozenset([named] if isinstance(named, str) else [one for one in _list(named) if isinstance(one, str)])


def is_scalar(schema: Schema, definitions: Mapping[str, Definition]) -> bool:
    """Whether *schema*, or each of its alternatives, says that its values are neither arrays nor objects."""
    meant = followed(schema, definitions)
    if isinstance(meant, bool):
        return False
    types = types_of(meant)
    if types:
        return not types & {"array", "object"}
    branches = [types_of(followed(each, definitions)) for each in _alternatives(meant)]
    return bool(branches) and all(each and not each & {"array", "object"} for each in branches)


def _alternatives(schema: Mapping[str, JsonValue]) -> list[Schema]:
    return [as_schema(each) for keyword in ("anyOf", "oneOf") for each in _list(schema.get(keyword))]


def as_text(at: SchemaAt, definitions: Mapping[str, Definition]) -> SchemaAt:
    """Return the schema *at* a place as the wire sees its values.

    Text has no null, and a string that may be any text may be a number: `?limit=5` is what a caller writes for the
    integer 5 and for the string "5", so whoever takes any text takes both. The same holds for what stands in an array
    or object that is written as text, which is one level and no more (OpenAPI 3.1, Style Values).
    """
    written = _as_scalar(at, definitions)
    meant = _meant(written, definitions)
    if isinstance(meant.schema, bool):
        return written
    changed: dict[str, JsonValue] = {}
    if "items" in meant.schema:
        changed |= _below(meant, ("items",), definitions)
    properties = meant.schema.get("properties")
    if isinstance(properties, dict):
        below: dict[str, JsonValue] = {}
        for name in properties:
            below |= _below(meant, ("properties", name), definitions)
        changed |= {"properties": {**properties, **below}} if below else {}
    return SchemaAt({**meant.schema, **changed}, meant.place) if changed else written


def _as_scalar(at: SchemaAt, definitions: Mapping[str, Definition]) -> SchemaAt:
    """Return the schema *at* a place without null, and with all scalars where it takes any text."""
    meant = _meant(at, definitions)
    if isinstance(meant.schema, bool):
        return at
    types = types_of(meant.schema)
    if not types:
        return _united(meant, at)
    written = types - {"null"} or types
    if "string" in types and meant.schema.keys() <= _TEXT_ONLY:
        written |= set(SCALARS)
    return at if written == types else SchemaAt({**meant.schema, "type": list[JsonValue](sorted(written))}, meant.place)


def _united(meant: SchemaAt, at: SchemaAt) -> SchemaAt:
    """Return alternatives of bare types of which one is any text as what they all are together: any scalar."""
    if isinstance(meant.schema, bool):
        return at
    for keyword in ("anyOf", "oneOf"):
        branches = meant.schema.get(keyword)
        if not isinstance(branches, list) or not meant.schema.keys() <= {keyword} | _TEXT_ONLY:
            continue
        types = [types_of(as_schema(branch)) for branch in branches]
        is_bare = all(isinstance(branch, dict) and branch.keys() <= _TEXT_ONLY for branch in branches)
        if is_bare and all(types) and "string" in frozenset().union(*types) <= {*SCALARS, "null"}:
            rest = {key: value for key, value in meant.schema.items() if key != keyword}
            return SchemaAt({**rest, "type": list[JsonValue](sorted(SCALARS))}, meant.place)
    return at


def _below(at: SchemaAt, steps: tuple[str, ...], definitions: Mapping[str, Definition]) -> dict[str, JsonValue]:
    """Return the schema at *steps* as text by its last step; nothing when it is that already."""
    value: JsonValue = dict(at.schema) if isinstance(at.schema, Mapping) else at.schema
    for step in steps:
        value = value[step] if isinstance(value, dict) else True
    inner = SchemaAt(as_schema(value), at.place.child(*steps))
    written = _as_scalar(inner, definitions).schema
    return {} if written is inner.schema else {steps[-1]: written if isinstance(written, bool) else dict(written)}


def only_item(at: SchemaAt, definitions: Mapping[str, Definition]) -> SchemaAt | None:
    """Return what the schema *at* a place says about the item of an array of one; None when it refuses those.

    With style `form` and explode, `?tag=a` is the text "a" as well as the array of nothing but "a".
    """
    found = _meant(at, definitions)
    meant = found.schema
    if isinstance(meant, bool) or "array" not in types_of(meant) or not types_of(meant) <= {"array", "null"}:
        return None
    least, most = meant.get("minItems", 0), meant.get("maxItems", 1)
    allows_one = isinstance(least, int | float) and least <= 1 and isinstance(most, int | float) and most >= 1
    if not allows_one or meant.keys() & _BEYOND_ITEMS:
        return None
    return SchemaAt(as_schema(meant.get("items", True)), found.place.child("items"))


def _meant(at: SchemaAt, definitions: Mapping[str, Definition]) -> SchemaAt:
    """Return what *at* refers to when it is nothing but a reference, with its place."""
    schema, place = at.schema, at.place
    seen: set[str] = set()
    while (name := _lone_reference(schema)) is not None and name in definitions and name not in seen:
        seen.add(name)
        schema, place = definitions[name].schema, definitions[name].place
    return SchemaAt(schema, place)


def _lone_reference(schema: Schema) -> str | None:
    return None if isinstance(schema, bool) or len(schema) > 1 else reference_name(schema)


def _list(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else []
