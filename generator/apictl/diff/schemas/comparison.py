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
from apictl.diff.schemas.respellings import Respellings
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
        self._keys: dict[object, int] = {}
        self._respellings = Respellings(self._opener, self._told)

    def is_equal(self, old: Schema, new: Schema) -> bool:
        """Whether *old* and *new* have the same content, whatever annotations say and definitions are called."""
        return self._universe.node(old, Age.OLD) is self._universe.node(new, Age.NEW)

    def differences(self, old: SchemaAt, new: SchemaAt) -> tuple[SchemaDifference, ...]:
        """Return what differs between *old* and *new*, the nearest to the root first.

        Nothing when they allow the same values and say the same. Each pair of schemas is told of once, at the
        shortest path; a difference whose effect is not proved is told with the effect that it has by its kind.
        """
        first = self._station((Root(old.schema, old.place),), (Root(new.schema, new.place),))
        found: dict[tuple[int, Effect], SchemaDifference] = {}
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
            for steps, below, told in self._below(station):
                waiting.append((path + steps, below, (directions[0] and told[0], directions[1] and told[1])))
        is_whole = not waiting
        return _completed(first.told, tuple(found.values()), places=(old.place, new.place), is_whole=is_whole)

    def respellings(
        self, old: SchemaAt, new: SchemaAt, written: tuple[SchemaAt, SchemaAt]
    ) -> tuple[SchemaDifference, ...]:
        """Return what *old* and *new* write otherwise without a value that is judged otherwise for it.

        Each is neutral, named by its keyword and told as deep as both sides go together. What differs only in order,
        in names of definitions or in annotations is not written otherwise. *written* are both as the documents have
        them; they are looked at where the whole of what is compared allows the same.
        """
        whole = self._told((Root(old.schema, old.place),), (Root(new.schema, new.place),))
        is_equal = not (whole.narrows or whole.widens)
        first, second = written if is_equal else (old, new)
        roots = (Root(first.schema, first.place),), (Root(second.schema, second.place),)
        told = {(each.old, each.new) for each in self.differences(old, new)}
        found = self._respellings.between(*roots, is_equal=is_equal)
        return tuple(each for each in found if (each.old, each.new) not in told)

    def _told(self, old: Roots, new: Roots) -> Told:
        return self._station(old, new).told

    def _station(self, old: Roots, new: Roots) -> _Station:
        key = (tuple(root.key for root in old), tuple(root.key for root in new))
        station = self._stations.get(key)
        if station is None:
            told = told_about(self._opener, old, new)
            keyed = tuple((self._number(_key(each)), each) for each in told.differences)
            # The roots are kept, so that no identity is used again.
            station = self._stations[key] = _Station(told, keyed, (old, new))
        return station

    def _number(self, key: object) -> int:
        """Return what stands for *key*: it is looked up wherever the difference is met."""
        return self._keys.setdefault(key, len(self._keys))

    def _below(self, station: _Station) -> _Below:
        """Return the pairs below that have something to tell, or lead to such, and which way it is told."""
        if station.below is None:
            children = ((each, self._station(each.old, each.new)) for each in station.told.children)
            station.below = tuple(
                (child.path, each, child.told) for child, each in children if each.keyed or each.told.children
            )
        return station.below


@dataclass(slots=True, eq=False)
class _Station:
    """A pair of schemas, what is told about it, and the pairs below once they are asked for."""

    told: Told
    keyed: tuple[tuple[int, SchemaDifference], ...]
    roots: tuple[Roots, Roots]
    below: _Below | None = None


_Below: TypeAlias = tuple[tuple[ValuePath, _Station, _Directions], ...]


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
