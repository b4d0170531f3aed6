"""Alternatives: which branch of one side is which of the other, and which have none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from apictl.contract.schema import JsonValue, reference_name
from apictl.diff.schemas.aspects import Aspect, Root, Roots
from apictl.diff.schemas.changes.pair import Pair, Telling, effect
from apictl.diff.schemas.node import Node
from apictl.diff.schemas.universe import Age
from apictl.findings import Place

_SAME, _NAME, _VALUE, _TITLE = 8.0, 4.0, 3.0, 2.0
_LIKE_AT_LEAST: Final = 0.5
_LIKE_ALONE: Final = 1.5
_Branch: TypeAlias = tuple[tuple[Node, ...], Root]

_WEIGHED: Final = 3_000
"""Most pairs of branches whose likeness is weighed."""


def tell_branches(pair: Pair, telling: Telling) -> None:
    """Tell of the alternatives of both sides, the first with the first; a side without any is one branch itself."""
    if not pair.old.unions and not pair.new.unions:
        return
    for place in range(max(len(pair.old.unions), len(pair.new.unions))):
        old, new = _at(pair.old, place), _at(pair.new, place)
        if old is not None and new is not None:
            _tell_union(pair, telling, old, new)


@dataclass(frozen=True, slots=True)
class _Branches:
    """The branches of one side.

    Attributes:
        place: where they are, or would be.
        roots: the schemas of each.
        least: how alike a branch of the other side must be at least.
    """

    place: Place
    roots: list[Roots]
    least: float


def _at(aspect: Aspect, place: int) -> _Branches | None:
    if place < len(aspect.unions):
        union = aspect.unions[place]
        roots: list[Roots] = [(union.branch(index),) for index in union.branches]
        return _Branches(union.part.place.child(union.keyword), roots, _LIKE_AT_LEAST)
    return None if aspect.unions or not aspect.parts else _Branches(aspect.place, [aspect.roots], _LIKE_ALONE)


def _tell_union(pair: Pair, telling: Telling, old: _Branches, new: _Branches) -> None:
    left, right = set(range(len(old.roots))), set(range(len(new.roots)))
    for first, second in _matched(pair, old, new):
        left.discard(first)
        right.discard(second)
        telling.follow((), old.roots[first], new.roots[second])
    if len(left) == len(old.roots) and len(right) == len(new.roots) and _LIKE_ALONE in (old.least, new.least):
        return  # nothing of the one is in the other: they are told of as a whole
    prover = pair.opener.prover
    for index in sorted(left):
        branch = old.roots[index]
        if not prover.is_within((*pair.old.nodes, *pair.opener.nodes(branch, Age.OLD)), pair.new.nodes):
            facts = _named(pair, branch, Age.OLD)
            telling.tell("branch-removed", effect(narrows=True, widens=False), (branch[0].place, new.place), **facts)
    for index in sorted(right):
        branch = new.roots[index]
        if not prover.is_within((*pair.new.nodes, *pair.opener.nodes(branch, Age.NEW)), pair.old.nodes):
            facts = _named(pair, branch, Age.NEW)
            telling.tell("branch-added", effect(narrows=False, widens=True), (old.place, branch[0].place), **facts)


def _named(pair: Pair, branch: Roots, age: Age) -> dict[str, JsonValue]:
    """Return what a branch is called: by its definition or title; by the value that tells it; by its type."""
    schema = {} if isinstance(branch[0].schema, bool) else branch[0].schema
    title = schema.get("title", schema.get("type"))
    facts: dict[str, JsonValue] = {"name": reference_name(schema) or (title if isinstance(title, str) else None)}
    context = pair.opener.context
    premises = context.premises(pair.opener.nodes(branch, age))
    for name in sorted(premises.required):
        values = context.premises(context.member(premises, name)).values
        if values is not None and len(values) == 1:
            return facts | {"property": name, "value": next(iter(values.values()))}
    return facts


def _matched(pair: Pair, old: _Branches, new: _Branches) -> Iterator[tuple[int, int]]:
    """Yield pairs of branches, the most alike first; each branch once."""
    olds = [(pair.opener.nodes(roots, Age.OLD), roots[0]) for roots in old.roots]
    news = [(pair.opener.nodes(roots, Age.NEW), roots[0]) for roots in new.roots]
    if len(olds) * len(news) > _WEIGHED:
        yield from _same_or_named(olds, news)
        return
    weights = [(_likeness(pair, olds[i], news[j]), i, j) for i in range(len(olds)) for j in range(len(news))]
    weights.sort(key=lambda each: (-each[0], abs(each[1] - each[2]), each[1] + each[2]))
    taken: tuple[set[int], set[int]] = (set(), set())
    for weight, i, j in weights:
        if weight >= max(old.least, new.least) and i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            yield i, j


def _same_or_named(olds: list[_Branch], news: list[_Branch]) -> Iterator[tuple[int, int]]:
    left: dict[object, int] = {}
    for index, (nodes, root) in enumerate(olds):
        left.setdefault(nodes, index)
        left.setdefault(reference_name(root.schema) or nodes, index)
    taken: set[int] = set()
    for index, (nodes, root) in enumerate(news):
        found = left.get(nodes, left.get(reference_name(root.schema) or nodes))
        if found is not None and found not in taken:
            taken.add(found)
            yield found, index


def _likeness(pair: Pair, old: _Branch, new: _Branch) -> float:
    first, second = reference_name(old[1].schema), reference_name(new[1].schema)
    weight = _title_weight(old[1], new[1]) + (_NAME if first is not None and first == second else 0.0)
    if old[0] == new[0]:
        return _SAME + weight  # branches that judge the same may be told by what they are called
    context = pair.opener.context
    before, after = context.premises(old[0]), context.premises(new[0])
    if before.atoms.isdisjoint(after.atoms):
        return 0.0
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
