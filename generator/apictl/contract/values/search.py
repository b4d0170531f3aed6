"""The search for choices that lead to a valid value: where the judge complains, another choice is tried."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

import jsonschema_rs

from apictl.contract.schema import JsonValue, Schema
from apictl.contract.values.choices import Choices, Decision, Path
from apictl.contract.values.conjunction import Conjunction
from apictl.contract.values.effort import EFFORT_LIMIT
from apictl.contract.values.growth import DeadEnd, Growth, Spot
from apictl.contract.values.judge import Unjudgeable, Validator
from apictl.contract.values.space import Space

_COMPLAINT_LIMIT: Final = 12
_DECISION_LIMIT: Final = 40
_OPTION_LIMIT: Final = 24
_KEPT_LIMIT: Final = 5000
_SHALLOW: Final = 8
_EXPLAINED_EFFORT: Final = 20_000
"""Most schemas applied where reasons are asked for: unlike a verdict, they take every branch."""
_WORK_LIMIT: Final = 25_000
"""Most values begun in all attempts of one search."""


@dataclass(frozen=True, slots=True)
class Grown:
    """A judged value, and how it came to be.

    Attributes:
        value: valid.
        overrides: decisions that were not the plain ones.
        trace: all decisions asked, with the number of their options.
        places: the conjunctions that the value went through, with where.
    """

    value: JsonValue
    overrides: Mapping[Decision, int]
    trace: Mapping[Decision, int]
    places: tuple[tuple[Path, Conjunction], ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """Why no value was found.

    Attributes:
        path: of the part of the value that was refused.
        reason: of the judge, or of the dead end.
        is_costly: the search was given up for its cost.
    """

    path: Path
    reason: str
    is_costly: bool = False


@dataclass(frozen=True, slots=True)
class _Complaint:
    path: Path
    reason: str


class Search:
    """Looks for values that one schema allows, or several ones together.

    Attributes:
        work: how many values were begun since it was made.
    """

    def __init__(self, space: Space, *schemas: Schema) -> None:
        """Take *schemas*, whose references lead to the definitions of *space*.

        Raises:
            Unjudgeable: one of them is none, or judging by them would never end.
        """
        self.work = 0
        self._space = space
        self._schemas = schemas
        heavy = [name for schema in schemas for name in space.effort.heavy_names(schema)]
        if heavy or self._effort(None) >= EFFORT_LIMIT:
            raise Unjudgeable(f"judging by {heavy[0] if heavy else 'it'!r} applies more than {EFFORT_LIMIT} schemas")
        for _ in self._validators():
            pass

    def is_valid(self, value: JsonValue) -> bool:
        """Whether the schemas allow *value*."""
        return all(validator.is_valid(value) for validator in self._validators())

    def _validators(self) -> Iterator[Validator]:
        # Each schema has one of its own: what is large among them is compiled once for many searches.
        return map(self._space.judge.validator, self._schemas)

    def _effort(self, value: JsonValue) -> int:
        return sum(self._space.effort.of(schema, value) for schema in self._schemas)

    def find(self, overrides: Mapping[Decision, int], *, seed: int, attempts: int) -> Grown | Failure:
        """Return a valid value as near to *overrides* as is found in so many *attempts*."""
        first: Failure | None = None
        waiting: list[tuple[int, int, int]] = [(0, 0, 0)]
        kept: list[Mapping[Decision, int]] = [overrides]
        seen = {frozenset(overrides.items())}
        work = 0
        for _ in range(attempts):
            if not waiting or work > _WORK_LIMIT:
                break
            _, changes, number = heapq.heappop(waiting)
            choices = Choices(kept[number], seed)
            growth = Growth(self._space, choices)
            complaints, grown = self._try(growth, choices)
            work += growth.values
            self.work += growth.values
            if grown is not None:
                return grown
            if first is None:
                first = Failure(complaints[0].path, complaints[0].reason)
            for rank, (decision, option) in enumerate(_remedies(choices, [item.path for item in complaints])):
                changed = {**kept[number], decision: option}
                key = frozenset(changed.items())
                if key not in seen and len(kept) < _KEPT_LIMIT:
                    seen.add(key)
                    kept.append(changed)
                    heapq.heappush(waiting, (len(complaints) + changes + rank // 4, changes + 1, len(kept) - 1))
        failure = first or Failure((), "no attempt was made")
        return replace(failure, is_costly=work > _WORK_LIMIT)

    def _try(self, growth: Growth, choices: Choices) -> tuple[list[_Complaint], Grown | None]:
        try:
            value = growth.grow(self._schemas, Spot())
        except DeadEnd as end:
            return [_Complaint(end.path, end.reason)], None
        is_deep = any(len(path) > _SHALLOW for path, _ in growth.places)
        if is_deep and self._effort(value) >= EFFORT_LIMIT:
            return [_Complaint((), f"judging the value applies more than {EFFORT_LIMIT} schemas")], None
        if self.is_valid(value):
            return [], Grown(value, choices.overrides, choices.trace, tuple(growth.places))
        if self._effort(value) > _EXPLAINED_EFFORT:
            return [_Complaint((), "the judge refuses it")], None
        errors = itertools.chain.from_iterable(validator.iter_errors(value) for validator in self._validators())
        complaints = list(islice(_complaints(islice(errors, _COMPLAINT_LIMIT), 0), 3 * _COMPLAINT_LIMIT))
        return complaints or [_Complaint((), "the judge refuses it without a reason")], None


def _complaints(errors: Iterator[jsonschema_rs.ValidationError], depth: int) -> Iterator[_Complaint]:
    """Yield the places of *errors*, and of what is wrong in each branch of an alternative."""
    for error in errors:
        yield _Complaint(tuple(error.instance_path), error.message.partition("\n")[0][:200])
        match error.kind:
            case jsonschema_rs.ValidationErrorKind.OneOfNotValid(context) | jsonschema_rs.ValidationErrorKind.AnyOf(
                context
            ) if depth < 3:  # noqa: PLR2004
                for branch in context:
                    yield from _complaints(iter(branch), depth + 1)
            case _:
                pass


def _remedies(choices: Choices, paths: list[Path]) -> list[tuple[Decision, int]]:
    """Return other options of the decisions of a run, those nearest to the refused *paths* first."""
    ranked = sorted(choices.trace, key=lambda decision: min(_distance(decision[0], path) for path in paths))
    found: list[tuple[int, Decision, int]] = []
    for decision in ranked[:_DECISION_LIMIT]:
        distance = min(_distance(decision[0], path) for path in paths)
        # All options of the refused place itself, say the branches of a `oneOf`, come before those around it.
        rank = 2 * distance + (8 if distance else 0)
        taken = choices.pick(*decision, choices.trace[decision])
        options = [option for option in range(min(choices.trace[decision], _OPTION_LIMIT)) if option != taken]
        found += [(rank + number, decision, option) for number, option in enumerate(options)]
    return [(decision, option) for _, decision, option in sorted(found, key=lambda item: item[0])]


def _distance(first: Path, second: Path) -> int:
    """Return how many steps lie between two places of a value."""
    common = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        common += 1
    return len(first) + len(second) - 2 * common
