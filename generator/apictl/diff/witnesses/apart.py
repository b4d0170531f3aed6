"""The schemas of two contracts in one space: each definition is known by its name and its side."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Final, Literal, TypeAlias

from apictl.contract.schema import (
    DEFINITIONS,
    JsonValue,
    Schema,
    definition_reference,
    reachable_names,
    reference_name,
    walk_subschemas,
    with_subschemas,
)
from apictl.contract.values.space import Space

SideName: TypeAlias = Literal["old", "new"]
"""Which of the two contracts."""

_DEPTH_LIMIT: Final = 200
_COMPILED_SIZE: Final = 20
_NEVER: Final = "never"
"""The name of a definition that allows nothing; all others are a side, or begin with one and a slash."""
_SHOWN_KEYWORDS: Final = frozenset({"default", "example", "examples"})


class Apart:
    """Two schemas with all that they reach, renamed apart: `#/$defs/old~1Pet` and `#/$defs/new~1Pet`.

    Attributes:
        roots: references to the renamed schemas: what is compiled often had better be short.
        space: that their references lead to.
    """

    def __init__(self, roots: Mapping[SideName, Schema], definitions: Mapping[SideName, Mapping[str, Schema]]) -> None:
        """Rename *roots* and what they reach of the *definitions* of their side."""
        self.roots: dict[SideName, Schema] = {side: {"$ref": DEFINITIONS + side} for side in roots}
        renamed: dict[str, Schema] = {_NEVER: False}
        for side, root in roots.items():
            renamed[side] = _renamed(root, side, 0)
            names = reachable_names(root, definitions[side])
            renamed |= {f"{side}/{name}": _renamed(definitions[side][name], side, 0) for name in names}
        self.space = Space(renamed)

    def namesake(self, schema: Schema) -> Schema | None:
        """Return the reference to the definition of the other side that has the name which *schema* refers to."""
        side, _, name = (reference_name(schema) or "").partition("/")
        other = f"{'old' if side == 'new' else 'new'}/{name}"
        return definition_reference(other) if other in self.space.definitions else None


def negated(schema: Schema) -> Schema:
    """Return the schema of values that *schema* refuses.

    A large one gets a reference: those who grow values compile what refers to nothing for each place and branch.
    """
    size = sum(1 for _ in islice(walk_subschemas(schema), _COMPILED_SIZE + 1))
    never: dict[str, JsonValue] = {"$ref": DEFINITIONS + _NEVER}
    inner = root_value(schema)
    return {"not": inner if size <= _COMPILED_SIZE else {"anyOf": [inner, never]}}


def root_value(schema: Schema) -> JsonValue:
    """Return *schema* as plain JSON."""
    return schema if isinstance(schema, bool) else dict(schema)


def _renamed(schema: Schema, side: SideName, depth: int) -> Schema:
    """Return *schema* with its references on *side*, and without the examples that are whole objects and arrays.

    Examples of text and numbers make a witness readable; larger ones only hide what it is about.
    """
    if isinstance(schema, bool):
        return schema
    if depth > _DEPTH_LIMIT:
        return False
    renamed: dict[str, JsonValue] = {}
    for keyword, value in schema.items():
        if keyword == "$ref" and isinstance(value, str) and value.startswith(DEFINITIONS):
            renamed[keyword] = f"{DEFINITIONS}{side}~1{value.removeprefix(DEFINITIONS)}"
        elif keyword in _SHOWN_KEYWORDS:
            renamed |= _shown(keyword, value)
        else:
            renamed[keyword] = with_subschemas(keyword, value, lambda each: _renamed(each, side, depth + 1))
    return renamed


def _shown(keyword: str, value: JsonValue) -> dict[str, JsonValue]:
    if keyword == "examples" and isinstance(value, list):
        return {keyword: [each for each in value if not isinstance(each, dict | list)]}
    return {} if isinstance(value, dict | list) else {keyword: value}
