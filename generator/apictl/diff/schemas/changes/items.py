"""Items of arrays: by place, all the others, and those that must be contained."""

from __future__ import annotations

from typing import Final

from apictl.contract.schema import JsonValue, as_schema
from apictl.diff.law import Effect
from apictl.diff.schemas.aspects import Aspect, Root, Roots
from apictl.diff.schemas.changes.pair import Pair, Telling
from apictl.diff.schemas.difference import Step
from apictl.diff.schemas.node import Node
from apictl.findings import Place

_PLACES_LIMIT: Final = 100
_CONTAINS: Final = frozenset({"contains", "minContains", "maxContains"})
_COUNTS: Final = {"min-contains": "minContains", "max-contains": "maxContains"}


def tell_items(pair: Pair, telling: Telling) -> None:
    """Tell of items."""
    count = max(_prefix_length(pair.old), _prefix_length(pair.new))
    for index in range(min(count, _PLACES_LIMIT)):
        telling.follow((index,), _item(pair.old, index), _item(pair.new, index))
    old, new = _item(pair.old, count), _item(pair.new, count)
    if old or new:
        telling.follow((Step.ITEM,), old or _anything(pair.old), new or _anything(pair.new))
    _tell_contained(pair, telling)


def _prefix_length(aspect: Aspect) -> int:
    return max((len(part.items("prefixItems")) for part in aspect.parts), default=0)


def _item(aspect: Aspect, index: int) -> Roots:
    found: list[Root] = []
    for part in aspect.parts:
        if index < len(part.items("prefixItems")):
            found.append(part.root("prefixItems", index))
        elif "items" in part.schema:
            found.append(Root(as_schema(part.schema["items"]), part.place.child("items")))
    return tuple(found)


def _anything(aspect: Aspect) -> Roots:
    return (Root(schema=True, place=_items_place(aspect)),)


def _items_place(aspect: Aspect) -> Place:
    return aspect.spot("items")


def _tell_contained(pair: Pair, telling: Telling) -> None:
    old, new = _containing(pair, pair.old), _containing(pair, pair.new)
    if len(old) == len(new) == 1 and _seek_the_same(pair, old[0], new[0]):
        for name, keyword in _COUNTS.items():
            _tell_count(pair, telling, name, keyword)
        return
    told = pair.effect_of(old, new)
    if told is not Effect.NEUTRAL:
        action = "changed" if old and new else "added" if new else "removed"
        telling.tell(f"contains-{action}", told, (pair.old.spot("contains"), pair.new.spot("contains")))


def _seek_the_same(pair: Pair, old: Node, new: Node) -> bool:
    """Whether the same items are counted, so that only the counts may differ."""
    before, after = (old.single["contains"],), (new.single["contains"],)
    return pair.effect_within(before, after) is Effect.NEUTRAL


def _tell_count(pair: Pair, telling: Telling, name: str, keyword: str) -> None:
    """Tell of one limit of how many items match `contains`; unsaid, it is one at least and no limit above."""
    told = pair.effect_of(_counting(pair, pair.old, keyword), _counting(pair, pair.new, keyword))
    if told is Effect.NEUTRAL:
        return
    facts: dict[str, JsonValue] = {"old": _said(pair.old, keyword), "new": _said(pair.new, keyword)}
    places = (pair.old.spot(keyword), pair.new.spot(keyword))
    action = {Effect.NARROWS: "tightened", Effect.WIDENS: "loosened"}.get(told, "changed")
    telling.tell_below((), f"{name}-{action}", told, places=places, facts=facts)


def _counting(pair: Pair, aspect: Aspect, keyword: str) -> tuple[Node, ...]:
    """Return the node that says nothing but the limit *keyword*."""
    context = pair.opener.context
    node = context.universe.node(next(aspect.having("contains")).schema, aspect.age)
    if keyword == "minContains":
        return (context.interner.only(node, frozenset({"contains", keyword})),)
    return (context.interner.counting(node.single["contains"], node.plain.get(keyword)),)


def _said(aspect: Aspect, keyword: str) -> JsonValue:
    return next(aspect.having("contains")).schema.get(keyword)


def _containing(pair: Pair, aspect: Aspect) -> tuple[Node, ...]:
    context = pair.opener.context
    return tuple(
        context.interner.only(context.universe.node(part.schema, aspect.age), _CONTAINS)
        for part in aspect.having("contains")
    )
