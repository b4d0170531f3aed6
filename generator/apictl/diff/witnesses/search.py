"""Witnesses: the value that proves a difference, accepted by one version of a contract and refused by the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from apictl.contract.definition import Definition
from apictl.contract.schema import JsonValue, Schema, reachable_names
from apictl.contract.values.judge import Unjudgeable
from apictl.diff.law import Effect
from apictl.diff.schemas.difference import SchemaAt, SchemaDifference
from apictl.diff.schemas.formats import RANGES
from apictl.diff.witnesses.apart import Apart, SideName
from apictl.diff.witnesses.contraries import is_out_of_reach
from apictl.diff.witnesses.escaping import Escapes
from apictl.diff.witnesses.hunt import Ground, Hunt
from apictl.diff.witnesses.keywords import keywords_of
from apictl.diff.witnesses.opinions import Opinions
from apictl.diff.witnesses.ranges import ranged

_KEPT_PAIRS: Final = 4


@dataclass(frozen=True, slots=True)
class Witness:
    """A value that one version allows and the other refuses; two validators say so.

    Attributes:
        value: of the whole that was compared: a body, a parameter or a header.
        accepted_by: the version that allows it.
        path: to the part of `value` that the other version refuses; of something missing, to what lacks it.
    """

    value: JsonValue
    accepted_by: SideName
    path: tuple[str | int, ...]


class Witnesses:
    """Finds witnesses for the differences between two contracts; the same ones in every process."""

    def __init__(self, old: Mapping[str, Definition], new: Mapping[str, Definition]) -> None:
        """Take the definitions of both contracts, by name."""
        self._definitions: dict[SideName, dict[str, Schema]] = {
            "old": {name: definition.schema for name, definition in old.items()},
            "new": {name: definition.schema for name, definition in new.items()},
        }
        # By identity, the schemas kept beside; a pair's differences are asked for one after the other.
        self._grounds: dict[tuple[int, int, bool], tuple[Schema, Schema, Ground | None]] = {}

    def find(self, difference: SchemaDifference, old: SchemaAt, new: SchemaAt) -> Witness | None:
        """Return a value of the roots *old* and *new* that shows *difference*; None when none was confirmed.

        One that narrows or is incomparable is shown by what *old* alone allows, if that can be had.
        """
        is_ranged = difference.facts.get("is_asserted") is False
        if is_ranged and not {difference.facts.get("old"), difference.facts.get("new")} & RANGES.keys():
            return None  # no validator judges by it
        ground = self._ground(old.schema, new.schema, is_ranged=is_ranged)
        if ground is None:
            return None
        for accepting in _accepting(difference.effect):
            refusing = difference.facts.get("new" if accepting == "old" else "old")
            if any(is_out_of_reach(keyword, refusing) for keyword in keywords_of(difference.kind)):
                continue
            try:
                caught = Hunt(ground, difference, accepting).catch()
            except (ArithmeticError, RecursionError, ValueError):  # a value or schema that a validator can't take in
                continue
            if caught is not None:
                return Witness(caught.value, accepting, caught.path)
        return None

    def _ground(self, old: Schema, new: Schema, *, is_ranged: bool) -> Ground | None:
        key = (id(old), id(new), is_ranged)
        if key not in self._grounds:
            while len(self._grounds) >= _KEPT_PAIRS:
                self._grounds.pop(next(iter(self._grounds)))
            self._grounds[key] = (old, new, self._prepared(old, new, is_ranged=is_ranged))
        return self._grounds[key][2]

    def _prepared(self, old: Schema, new: Schema, *, is_ranged: bool) -> Ground | None:
        roots: dict[SideName, Schema] = {"old": old, "new": new}
        definitions: Mapping[SideName, Mapping[str, Schema]] = self._definitions
        if is_ranged:
            definitions = {side: self._ranged(root, side) for side, root in roots.items()}
            roots = {side: ranged(root) for side, root in roots.items()}
        try:
            opinions = {side: Opinions(root, definitions[side]) for side, root in roots.items()}
            apart = Apart(roots, definitions)
            return Ground(apart, opinions, Escapes(apart.space))
        except (Unjudgeable, RecursionError, ValueError, TypeError):
            return None

    def _ranged(self, root: Schema, side: SideName) -> dict[str, Schema]:
        definitions = self._definitions[side]
        return {name: ranged(definitions[name]) for name in reachable_names(root, definitions)}


def _accepting(effect: Effect) -> tuple[SideName, ...]:
    """Return the sides that may allow what the other one refuses, in the order to try them."""
    match effect:
        case Effect.NARROWS:
            return ("old",)
        case Effect.WIDENS:
            return ("new",)
        case Effect.INCOMPARABLE:
            return ("old", "new")
        case Effect.NEUTRAL:
            return ()
