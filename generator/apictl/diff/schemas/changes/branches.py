"""Alternatives: which branch of one side is which of the other, and which have none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from apictl.contract.schema import JsonValue, reference_name
from apictl.diff.schemas.aspects import Aspect, Root, Union
from apictl.diff.schemas.changes.pair import Pair, Telling, effect
from apictl.diff.schemas.node import Node

_SAME, _NAME, _VALUE, _TITLE = 8.0, 4.0, 3.0, 2.0
_LIKE_AT_LEAST: Final = 0.5
_WEIGHED: Final = 3_000
"""Most pairs of branches whose likeness is weighed."""


def tell_branches(pair: Pair, telling: Telling) -> None:
    """Tell of the alternatives of both sides, the first with the first."""
    for place in range(max(len(pair.old.unions), len(pair.new.unions))):
        old = pair.old.unions[place] if place < len(pair.old.unions) else None
        new = pair.new.unions[place] if place < len(pair.new.unions) else None
        if old is not None and new is not None:
            _tell_union(pair, telling, old, new)


def _tell_union(pair: Pair, telling: Telling, old: Union, new: Union) -> None:
    before = [old.branch(index) for index in old.branches]
    after = [new.branch(index) for index in new.branches]
    left, right = set(range(len(before))), set(range(len(after)))
    for first, second in _matched(pair, before, after):
        left.discard(first)
        right.discard(second)
        telling.follow((), (before[first],), (after[second],))
    prover = pair.opener.prover
    new_place, old_place = new.part.place.child(new.keyword), old.part.place.child(old.keyword)
    for index in sorted(left):
        node = pair.opener.nodes((before[index],), pair.old.age)
        narrows = not prover.is_within((*pair.old.nodes, *node), pair.new.nodes)
        if narrows:
            told = effect(narrows=True, widens=False)
            telling.tell(
                "branch-removed", told, (before[index].place, new_place), **_named(pair, pair.old, before[index])
            )
    for index in sorted(right):
        node = pair.opener.nodes((after[index],), pair.new.age)
        if not prover.is_within((*pair.new.nodes, *node), pair.old.nodes):
            told = effect(narrows=False, widens=True)
            telling.tell("branch-added", told, (old_place, after[index].place), **_named(pair, pair.new, after[index]))


def _named(pair: Pair, aspect: Aspect, branch: Root) -> dict[str, JsonValue]:
    """Return what a branch is called: by its definition or title; by the value that tells it; by its type."""
    schema = {} if isinstance(branch.schema, bool) else branch.schema
    title = schema.get("title", schema.get("type"))
    facts: dict[str, JsonValue] = {"name": reference_name(schema) or (title if isinstance(title, str) else None)}
    context = pair.opener.context
    premises = context.premises(pair.opener.nodes((branch,), aspect.age))
    for name in sorted(premises.required):
        values = context.premises(context.member(premises, name)).values
        if values is not None and len(values) == 1:
            return facts | {"property": name, "value": next(iter(values.values()))}
    return facts


def _matched(pair: Pair, before: list[Root], after: list[Root]) -> Iterator[tuple[int, int]]:
    """Yield pairs of branches, the most alike first; each branch once."""
    olds = [pair.opener.nodes((root,), pair.old.age)[0] for root in before]
    news = [pair.opener.nodes((root,), pair.new.age)[0] for root in after]
    if len(olds) * len(news) > _WEIGHED:
        yield from _same_or_named(before, after, olds=olds, news=news)
        return
    weights = [
        (_likeness(pair, (olds[i], before[i]), (news[j], after[j])), i, j)
        for i in range(len(olds))
        for j in range(len(news))
    ]
    weights.sort(key=lambda each: (-each[0], abs(each[1] - each[2]), each[1] + each[2]))
    taken: tuple[set[int], set[int]] = (set(), set())
    for weight, i, j in weights:
        if weight >= _LIKE_AT_LEAST and i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            yield i, j


def _same_or_named(
    before: list[Root], after: list[Root], *, olds: list[Node], news: list[Node]
) -> Iterator[tuple[int, int]]:
    left: dict[object, int] = {}
    for index, node in enumerate(olds):
        left.setdefault(node, index)
        left.setdefault(reference_name(before[index].schema) or node, index)
    for index, node in enumerate(news):
        found = left.get(node, left.get(reference_name(after[index].schema) or node))
        if found is not None:
            left = {key: value for key, value in left.items() if value != found}
            yield found, index


def _likeness(pair: Pair, old: tuple[Node, Root], new: tuple[Node, Root]) -> float:
    if old[0] is new[0]:
        return _SAME
    weight = 0.0
    first, second = reference_name(old[1].schema), reference_name(new[1].schema)
    if first is not None and first == second:
        weight += _NAME
    context = pair.opener.context
    before, after = context.premises((old[0],)), context.premises((new[0],))
    if before.atoms.isdisjoint(after.atoms):
        return 0.0
    weight += _title_weight(old[1], new[1])
    for name in sorted(before.required & after.required):
        values = [context.premises(context.member(side, name)).values for side in (before, after)]
        if values[0] is None or values[1] is None:
            continue
        weight += _VALUE if values[0].keys() & values[1].keys() else -_VALUE
        break
    names = [set[str]().union(*(each.named for each in side.members)) for side in (before, after)]
    if names[0] or names[1]:
        return weight + len(names[0] & names[1]) / len(names[0] | names[1])
    return weight + (_LIKE_AT_LEAST if before.atoms == after.atoms else 0.25)


def _title_weight(old: Root, new: Root) -> float:
    if isinstance(old.schema, bool) or isinstance(new.schema, bool):
        return 0.0
    title = old.schema.get("title")
    return _TITLE if title is not None and title == new.schema.get("title") else 0.0
