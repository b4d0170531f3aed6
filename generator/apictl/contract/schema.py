"""JSON Schema 2020-12 as plain data: its types, its references to definitions, its subschemas."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeAlias
from urllib.parse import quote, unquote

from apictl.support.pointers import escape_token, unescape_token

JsonValue: TypeAlias = bool | int | float | str | list["JsonValue"] | dict[str, "JsonValue"] | None
"""Any value of JSON."""

Schema: TypeAlias = Mapping[str, JsonValue] | bool
"""A schema object or a boolean schema (JSON Schema 2020-12, 4.3)."""

DEFINITIONS: Final = "#/$defs/"
"""What the reference of a definition begins with."""

SCHEMA_KEYWORDS: Final = frozenset(
    {
        "additionalProperties",
        "contains",
        "contentSchema",
        "else",
        "if",
        "items",
        "not",
        "propertyNames",
        "then",
        "unevaluatedItems",
        "unevaluatedProperties",
    },
)
"""Keywords whose value is a schema."""

SCHEMA_LIST_KEYWORDS: Final = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
"""Keywords whose value is an array of schemas."""

SCHEMA_MAP_KEYWORDS: Final = frozenset(
    {"$defs", "definitions", "dependentSchemas", "patternProperties", "properties"},
)
"""Keywords whose value is an object of schemas."""

SCHEMA_HOLDERS: Final = SCHEMA_KEYWORDS | SCHEMA_LIST_KEYWORDS | SCHEMA_MAP_KEYWORDS
"""Keywords without which a schema has no other in it."""


def definition_reference(name: str) -> dict[str, JsonValue]:
    """Return the schema that refers to the definition *name*.

    The name is escaped as a token of a JSON Pointer, and as a URI fragment, which a `$ref` is
    (RFC 6901, 6): `List[Pet]` becomes `#/$defs/List%5BPet%5D`.
    """
    return {"$ref": _reference(name)}


@functools.lru_cache(maxsize=10_000)
def _reference(name: str) -> str:
    return DEFINITIONS + quote(escape_token(name), safe="~!$&'()*+,;=:@?", errors="surrogatepass")


def reference_name(schema: Schema) -> str | None:
    """Return the name of the definition that `$ref` of *schema* leads to.

    None when there is no `$ref`, or when it leads elsewhere, be it only into the inside of a definition.
    """
    if isinstance(schema, bool):
        return None
    reference = schema.get("$ref")
    if not isinstance(reference, str) or not reference.startswith(DEFINITIONS):
        return None
    token = reference.removeprefix(DEFINITIONS)
    return None if "/" in token else decode_token(token)


def decode_token(token: str) -> str:
    """Return the key that a token of a JSON Pointer in a URI fragment means."""
    return unescape_token(unquote(token))


def as_schema(value: JsonValue) -> Schema:
    """Return *value* as a schema; what can't be one refuses nothing, as an unknown keyword does."""
    return value if isinstance(value, dict | bool) else True


def subschemas(schema: Schema) -> Iterator[tuple[tuple[str | int, ...], Schema]]:
    """Yield the direct subschemas of *schema* with their steps from it, in the order of the document."""
    if isinstance(schema, bool):
        return
    for keyword, value in schema.items():
        if keyword in SCHEMA_KEYWORDS and isinstance(value, dict | bool):
            yield (keyword,), value
        elif keyword in SCHEMA_LIST_KEYWORDS and isinstance(value, list):
            for index, item in enumerate(value):
                yield (keyword, index), as_schema(item)
        elif keyword in SCHEMA_MAP_KEYWORDS and isinstance(value, dict):
            for key, item in value.items():
                yield (keyword, key), as_schema(item)


def with_subschemas(keyword: str, value: JsonValue, change: Callable[[Schema], Schema]) -> JsonValue:
    """Return *value*, which a schema has for *keyword*, with *change* made to each schema right in it."""

    def changed(each: JsonValue) -> JsonValue:
        schema = change(as_schema(each))
        return schema if isinstance(schema, bool) else dict(schema)

    if keyword in SCHEMA_KEYWORDS and isinstance(value, dict):
        return changed(value)
    if keyword in SCHEMA_LIST_KEYWORDS and isinstance(value, list):
        return [changed(each) for each in value]
    if keyword in SCHEMA_MAP_KEYWORDS and isinstance(value, dict):
        return {name: changed(each) for name, each in value.items()}
    return value


def walk_subschemas(schema: Schema) -> Iterator[tuple[tuple[str | int, ...], Schema]]:
    """Yield *schema* and all subschemas below it with their steps, parents first; references are not followed."""
    waiting: list[tuple[tuple[str | int, ...], Schema]] = [((), schema)]
    while waiting:
        steps, current = waiting.pop()
        yield steps, current
        waiting.extend(reversed([(steps + below, child) for below, child in subschemas(current)]))


def referenced_names(schema: Schema) -> tuple[str, ...]:
    """Return the names of the definitions that *schema* refers to itself, sorted."""
    names = {reference_name(child) for _, child in walk_subschemas(schema)}
    return tuple(sorted(name for name in names if name is not None))


def reachable_names(schema: Schema, definitions: Mapping[str, Schema]) -> tuple[str, ...]:
    """Return the names of the *definitions* that *schema* needs, through any number of references, sorted."""
    reached: set[str] = set()
    waiting = [schema]
    while waiting:
        for name in referenced_names(waiting.pop()):
            if name in definitions and name not in reached:
                reached.add(name)
                waiting.append(definitions[name])
    return tuple(sorted(reached))
