"""All that is told about one pair of schemas, without what is below it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from apictl.contract.schema import JsonValue
from apictl.diff.law import Effect
from apictl.diff.schemas.aspects import Opener, Roots
from apictl.diff.schemas.changes.annotations import tell_annotations
from apictl.diff.schemas.changes.branches import tell_branches
from apictl.diff.schemas.changes.items import tell_items
from apictl.diff.schemas.changes.members import tell_members, tell_others
from apictl.diff.schemas.changes.pair import Child, Pair, Telling, effect
from apictl.diff.schemas.changes.plain import tell_plain, tell_values
from apictl.diff.schemas.changes.types import tell_types, without_null
from apictl.diff.schemas.changes.wrapped import tell_wrapped
from apictl.diff.schemas.difference import SchemaDifference
from apictl.diff.schemas.universe import Age

_IN_PLACE: Final = {
    "not-changed": ("not",),
    "condition-changed": ("if", "then", "else"),
    "dependent-schemas-changed": ("dependentSchemas",),
}
"""What is told as a whole, because below it an effect may turn round."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is told about a pair.

    Attributes:
        differences: with paths from the part of the value that the pair is about.
        children: pairs below.
        narrows: it is not proved that the new schemas allow all that the old ones do.
        widens: it is not proved that the old schemas allow all that the new ones do.
    """

    differences: tuple[SchemaDifference, ...] = ()
    children: tuple[Child, ...] = ()
    narrows: bool = False
    widens: bool = False


def told_about(opener: Opener, old: Roots, new: Roots) -> Told:
    """Return what is told about *old* and *new*."""
    if _say_the_same(opener, old, new):
        return Told()
    pair = Pair(opener.open(old, Age.OLD), opener.open(new, Age.NEW), opener)
    telling = Telling()
    prover = opener.prover
    before, after = opener.nodes(old, Age.OLD), opener.nodes(new, Age.NEW)
    narrows, widens = not prover.is_within(before, after), not prover.is_within(after, before)
    if not (narrows or widens):
        unions = pair.old.unions + pair.new.unions
        spoken = pair.restricted(without_null(opener, pair.old)) if unions else pair
        tell_annotations(spoken, telling)
        _follow(spoken, telling)
        return Told((*telling.differences,), tuple(telling.children))
    common = tell_types(pair, telling)
    spoken = pair if common is None else pair.restricted(common)
    tell_annotations(spoken, telling)
    if common is not None:
        _tell_constraints(spoken, telling)
    told = Told(tuple(telling.differences), tuple(telling.children), narrows, widens)
    return _completed(opener, told, pair)


def _say_the_same(opener: Opener, old: Roots, new: Roots) -> bool:
    universe = opener.context.universe
    before = [universe.wording(root.schema, Age.OLD) for root in old]
    return before == [universe.wording(root.schema, Age.NEW) for root in new]


def _follow(pair: Pair, telling: Telling) -> None:
    """Go on to what is below a pair that allows the same."""
    below = Telling()
    if not tell_wrapped(pair, below):
        _tell_structure(pair, below)
    telling.children += below.children
    kept = ("property-added", "property-removed")
    telling.differences += [each for each in below.differences if each.kind in kept and each.effect is Effect.NEUTRAL]


def _tell_structure(pair: Pair, telling: Telling) -> None:
    tell_members(pair, telling)
    tell_others(pair, telling)
    tell_items(pair, telling)
    tell_branches(pair, telling)


def _tell_constraints(pair: Pair, telling: Telling) -> None:
    if tell_wrapped(pair, telling):
        return
    if not tell_values(pair, telling):
        tell_plain(pair, telling)
    _tell_structure(pair, telling)
    for kind, keywords in _IN_PLACE.items():
        told = pair.effect_of(pair.only(pair.old, keywords), pair.only(pair.new, keywords))
        if told is not Effect.NEUTRAL:
            telling.tell(kind, told, (pair.old.spot(keywords[0]), pair.new.spot(keywords[0])))


def _completed(opener: Opener, told: Told, pair: Pair) -> Told:
    """Return *told* with a last word where something narrows or widens and nothing told of does, here or below."""
    effects = {difference.effect for difference in told.differences}
    narrows = told.narrows and not effects & {Effect.NARROWS, Effect.INCOMPARABLE}
    widens = told.widens and not effects & {Effect.WIDENS, Effect.INCOMPARABLE}
    for child in told.children if narrows or widens else ():
        old, new = opener.nodes(child.old, Age.OLD), opener.nodes(child.new, Age.NEW)
        narrows = narrows and (not child.told[0] or opener.prover.is_within(old, new))
        widens = widens and (not child.told[1] or opener.prover.is_within(new, old))
    if not (narrows or widens):
        return told
    rest = effect(narrows=narrows, widens=widens)
    keywords = {union.keyword for union in (*pair.old.unions, *pair.new.unions)}
    facts: Mapping[str, JsonValue] = {"keyword": min(keywords) if keywords else None}
    last = SchemaDifference("schema-changed", rest, (), pair.old.place, pair.new.place, MappingProxyType(facts))
    return Told((*told.differences, last), told.children, told.narrows, told.widens)
