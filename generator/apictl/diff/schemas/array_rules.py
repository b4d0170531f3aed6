"""Which constraints on the items of arrays follow from premises."""

from __future__ import annotations

from apictl.contract.values.conjunction import is_number
from apictl.diff.schemas.engine import Goal, Proof
from apictl.diff.schemas.node import TRUE, Node
from apictl.diff.schemas.plain_rules import most_items
from apictl.diff.schemas.premises import Premises


def item_at(premises: Premises, index: int) -> tuple[Node, ...]:
    """Return what holds for the item at *index*."""
    return tuple(node for part in premises.parts for node in [_item(part, index)] if not node.is_true)


def _item(part: Node, index: int) -> Node:
    first = part.listed.get("prefixItems", ())
    return first[index] if index < len(first) else part.single.get("items", TRUE)


def prefix_length(premises: Premises) -> int:
    """Return how many items have a place of their own in a part."""
    return max((len(part.listed.get("prefixItems", ())) for part in premises.parts), default=0)


def items_follow(premises: Premises, wanted: Node) -> Proof:
    """Prove that every item is as `prefixItems` and `items` of *wanted* say."""
    places = max(len(wanted.listed.get("prefixItems", ())), prefix_length(premises))
    for index in range(places + 1):  # the last one stands for all that follow
        node = _item(wanted, index)
        if index >= most_items(premises):
            break
        if not node.is_true and not (yield Goal(item_at(premises, index), node, is_below=True)):
            return False
    return True


def contains_follows(premises: Premises, wanted: Node) -> Proof:
    """Prove that as many items are as `contains` of *wanted* says."""
    sought = wanted.single["contains"]
    least, most = _limit(wanted, "minContains", 1), _limit(wanted, "maxContains", None)
    has_enough = least == 0
    is_few = most is None or most_items(premises) <= most
    for part in premises.parts:
        known = part.single.get("contains")
        if known is None:
            continue
        if not has_enough and (_limit(part, "minContains", 1) or 0) >= (least or 0):
            has_enough = known is sought or (yield Goal((known,), sought, is_below=True))
        known_most = _limit(part, "maxContains", None)
        if not is_few and most is not None and known_most is not None and known_most <= most:
            is_few = known is sought or (yield Goal((sought,), known, is_below=True))
    if not has_enough and premises.least("minItems") >= (least or 0):
        has_enough = yield from _all_items(premises, sought)
    return has_enough and is_few


def _all_items(premises: Premises, sought: Node) -> Proof:
    for index in range(prefix_length(premises) + 1):
        if index < most_items(premises) and not (yield Goal(item_at(premises, index), sought, is_below=True)):
            return False
    return True


def _limit(node: Node, keyword: str, default: int | None) -> int | None:
    value = node.plain.get(keyword, default)
    return int(value) if is_number(value) else None
