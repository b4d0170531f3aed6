"""The comparison of all schemas of two contracts."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from apictl.contract.definition import Definition
from apictl.contract.schema import Schema
from apictl.contract.values.conjunction import identity
from apictl.diff.law import Effect
from apictl.diff.schemas.aspects import Opener, Root, Roots
from apictl.diff.schemas.changes.pair import effect as effect_of
from apictl.diff.schemas.changes.tell import Told, told_about
from apictl.diff.schemas.context import Context
from apictl.diff.schemas.difference import SchemaAt, SchemaDifference, ValuePath
from apictl.diff.schemas.prover import Prover
from apictl.diff.schemas.universe import Age, Universe
from apictl.findings import Place

_PAIR_LIMIT: Final = 50_000
"""Most pairs of schemas that are looked at below one pair of roots; past that, the rest is told of as a whole."""

_Directions: TypeAlias = tuple[bool, bool]
"""Whether narrowing, and whether widening, is of interest: it isn't where the whole doesn't narrow or widen."""


class SchemaComparison:
    """Compares schemas of two contracts; what is found out about a pair is kept."""

    def __init__(self, old: Mapping[str, Definition], new: Mapping[str, Definition]) -> None:
        """Take the definitions of both contracts, which references mean."""
        self._universe = Universe(old, new)
        context = Context(self._universe)
        self._opener = Opener(context, Prover(context))
        self._stations: dict[tuple[object, ...], _Station] = {}

    def is_equal(self, old: Schema, new: Schema) -> bool:
        """Whether *old* and *new* have the same content, whatever annotations say and definitions are called."""
        return self._universe.node(old, Age.OLD) is self._universe.node(new, Age.NEW)

    def differences(self, old: SchemaAt, new: SchemaAt) -> tuple[SchemaDifference, ...]:
        """Return what differs between *old* and *new*, the nearest to the root first.

        Nothing when they allow the same values and say the same. Each pair of schemas is told of once, at the
        shortest path; a difference whose effect is not proved is told with the effect that it has by its kind.
        """
        first = self._station((Root(old.schema, old.place),), (Root(new.schema, new.place),))
        found: dict[tuple[object, ...], SchemaDifference] = {}
        waiting: deque[tuple[ValuePath, _Station, _Directions]] = deque([((), first, (True, True))])
        seen: set[tuple[int, _Directions]] = set()
        while waiting and len(seen) < _PAIR_LIMIT:
            path, station, outer = waiting.popleft()
            directions = (outer[0] and station.told.narrows, outer[1] and station.told.widens)
            if (id(station), directions) in seen:
                continue
            seen.add((id(station), directions))
            for key, difference in station.keyed:
                effect_here = _directed(difference.effect, directions)
                if effect_here is not None and (key, effect_here) not in found:
                    found[key, effect_here] = _moved(difference, path, effect_here)
            for steps, below in self._below(station):
                waiting.append((path + steps, below, directions))
        is_whole = not waiting
        return _completed(first.told, tuple(found.values()), places=(old.place, new.place), is_whole=is_whole)

    def _station(self, old: Roots, new: Roots) -> _Station:
        key = (tuple(root.key for root in old), tuple(root.key for root in new))
        station = self._stations.get(key)
        if station is None:
            told = told_about(self._opener, old, new)
            keyed = tuple((_key(difference), difference) for difference in told.differences)
            # The roots are kept, so that no identity is used again.
            station = self._stations[key] = _Station(told, keyed, (old, new))
        return station

    def _below(self, station: _Station) -> tuple[tuple[ValuePath, _Station], ...]:
        """Return the pairs below that have something to tell, or lead to such."""
        if station.below is None:
            children = ((child.path, self._station(child.old, child.new)) for child in station.told.children)
            station.below = tuple((path, each) for path, each in children if each.keyed or each.told.children)
        return station.below


@dataclass(slots=True, eq=False)
class _Station:
    """A pair of schemas, what is told about it, and the pairs below once they are asked for."""

    told: Told
    keyed: tuple[tuple[object, SchemaDifference], ...]
    roots: tuple[Roots, Roots]
    below: tuple[tuple[ValuePath, _Station], ...] | None = None


def _key(difference: SchemaDifference) -> object:
    """Return what the same difference has in common wherever it is met."""
    return difference.kind, difference.old, difference.new, identity(dict(difference.facts))


def _moved(difference: SchemaDifference, path: ValuePath, effect: Effect) -> SchemaDifference:
    return SchemaDifference(
        difference.kind, effect, path + difference.path, difference.old, difference.new, difference.facts
    )


def _completed(
    told: Told, found: tuple[SchemaDifference, ...], *, places: tuple[Place, Place], is_whole: bool
) -> tuple[SchemaDifference, ...]:
    """Return *found*, and that there is more where the whole narrows or widens and nothing found does."""
    effects = {difference.effect for difference in found} if is_whole else set()
    narrows = told.narrows and not effects & {Effect.NARROWS, Effect.INCOMPARABLE}
    widens = told.widens and not effects & {Effect.WIDENS, Effect.INCOMPARABLE}
    if not (narrows or widens):
        return found
    return (*found, SchemaDifference("schema-changed", effect_of(narrows=narrows, widens=widens), (), *places))


def _directed(effect: Effect, directions: _Directions) -> Effect | None:
    """Return what is of interest of *effect*; None when nothing is."""
    narrows = effect in (Effect.NARROWS, Effect.INCOMPARABLE)
    widens = effect in (Effect.WIDENS, Effect.INCOMPARABLE)
    if not narrows and not widens:
        return effect
    left = effect_of(narrows=narrows and directions[0], widens=widens and directions[1])
    return None if left is Effect.NEUTRAL else left
