"""Schemas that describe objects and don't name the type.

By the letter of JSON Schema such a schema allows every value that is no object: null, a number, a text. Nobody who
lists properties means that, so it is read as the type `object`. Below `not`, `if` and their like the letter counts:
there a schema tells values apart, and a type that was added would change which.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from apictl.contract.schema import JsonValue
from apictl.readers.access import Tree, items, mapping
from apictl.readers.schemas.dialect import Dialect, is_nullable_composition

CONDITIONS: Final = frozenset({
    "contains", "dependencies", "dependentSchemas", "else", "if", "not", "propertyNames", "then",
})  # fmt: skip
"""Keywords whose schemas tell values apart."""
_SAYS_MORE: Final = frozenset({"$ref", "const", "enum", "type"})


def is_object_meant(schema: Tree) -> bool:
    """Whether *schema* lists properties, and nothing in it speaks of another type."""
    if not mapping(schema.get("properties")) or not _SAYS_MORE.isdisjoint(schema):
        return False
    return all(kind in {"object", "null"} for kind in _types_of_branches(schema))


def is_null_meant(schema: Tree, dialect: Dialect) -> bool:
    """Whether *schema*, which lists properties and names no type, allows null beside objects."""
    is_nullable = dialect is Dialect.OPENAPI_30 and schema.get("nullable") is True
    return is_nullable and not is_nullable_composition(schema, dialect)


def _types_of_branches(schema: Tree) -> Iterator[JsonValue]:
    for keyword in ("allOf", "anyOf", "oneOf"):
        for branch in items(schema.get(keyword)):
            written = mapping(branch).get("type", "object")
            yield from items(written) if isinstance(written, list) else [written]
