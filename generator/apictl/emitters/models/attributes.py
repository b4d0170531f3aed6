"""Names of attributes: one for each property, none that pydantic or Python needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from apictl.pages.python import names
from apictl.pages.python.keeping import NameKind, Names, Scope

_ANNOTATING = frozenset({"str", "int", "float", "bool", "list", "dict", "datetime", "self"})
"""Names that annotations of the same class may use: an attribute would hide them."""


def attribute_names(
    wire_names: Iterable[str], *, reserved: frozenset[str], kept: Names | None = None, owner: str = ""
) -> Mapping[str, str]:
    """Return an attribute name for each of *wire_names*, none in *reserved*; *kept* has those of *owner*."""
    taken = reserved | _inherited()

    def spell(wire_name: str) -> str:
        name = names.snake(wire_name, "field")
        return f"{name}_" if name in taken else name

    scope = Scope.within(NameKind.FIELD, owner, lambda wire_name, name: wire_name == name)
    return (kept or Names()).unique(scope, wire_names, spell, reserved=taken)


@cache
def _inherited() -> frozenset[str]:
    """Return what an attribute of a model may not replace."""
    from pydantic import BaseModel  # noqa: PLC0415  (slow import)

    return frozenset(dir(BaseModel)) | frozenset(dir(type(BaseModel))) | _ANNOTATING
