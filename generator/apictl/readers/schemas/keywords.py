"""Which keywords hold schemas, and how."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from apictl.contract.schema import JsonValue
from apictl.readers.access import Tree

SINGLE: Final = frozenset({
    "additionalItems", "additionalProperties", "contains", "contentSchema", "else", "if", "items", "not",
    "propertyNames", "then", "unevaluatedItems", "unevaluatedProperties",
})  # fmt: skip
LISTED: Final = frozenset({"allOf", "anyOf", "items", "oneOf", "prefixItems"})
NAMED: Final = frozenset({
    "$defs", "definitions", "dependencies", "dependentSchemas", "patternProperties", "properties",
})  # fmt: skip
HOLDERS: Final = SINGLE | LISTED | NAMED
"""Keywords without one of which a schema holds no other."""
IN_PLACE_SINGLE: Final = frozenset({"else", "if", "not", "then"})
"""Keywords whose schema judges the same value as the schema around it."""
IN_PLACE_LISTED: Final = frozenset({"allOf", "anyOf", "oneOf"})
"""Keywords whose schemas judge the same value as the schema around them."""

ANNOTATIONS: Final = frozenset({
    "$comment", "default", "deprecated", "description", "example", "examples", "externalDocs", "readOnly", "summary",
    "title", "writeOnly", "xml",
})  # fmt: skip
"""Keywords that judge nothing."""


def subschemas(node: Tree) -> Iterator[tuple[tuple[str | int, ...], JsonValue]]:
    """Yield each schema directly below *node* with the tokens that lead there, in the document's order."""
    for keyword, value in node.items():
        if keyword in NAMED and isinstance(value, dict):
            for name, child in value.items():
                yield (keyword, name), child
        elif keyword in LISTED and isinstance(value, list):
            for index, child in enumerate(value):
                yield (keyword, index), child
        elif keyword in SINGLE:
            yield (keyword,), value


def is_annotation(keyword: str) -> bool:
    """Whether *keyword* judges nothing."""
    return keyword in ANNOTATIONS or keyword.startswith("x-")
