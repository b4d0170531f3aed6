"""What to do about a breaking difference between two schemas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from apictl.diff.law import Side

_ACCEPTS: Final[Mapping[str, str]] = {
    "additional-properties-forbidden": "let undeclared members pass, as before",
    "branch-removed": "keep accepting it until nobody sends it any more",
    "enum-added": "keep accepting any value",
    "enum-value-removed": "keep accepting it until nobody sends it any more",
    "null-removed": "keep accepting null as if the member were missing",
    "property-added": "make it optional, with a default that means what was done before",
    "property-forbidden": "let it pass, as before",
    "property-removed": "keep it, deprecated, until nobody sends it any more",
    "property-required": "keep it optional, with a default that means what was done before",
    "type-changed": "add a member of another name instead",
    "type-narrowed": "keep accepting the old type, too",
}
_PRODUCES: Final[Mapping[str, str]] = {
    "branch-added": "send it only to who asks for it",
    "enum-removed": "keep to the listed values",
    "enum-value-added": "send it only to who asks for it, or tell readers to expect unknown values",
    "null-added": "leave the member out instead, if it is optional",
    "property-optional": "keep sending it always",
    "property-removed": "keep sending it, deprecated, until nobody reads it any more",
    "type-changed": "add a member of another name instead",
    "type-widened": "keep to the old type; add a member of another name for the new one",
}


_LIMIT: Final = {
    Side.ACCEPTS: "keep the old limit until nobody goes beyond the new one",
    Side.PRODUCES: "keep to the old limit until every reader knows the new one",
}
_ANY: Final = {
    Side.ACCEPTS: "keep accepting what was accepted until nobody sends it any more",
    Side.PRODUCES: "keep to what was promised until every reader can take more",
}


def hint(kind: str, side: Side) -> str:
    """Return what to do about a breaking difference of *kind*."""
    known = _ACCEPTS if side is Side.ACCEPTS else _PRODUCES
    is_limit = kind.endswith(("-tightened", "-loosened"))
    return known.get(kind) or (_LIMIT if is_limit else _ANY)[side]
