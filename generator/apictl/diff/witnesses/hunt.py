"""The hunt for a value that one schema allows and the other refuses: aimed at one difference, then at large."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

from apictl.contract.samples import Sampler, Unsatisfiable
from apictl.contract.schema import JsonValue, Schema, reachable_names
from apictl.contract.values.alternatives import is_viable
from apictl.contract.values.canonical import canonical_form
from apictl.contract.values.refusals import replaced, value_at
from apictl.diff.schemas.difference import SchemaDifference
from apictl.diff.witnesses.apart import Apart, SideName, negated, root_value
from apictl.diff.witnesses.bases import Bases
from apictl.diff.witnesses.catches import Catch, Catches
from apictl.diff.witnesses.contraries import Contrary
from apictl.diff.witnesses.escaping import Escapes
from apictl.diff.witnesses.growing import ATTEMPTS, Grower
from apictl.diff.witnesses.opinions import Opinions
from apictl.diff.witnesses.routes import Route, wrapped
from apictl.diff.witnesses.shrinking import size
from apictl.diff.witnesses.targets import Target, Targets

_AIMED_WORK: Final = 6_000
_LARGE_WORK: Final = 14_000
_PART_ATTEMPTS: Final = 10
_WHOLE_TRIES: Final = 12
_PAUSES: Final = 4
"""Most times that the values found so far are confirmed in one look."""
_ESCAPES: Final = 8
"""Most values that are led out of alternatives."""
_SAMPLES: Final = 60
_SAMPLED_SIZE: Final = 1_000
"""Most parts and characters of a plain value for its variations to be tried one by one."""
_CANONICAL_SAMPLES: Final = 24
_CANONICAL_CLOSURE: Final = 8
_CANONICAL_LENGTH: Final = 8_000
"""Longest text of the schemas that are solved, in characters: the time grows with its square and worse."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What all hunts over one pair of roots share.

    Attributes:
        apart: both schemas in one space.
        opinions: on values by each schema as it stands in its contract.
        escapes: out of alternatives.
    """

    apart: Apart
    opinions: Mapping[SideName, Opinions]
    escapes: Escapes


class Hunt:
    """Looks for one value; all that is random in it is decided by counting."""

    def __init__(self, ground: Ground, difference: SchemaDifference, accepting: SideName) -> None:
        """Look for what the root of the side *accepting* allows and the other one refuses for *difference*."""
        refusing: SideName = "new" if accepting == "old" else "old"
        accepts, refuses = ground.opinions[accepting], ground.opinions[refusing]
        self._space = ground.apart.space
        self._accepting, self._refusing = ground.apart.roots[accepting], ground.apart.roots[refusing]
        self._targets = Targets(ground.apart, difference, accepting)
        self._catches = Catches(difference, accepts=accepts, refuses=refuses)
        self._grower = Grower(self._space, accepts)
        self._judges = accepts.judge, refuses.judge
        self._escapes, self._escapes_left = ground.escapes, _ESCAPES
        self._bases = Bases(self._grower, ground.apart, accepting, accepts=accepts)

    def catch(self) -> Catch | None:
        """Return a confirmed value, the smallest of those found at the same time; None when there is none."""
        for look in (self._aimed, self._at_large, self._canonically):
            for _ in itertools.chain(islice(look(), _PAUSES), (None,)):
                caught = self._catches.confirmed()
                if caught is not None:
                    return caught
        return None

    def _aimed(self) -> Iterator[None]:
        """Try values that violate what the refusing schema says at the place of the difference.

        Like the other looks, it pauses when a value was found that shows the difference alone.
        """
        for targets in self._targets.of_routes():
            feasible: list[Target] = []
            rest: list[Target] = []
            for target in targets:
                if self._grower.work > _AIMED_WORK:
                    break
                (feasible if self._part_tried(target) else rest).append(target)
                if self._catches.perfect:
                    yield
            for target in [*feasible, *rest][:_WHOLE_TRIES]:
                if self._grower.work > 2 * _AIMED_WORK:
                    return
                self._whole_tried(target)
                if self._catches.perfect:
                    yield

    def _part_tried(self, target: Target) -> bool:
        """Try parts for *target*, grown alone, in a value that is fine otherwise; whether there were such parts."""
        wanted = target.contrary.schema
        if not is_viable(self._space.conjoin((wanted,))):
            return False
        found = False
        # What speaks of the part may do so in branches that are not taken: the last try is without.
        for accepting in (*target.accepting, True):
            part = self._grower.grown(accepting, wanted, attempts=_PART_ATTEMPTS)
            if part is None:
                continue
            found = True
            if not self._grafted(target, part.value) and len(target.refusing) == 1:
                part = self._grower.grown(accepting, wanted, negated(target.refusing[0]), attempts=_PART_ATTEMPTS)
                if part is not None:
                    self._grafted(target, part.value)
            if self._catches.perfect:
                break
        return found

    def _grafted(self, target: Target, part: JsonValue) -> bool:
        """Consider *part* for *target* in values that are fine otherwise; whether one of them shows the difference."""
        route = target.route
        bases = self._bases.at(route, self._targets.chains)
        fine = ((base, around) for base in bases for around in value_at(base, route))
        wholes = (
            replaced(base, route, each)
            for base, around in fine
            for each in (*_merged(around, part, target.contrary), part)
        )
        is_shown, perfect = False, self._catches.perfect
        for whole in itertools.chain(wholes, () if route else (part,)):
            is_shown = self._catches.considers(whole) or self._escaped(route, whole) or is_shown
            if self._catches.perfect > perfect:
                break
        return is_shown

    def _escaped(self, route: Route, whole: JsonValue) -> bool:
        """Consider *whole*, which both sides allow, led out of the alternatives on *route*; whether it shows then."""
        accepts, refuses = self._judges
        if self._escapes_left <= 0 or not accepts.is_valid(whole) or not refuses.is_valid(whole):
            return False
        self._escapes_left -= 1
        for depth in range(len(route), -1, -1):
            near = route[:depth]

            def is_fine(part: JsonValue, near: Route = near) -> bool:
                return accepts.is_valid(replaced(whole, near, part))

            for part in value_at(whole, near):
                refusing = self._targets.refusing(depth)
                found = self._escapes.escaped(part, refusing, grower=self._grower, is_fine=is_fine)
                if found is not None and self._catches.considers(replaced(whole, near, found)):
                    return True
        return False

    def _whole_tried(self, target: Target) -> None:
        """Try whole values with a part for *target*, grown together."""
        if not target.route or not is_viable(self._space.conjoin((target.contrary.schema,))):
            return
        wanted = wrapped(target.route, target.contrary.schema)
        plain = self._grower.grown(self._accepting, wanted)
        if plain is not None and not self._catches.considers(plain.value):
            refused = self._grower.grown(self._accepting, wanted, negated(self._refusing))
            if refused is not None:
                self._catches.considers(refused.value)

    def _at_large(self) -> Iterator[None]:
        """Try values that the accepting root allows, whatever they are like."""
        refused = self._grower.grown(self._accepting, negated(self._refusing), attempts=2 * ATTEMPTS)
        if refused is not None:
            yield from self._consider_all((refused.value,))
        grown = refused or self._grower.grown(self._accepting)
        is_light = self._grower.weight == 1 and grown is not None and sum(size(grown.value)) <= _SAMPLED_SIZE
        if is_light:
            yield from self._consider_all(_samples(self._accepting, self._space.definitions, _SAMPLES))
        else:
            yield from self._consider_all(self._drawn())

    def _drawn(self) -> Iterator[JsonValue]:
        for seed in range(_SAMPLES):
            if self._grower.work > _LARGE_WORK:
                return
            drawn = self._grower.grown(self._accepting, seed=seed)
            if drawn is not None:
                yield drawn.value

    def _canonically(self) -> Iterator[None]:
        """Try values of the canonical difference of the schemas, where these are small."""
        for targets in self._targets.of_routes():
            for target in targets[:1]:
                for value in self._between(target.accepting[:1], target.refusing[:1]):
                    self._grafted(target, value)
        yield from self._consider_all(self._between((self._accepting,), (self._refusing,)))

    def _between(self, accepting: tuple[Schema, ...], refusing: tuple[Schema, ...]) -> Iterator[JsonValue]:
        definitions = self._space.definitions
        for accepted, refused in zip(accepting, refusing, strict=False):
            schema: Schema = {"allOf": [root_value(accepted), {"not": root_value(refused)}]}
            names = reachable_names(schema, definitions)
            if len(names) > _CANONICAL_CLOSURE:
                continue
            if sum(len(json.dumps(each)) for each in (schema, *map(definitions.get, names))) > _CANONICAL_LENGTH:
                continue
            form = canonical_form(schema, definitions)
            if form is not None and not form.is_empty:
                yield from _samples(form.schema, form.definitions, _CANONICAL_SAMPLES)

    def _consider_all(self, values: Iterable[JsonValue]) -> Iterator[None]:
        for value in values:
            self._catches.considers(value)
            if self._catches.perfect:
                yield


def _merged(fine: JsonValue, part: JsonValue, contrary: Contrary) -> tuple[JsonValue, ...]:
    """Return the object *fine* with the members of *part* that *contrary* is about, or without the one that lacks."""
    if not isinstance(fine, dict) or not isinstance(part, dict):
        return ()
    if contrary.lacking is not None:
        return ({name: value for name, value in fine.items() if name != contrary.lacking},)
    subject = contrary.subject
    if isinstance(subject, str) and subject in part:
        return ({**fine, subject: part[subject]},)
    return ({**fine, **part},)


def _samples(schema: Schema, definitions: Mapping[str, Schema], count: int) -> Iterator[JsonValue]:
    try:
        yield from Sampler(definitions).samples(schema, count=count)
    except Unsatisfiable:
        return
