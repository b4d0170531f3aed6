"""Differences of schemas gathered from everywhere they are felt: one change for one cause."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from apictl.contract.schema import JsonValue, reference_name
from apictl.diff.changes import Cause, Change, Proof, use_of
from apictl.diff.law import Effect, Side, breaks
from apictl.diff.pairs import SchemaPair
from apictl.diff.schemas.comparison import SchemaComparison
from apictl.diff.schemas.difference import SchemaAt, SchemaDifference
from apictl.diff.spot import Spot
from apictl.diff.witnesses.search import Witness, Witnesses
from apictl.rules.compatibility import judged_side
from apictl.rules.dials import Dials
from apictl.rules.risks import schema_risk
from apictl.rules.schemas.hints import hint
from apictl.rules.schemas.wording import sentence
from apictl.rules.tolerance import schema_waiver, unpromised

_TRIES: Final = 2
"""Most uses of a difference at which a witness is looked for."""
_CONTENTS: Final = frozenset({"content-encoding-changed", "content-media-type-changed", "content-schema-changed"})
"""Differences that no validator sees, after which the same text means something else (JSON Schema 2020-12, 8)."""

_Felt: TypeAlias = tuple[SchemaPair, SchemaDifference]


@dataclass(slots=True)
class Gathered:
    """A difference with everywhere it is felt, as it is gathered.

    Attributes:
        waiver: why it breaks nobody; "" when nothing is waived.
        felt: pairs, each with the difference as seen from there.
        known: operations and parts that are among `felt`.
    """

    waiver: str
    felt: list[_Felt] = field(default_factory=list)
    known: set[tuple[str, str]] = field(default_factory=set)

    def add(self, pair: SchemaPair, difference: SchemaDifference) -> None:
        """Note that *difference* is felt at *pair*; a part of an operation counts once."""
        key = (pair.spot.label, pair.spot.part)
        if key not in self.known:
            self.known.add(key)
            self.felt.append((pair, difference))


_Told: TypeAlias = tuple[Cause, Gathered, SchemaDifference]
"""A difference, what it comes of, and where it is gathered."""


class Gathering:
    """Gathers the differences of pairs of schemas by their causes."""

    def __init__(self, comparison: SchemaComparison, dials: Dials) -> None:
        """Take what compares, and what the team has set."""
        self._comparison = comparison
        self._dials = dials
        self._told: dict[tuple[object, ...], tuple[_Told, ...]] = {}
        self._gathered: dict[Cause, Gathered] = {}
        self._causes: dict[Cause, Cause] = {}
        self._texts: dict[int, tuple[Mapping[str, JsonValue], str]] = {}

    def add(self, pair: SchemaPair) -> Iterator[Cause]:
        """Gather the differences of *pair*; yield their causes."""
        if pair.old is None or pair.new is None:
            return
        names = reference_name(pair.old.schema), reference_name(pair.new.schema)
        are_lone = all(len(each.schema) == 1 for each in (pair.old, pair.new) if not isinstance(each.schema, bool))
        if None in names or not are_lone:
            told = tuple(self._tell(pair, pair.old, pair.new))
        else:
            # What two definitions differ in is the same wherever they are referred to.
            key = (*names, pair.spot.side, pair.spot.label if pair.spot.stability else "", *self._asked(pair.spot))
            if key not in self._told:
                self._told[key] = tuple(self._tell(pair, pair.old, pair.new))
            told = self._told[key]
        for cause, gathered, difference in told:
            gathered.add(pair, difference)
            yield cause

    def change(self, cause: Cause, witnesses: Witnesses) -> Change | None:
        """Return the change that *cause* is; None when nothing was gathered for it."""
        gathered = self._gathered.get(cause)
        return None if gathered is None else _change(gathered, witnesses, self._dials)

    def _tell(self, pair: SchemaPair, old: SchemaAt, new: SchemaAt) -> Iterator[_Told]:
        spot = pair.spot
        told = self._dials.is_respelling_told
        respellings = self._comparison.respellings(old, new, pair.written or (old, new)) if told else ()
        for difference in map(_meant, (*self._comparison.differences(old, new), *respellings)):
            side = judged_side(spot, difference.effect, self._dials)
            law = breaks(side, difference.effect)
            waiver = schema_waiver(difference.kind, difference.facts, spot, self._dials, side=side) if law else ""
            places, facts = (difference.old, difference.new), self._text(difference.facts)
            cause = self._cause(difference.kind, difference.effect, side, *places, facts, waiver)
            yield cause, self._gathered.setdefault(cause, Gathered(waiver)), difference

    def _asked(self, spot: Spot) -> tuple[Side, Side]:
        """Return from which side what narrows and what widens is judged at *spot*."""
        narrows, widens = (judged_side(spot, effect, self._dials) for effect in (Effect.NARROWS, Effect.WIDENS))
        return narrows, widens

    def _cause(self, *parts: object) -> Cause:
        """Return what stands for *parts*: it is looked up wherever the difference is felt."""
        return self._causes.setdefault(parts, ("schema", len(self._causes)))

    def _text(self, facts: Mapping[str, JsonValue]) -> str:
        # By identity, for one difference is met from many roots; the facts are kept, so that none is used again.
        if id(facts) not in self._texts:
            self._texts[id(facts)] = facts, json.dumps(dict(facts), sort_keys=True)
        return self._texts[id(facts)][1]


def _meant(difference: SchemaDifference) -> SchemaDifference:
    """Return *difference* with the effect that it has on those who read the value, not only on those who judge it."""
    if difference.kind not in _CONTENTS:
        return difference
    if "effect" in difference.facts:
        return replace(difference, effect=Effect(difference.facts["effect"]))
    was_there, is_there = bool(difference.facts.get("was_there")), bool(difference.facts.get("is_there"))
    if was_there and is_there:
        return replace(difference, effect=Effect.INCOMPARABLE)
    return replace(difference, effect=Effect.NARROWS if is_there else Effect.WIDENS)


def _change(gathered: Gathered, witnesses: Witnesses, dials: Dials) -> Change:
    """Return the change that everything *gathered* is, told from where it is nearest."""
    felt = sorted(gathered.felt, key=lambda each: len(each[1].path))
    pair, difference = felt[0]
    side = judged_side(pair.spot, difference.effect, dials)
    is_breaking = breaks(side, difference.effect) and not gathered.waiver
    is_shown = is_breaking and difference.kind not in _CONTENTS
    at, witness = _witnessed(felt, witnesses, side) if is_shown else (0, None)
    felt.insert(0, felt.pop(at))
    others = len({each.spot.label for each, _ in felt}) - 1
    rest = f" (and {others} more operation{'s'[: others > 1]})" if others else ""
    return Change(
        rule=difference.kind,
        effect=difference.effect,
        side=side,
        message=sentence(*felt[0]) + rest,
        uses=tuple(use_of(each.spot, seen.path) for each, seen in felt),
        old=difference.old,
        new=difference.new,
        facts=difference.facts,
        hint=hint(difference.kind, side) if is_breaking else "",
        proof=Proof.WITNESS if witness else Proof.UNPROVEN if is_shown else Proof.LAW,
        witness=witness,
        waiver=gathered.waiver,
        risk="" if is_breaking or unpromised(pair.spot, dials) else schema_risk(difference, side),
    )


def _witnessed(felt: list[_Felt], witnesses: Witnesses, side: Side) -> tuple[int, Witness | None]:
    """Return which of *felt* a witness was found for, and the witness."""
    for at, (pair, difference) in enumerate(felt[:_TRIES]):
        if pair.old is None or pair.new is None:
            continue
        # Of a change that goes both ways only one way hurts, and that one is to be shown.
        hurting = Effect.NARROWS if side is Side.ACCEPTS else Effect.WIDENS
        found = witnesses.find(replace(difference, effect=hurting), pair.old, pair.new)
        if found is not None:
            return at, found
    return 0, None
