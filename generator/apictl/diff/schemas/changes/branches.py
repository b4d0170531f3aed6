"""Alternatives: which branch of one side is which of the other, and which have none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from apictl.contract.schema import JsonValue, reference_name
from apictl.diff.schemas.aspects import Aspect, Root, Roots
from apictl.diff.schemas.changes.pair import Pair, Telling, effect
from apictl.diff.schemas.changes.sayings import alike, sayings
from apictl.diff.schemas.node import Node
from apictl.diff.schemas.universe import Age
from apictl.findings import Place

_SAME, _NAME, _VALUE, _TITLE, _PROVED, _SAID = 100.0, 4.0, 3.0, 2.0, 0.5, 0.1
_LIKE_AT_LEAST: Final = 0.5
_LIKE_ALONE: Final = 1.5
_Weighed: TypeAlias = tuple[float, int, int]
"""How alike two branches are, with the index of the old one and of the new one."""

_WEIGHED: Final = 3_000
"""Most pairs of branches whose likeness is weighed."""

_TIED: Final = 400
"""Most pairs of branches that are looked at more closely because others are as much alike."""


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
        # What of a branch another one of the other side allows, too, changes nothing.
        narrows, widens = _escapes(pair, old.roots[first], new.roots[second])
        if narrows or widens:
            telling.follow((), old.roots[first], new.roots[second], told=(narrows, widens))
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


def _escapes(pair: Pair, old: Roots, new: Roots) -> tuple[bool, bool]:
    """Return whether *old* may allow what is allowed no more, and whether *new* may allow what was not."""
    prover = pair.opener.prover
    before, after = pair.opener.nodes(old, Age.OLD), pair.opener.nodes(new, Age.NEW)
    return (
        not prover.is_within((*pair.old.nodes, *before), pair.new.nodes),
        not prover.is_within((*pair.new.nodes, *after), pair.old.nodes),
    )


@dataclass(frozen=True, slots=True)
class _Branch:
    """One branch.

    Attributes:
        root: where it stands.
        nodes: that say the same for proofs.
        atoms: the types that its values may have.
        values: of the members that every value has and that have few values, by name.
        names: of the members that it speaks of.
    """

    root: Root
    nodes: tuple[Node, ...]
    atoms: frozenset[str]
    values: Mapping[str, frozenset[str]]
    names: frozenset[str]


def _branch(pair: Pair, roots: Roots, age: Age) -> _Branch:
    context = pair.opener.context
    nodes = pair.opener.nodes(roots, age)
    premises = context.premises(nodes)
    listed = {name: context.premises(context.member(premises, name)).values for name in premises.required}
    return _Branch(
        root=roots[0],
        nodes=nodes,
        atoms=premises.atoms,
        values={name: frozenset(values) for name, values in listed.items() if values is not None},
        names=frozenset[str]().union(*(each.named for each in premises.members)),
    )


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
    if len(old.roots) * len(new.roots) > _WEIGHED:
        yield from _same_or_named(pair, old.roots, new.roots)
        return
    olds = [_branch(pair, roots, Age.OLD) for roots in old.roots]
    news = [_branch(pair, roots, Age.NEW) for roots in new.roots]
    least = max(old.least, new.least)
    likely = [
        (weight, i, j)
        for i in range(len(olds))
        for j in range(len(news))
        if (weight := _likeness(olds[i], news[j])) >= least
    ]
    weights = _told_apart(pair, likely, olds, news)
    weights.sort(key=lambda each: (-each[0], abs(each[1] - each[2]), each[1] + each[2]))
    taken: tuple[set[int], set[int]] = (set(), set())
    for _, i, j in weights:
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            yield i, j


def _told_apart(pair: Pair, weights: list[_Weighed], olds: list[_Branch], news: list[_Branch]) -> list[_Weighed]:
    """Return *weights*, where one is as much like another as like a third with what is proved, and what is said."""
    firsts, seconds = Counter((weight, i) for weight, i, _ in weights), Counter((weight, j) for weight, _, j in weights)
    tied = {(i, j) for weight, i, j in weights if firsts[weight, i] > 1 or seconds[weight, j] > 1}
    if not tied or len(tied) > _TIED:
        return weights
    universe, prover = pair.opener.context.universe, pair.opener.prover
    before = {i: sayings(olds[i].root.schema, Age.OLD, universe) for i in {i for i, _ in tied}}
    after = {j: sayings(news[j].root.schema, Age.NEW, universe) for j in {j for _, j in tied}}
    result: list[_Weighed] = []
    for known, i, j in weights:
        weight = known
        if (i, j) in tied:
            is_same = prover.is_within(olds[i].nodes, news[j].nodes) and prover.is_within(news[j].nodes, olds[i].nodes)
            weight += (_PROVED if is_same else 0.0) + _SAID * alike(before[i], after[j])
        result.append((weight, i, j))
    return result


def _same_or_named(pair: Pair, olds: list[Roots], news: list[Roots]) -> Iterator[tuple[int, int]]:
    left: dict[object, int] = {}
    for index, roots in enumerate(olds):
        nodes = pair.opener.nodes(roots, Age.OLD)
        left.setdefault(nodes, index)
        left.setdefault(reference_name(roots[0].schema) or nodes, index)
    taken: set[int] = set()
    for index, roots in enumerate(news):
        nodes = pair.opener.nodes(roots, Age.NEW)
        found = left.get(nodes, left.get(reference_name(roots[0].schema) or nodes))
        if found is not None and found not in taken:
            taken.add(found)
            yield found, index


def _likeness(old: _Branch, new: _Branch) -> float:
    first, second = reference_name(old.root.schema), reference_name(new.root.schema)
    weight = _title_weight(old.root, new.root) + (_NAME if first is not None and first == second else 0.0)
    if old.nodes == new.nodes:
        return _SAME + weight  # branches that judge the same may be told by what they are called
    if old.atoms.isdisjoint(new.atoms):
        return 0.0
    weight += _values_weight(old.values, new.values)
    if old.names or new.names:
        return weight + len(old.names & new.names) / len(old.names | new.names)
    return weight + (_LIKE_AT_LEAST if old.atoms == new.atoms else 0.25)


def _values_weight(old: Mapping[str, frozenset[str]], new: Mapping[str, frozenset[str]]) -> float:
    """Return what members with few values say: one value tells a branch from others, one of many less so."""
    shared = [(old[name], new[name]) for name in old.keys() & new.keys()]
    apart = sum(before.isdisjoint(after) for before, after in shared)
    same = sum(before == after and len(before) == 1 for before, after in shared)
    return _VALUE * (same - apart) + (1.0 if len(shared) > apart + same and not apart else 0.0)


def _title_weight(old: Root, new: Root) -> float:
    if isinstance(old.schema, bool) or isinstance(new.schema, bool):
        return 0.0
    title = old.schema.get("title")
    return _TITLE if title is not None and title == new.schema.get("title") else 0.0
