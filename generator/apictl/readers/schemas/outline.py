"""What a schema as a whole refers to and is marked as: most need no closer look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from apictl.contract.schema import JsonValue, Schema, reference_name
from apictl.readers.schemas.keywords import LISTED, NAMED, SINGLE

MARKS: Final = frozenset({"readOnly", "writeOnly"})
"""Annotations that keep a property out of one direction (OpenAPI 3.1, Schema Object)."""


@dataclass(frozen=True, slots=True)
class Outline:
    """What stands somewhere in a schema, be it deep in its properties.

    Attributes:
        names: of the definitions that it refers to.
        marks: annotations that keep a property out of one direction.
    """

    names: frozenset[str]
    marks: frozenset[str]


def outline_of(schema: Schema | JsonValue) -> Outline:
    """Return the outline of *schema*; references are not followed."""
    names: set[str | None] = set()
    marks: set[str] = set()
    stack = [schema]
    while stack:
        node = stack.pop()
        if not isinstance(node, dict):
            continue
        for keyword, value in node.items():
            if keyword == "$ref":
                names.add(reference_name(node))
            elif keyword in NAMED and isinstance(value, dict):
                stack.extend(value.values())
            elif keyword in LISTED and isinstance(value, list):
                stack.extend(value)
            elif keyword in SINGLE:
                stack.append(value)
            elif value is True and keyword in MARKS:
                marks.add(keyword)
    return Outline(frozenset(name for name in names if name is not None), frozenset(marks))
