"""What one side writes with a keyword, and what only one side writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from apictl.contract.schema import JsonValue, Schema, reference_name
from apictl.diff.schemas.aspects import Root
from apictl.diff.schemas.node import Node
from apictl.diff.schemas.references import text_of
from apictl.findings import Place

_FACT_LENGTH: Final = 200
"""Longer values are not among the facts; in bytes of their text."""


@dataclass(frozen=True, slots=True)
class Written:
    """What one side writes with a keyword, once.

    Attributes:
        node: with the same meaning.
        value: as written; a schema where the keyword holds schemas.
        place: in its document.
        keyword: as written.
    """

    node: Node
    value: JsonValue | Schema
    place: Place
    keyword: str

    @property
    def root(self) -> Root:
        """The value as a schema."""
        return Root(self.value if isinstance(self.value, Mapping | bool) else True, self.place)


def besides(these: list[Written], those: list[Written]) -> list[Written]:
    """Return what only *these* write."""
    known = {each.node for each in those}
    return [each for each in these if each.node not in known]


def more_of(these: list[Written], those: list[Written]) -> list[Written]:
    """Return what *these* write more often than *those*."""
    left = Counter(each.node for each in those)
    found: list[Written] = []
    for each in these:
        if left[each.node]:
            left[each.node] -= 1
        else:
            found.append(each)
    return found


def aligned(old: list[Written], new: list[Written]) -> tuple[list[Written], list[Written]]:
    """Return both with those of the same name first, side by side; the others in their order."""
    names = {name: each for each in reversed(new) for name in [_name(each)] if name is not None}
    found: list[tuple[Written, Written]] = []
    rest: list[Written] = []
    for each in old:
        other = names.pop(_name(each) or "", None)
        if other is None:
            rest.append(each)
        else:
            found.append((each, other))
    taken = {id(other) for _, other in found}
    left = [each for each in new if id(each) not in taken]
    return [each for each, _ in found] + rest, [other for _, other in found] + left


def _name(said: Written) -> str | None:
    schema = said.root.schema
    title = None if isinstance(schema, bool) else schema.get("title")
    return reference_name(schema) or (title if isinstance(title, str) else None)


def place_of(said: list[Written]) -> Place | None:
    """Return where it is written; None when that is no place or several."""
    places = {each.place for each in said}
    return places.pop() if len(places) == 1 else None


def fact_of(said: list[Written]) -> JsonValue:
    """Return the value; None when there is none, when there are several, or when it is long."""
    if not said or any(each.value is not said[0].value for each in said):
        return None
    value = said[0].value
    known = dict(value) if isinstance(value, Mapping) else value
    text = text_of({"": known})
    return known if len(text) <= _FACT_LENGTH and not text.startswith(b"too deep") else None
