"""Schemas that describe items and don't name the type.

By the letter of JSON Schema such a schema allows every value that is no array: null, a number, a text. Who says what
the items are means an array, so it is read as the type `array`. The letter counts where a schema tells values apart
(`objects.py`), where what is around it says that the same value may be no array, and beside keywords of objects.
"""

from __future__ import annotations

from typing import Final

from apictl.contract.schema import JsonValue
from apictl.readers.access import Tree, items, mapping
from apictl.readers.schemas.keywords import IN_PLACE_LISTED

_SAYS_TYPE: Final = frozenset({"$ref", "const", "enum", "type"})
_SAYS_MORE: Final = _SAYS_TYPE | {"additionalProperties", "patternProperties", "properties", "required"}


def is_array_meant(schema: Tree) -> bool:
    """Whether *schema* says what all items are, and nothing in it speaks of another type."""
    if not isinstance(schema.get("items"), dict) or not _SAYS_MORE.isdisjoint(schema):
        return False
    return all(_may_be_of_arrays(branch) for keyword in IN_PLACE_LISTED for branch in items(schema.get(keyword)))


def is_typed_around(schema: Tree, keyword: str) -> bool:
    """Whether *schema* says beside the branches in its *keyword* that the value which they judge may be no array."""
    is_array = schema.get("type") in ("array", ["array"]) and schema.get("nullable") is not True
    if not _SAYS_MORE.isdisjoint(schema.keys() - {"type"} if is_array else schema):
        return True
    others = IN_PLACE_LISTED if keyword == "allOf" else ("allOf",)
    return not all(_may_be_of_arrays(branch) for each in others for branch in items(schema.get(each)))


def _may_be_of_arrays(branch: JsonValue) -> bool:
    fields = mapping(branch)
    if "type" in fields:
        named = fields["type"]
        return all(name in {"array", "null"} for name in (named if isinstance(named, list) else [named]))
    return _SAYS_MORE.isdisjoint(fields) and IN_PLACE_LISTED.isdisjoint(fields)
