"""What a conjunction says of the items of an array."""

from __future__ import annotations

from typing import Final

from apictl.contract.schema import Schema, as_schema
from apictl.contract.values.conjunction import Conjunction

_LENGTH_LIMIT: Final = 64
"""Longest array made for an upper limit alone."""


def item_schemas(node: Conjunction, index: int) -> tuple[Schema, ...]:
    """Return the schemas that the item at *index* must all satisfy (JSON Schema 2020-12 core, 10.3.1)."""
    found: list[Schema] = []
    for part in node.parts:
        prefix = part.get("prefixItems")
        if isinstance(prefix, list) and index < len(prefix):
            found.append(as_schema(prefix[index]))
        elif "items" in part:
            found.append(as_schema(part["items"]))
    return tuple(found) if found else tuple(node.schemas("unevaluatedItems"))


def contained(node: Conjunction) -> tuple[Schema, ...]:
    """Return the `contains` schemas of *node*, each as often as an item must satisfy it."""
    wanted: list[Schema] = []
    for part in node.parts:
        if "contains" in part:
            least = part.get("minContains", 1)
            wanted += [as_schema(part["contains"])] * (min(int(least), 1000) if isinstance(least, int | float) else 1)
    return tuple(wanted)


def lengths(node: Conjunction, *, is_minimal: bool) -> tuple[int, ...]:
    """Return numbers of items that *node* allows, the plainest first; empty when there is none."""
    most = node.at_most("maxItems")
    fixed = [len(prefix) for prefix in node.every("prefixItems") if isinstance(prefix, list)]
    if any(value is False for keyword in ("items", "unevaluatedItems") for value in node.every(keyword)):
        longest = max(fixed, default=0)
        most = longest if most is None else min(most, longest)
    least = max(node.at_least("minItems"), len(contained(node)))
    natural = least if is_minimal else max(least, 1, *fixed, 0)
    wanted = [natural, least, 2, least + 1]
    if most is not None:
        wanted += [length for length in (most, most - 1) if length <= max(_LENGTH_LIMIT, least)]
        wanted.append(min(natural, most))
    fitting = [length for length in wanted if length >= least and (most is None or length <= most)]
    return tuple(dict.fromkeys(fitting))


def has_unique_items(node: Conjunction) -> bool:
    """Whether *node* wants every item to differ."""
    return any(value is True for value in node.every("uniqueItems"))
