"""Schemas of values that are written as text in one piece: parameters and headers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from apictl.contract.definition import Definition
from apictl.contract.schema import JsonValue, Schema, as_schema, reference_name
from apictl.diff.schemas.difference import SchemaAt
from apictl.findings import Place

NOWHERE: Final = Place("")

SCALARS: Final = ("string", "number", "integer", "boolean")

_TEXT_ONLY: Final = frozenset({"type", "description", "title", "examples", "default", "deprecated", "$comment"})
"""Keywords that leave a string free to be any text."""

_COMPOSING: Final = frozenset({"$ref", "allOf", "anyOf", "oneOf"})
"""Keywords that say what the schemas in them say."""

_EVERY: Final = frozenset({*SCALARS, "array", "object", "null"})
_NO_NULL: Final[dict[str, JsonValue]] = {"not": {"type": "null"}}

_BEYOND_ITEMS: Final = frozenset({"allOf", "anyOf", "const", "contains", "enum", "if", "not", "oneOf", "prefixItems"})
"""Keywords that may say more of an array than its items and their number."""

_DEPTH_LIMIT: Final = 20


def followed(schema: Schema, definitions: Mapping[str, Definition]) -> Schema:
    """Return what *schema* refers to when it says nothing else, else itself."""
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
    allowed = _allowed(at.schema, definitions)
    meant = _meant(at, definitions)
    if isinstance(meant.schema, bool) or allowed.types == _EVERY:
        return at
    if allowed.is_free and "string" in allowed.types:
        rest = {key: value for key, value in meant.schema.items() if key not in _COMPOSING}
        return _typed(SchemaAt(rest, meant.place), allowed.types - {"null"} | set(SCALARS))
    if "null" not in allowed.types or allowed.types == {"null"}:
        return at
    if "null" not in _allowed(meant.schema, definitions).types:
        return meant
    declared = types_of(meant.schema)
    if declared:
        return _typed(meant, declared - {"null"})
    parts = [*_list(meant.schema.get("allOf")), _NO_NULL]
    return SchemaAt({**meant.schema, "allOf": parts}, meant.place)


def _typed(at: SchemaAt, types: frozenset[str]) -> SchemaAt:
    schema = {} if isinstance(at.schema, bool) else at.schema
    return SchemaAt({**schema, "type": list[JsonValue](sorted(types))}, at.place)


@dataclass(frozen=True, slots=True)
class _Allowed:
    """What a schema says of types.

    Attributes:
        types: no value is of another.
        is_free: nothing else is said.
    """

    types: frozenset[str]
    is_free: bool


def _allowed(schema: Schema, definitions: Mapping[str, Definition], depth: int = 0) -> _Allowed:
    """Return what *schema* says of types, with all that it is composed of."""
    if isinstance(schema, bool) or depth > _DEPTH_LIMIT:
        return _Allowed(_EVERY, is_free=False)
    if _is_null(schema):
        return _Allowed(frozenset({"null"}), is_free=True)
    types, is_free = _with_integers(types_of(schema)) or _EVERY, schema.keys() <= _TEXT_ONLY | _COMPOSING
    name = reference_name(schema)
    parts = [as_schema(each) for each in _list(schema.get("allOf"))]
    if name is not None and name in definitions:
        parts.append(definitions[name].schema)
    for part in parts:
        allowed = _allowed(part, definitions, depth + 1)
        types, is_free = types & allowed.types, is_free and allowed.is_free
    for keyword in ("anyOf", "oneOf"):
        branches = [_allowed(as_schema(each), definitions, depth + 1) for each in _list(schema.get(keyword))]
        if branches:
            types &= frozenset[str]().union(*(each.types for each in branches))
            is_free = is_free and all(each.is_free for each in branches)
    return _Allowed(types, is_free)


def _with_integers(types: frozenset[str]) -> frozenset[str]:
    return types | {"integer"} if "number" in types else types


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
    """Return what *at* means, with its place, when it only refers to it or says besides that it may be null."""
    schema, place = at.schema, at.place
    seen: set[int] = set()
    beside: dict[str, JsonValue] = {}
    while not isinstance(schema, bool) and id(schema) not in seen and (inner := _inner(schema, place, definitions)):
        seen.add(id(schema))
        beside = {key: value for key, value in schema.items() if key not in _COMPOSING} | beside
        schema, place = inner.schema, inner.place
    return SchemaAt(schema if isinstance(schema, bool) or not beside else {**schema, **beside}, place)


def _inner(schema: Mapping[str, JsonValue], place: Place, definitions: Mapping[str, Definition]) -> SchemaAt | None:
    """Return the only schema that *schema* is made of; None when it says more."""
    keywords = schema.keys() - (_TEXT_ONLY - {"type"})
    if len(keywords) != 1:
        return None
    keyword = next(iter(keywords))
    name = reference_name(schema)
    if keyword == "$ref" and name is not None and name in definitions:
        return SchemaAt(definitions[name].schema, definitions[name].place)
    branches = [as_schema(each) for each in _list(schema[keyword])] if keyword in _COMPOSING else []
    left = [index for index, branch in enumerate(branches) if keyword == "allOf" or not _is_null(branch)]
    return SchemaAt(branches[left[0]], place.child(keyword, left[0])) if len(left) == 1 else None


def _is_null(schema: Schema) -> bool:
    if isinstance(schema, bool):
        return False
    return types_of(schema) == {"null"} or schema.get("enum") == [None] or schema.get("const", ...) is None


def _list(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else []
