"""Which part of a value the judge refuses, and whether that is the part that a difference speaks of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

import jsonschema_rs

from apictl.contract.schema import JsonValue
from apictl.contract.values.conjunction import identity
from apictl.contract.values.refusals import value_at
from apictl.diff.schemas.difference import SchemaDifference, Step, ValuePath
from apictl.diff.witnesses.keywords import is_about, keywords_of

Kind = jsonschema_rs.ValidationErrorKind

_ERROR_LIMIT: Final = 24
_BRANCH_DEPTH: Final = 3
_WHOLE: Final = frozenset({"anyOf", "oneOf", "not", "if", "contains"})
"""Keywords that speak of other schemas for the value: any kind of difference may be behind their refusal."""

_NAMED: Final = frozenset({"required", "additionalProperties", "unevaluatedProperties"})
"""Keywords of an object whose refusals are placed at its properties."""
_HOLDERS: Final = ("additional-properties-", "items-", "prefix-items-", "property-names-", "dependent-schemas-")
"""Beginnings of kinds that are about other schemas, which refuse parts of the value for anything."""

EXACT: Final = 0
NEAR: Final = 1
AROUND: Final = 2


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reason of the judge.

    Attributes:
        path: to what is refused; for a missing or forbidden property, to where it is, or would be.
        keyword: that refuses it.
        is_opaque: it is refused for something inside it, and the judge doesn't say for what.
    """

    path: tuple[str | int, ...]
    keyword: str
    is_opaque: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Relevance:
    """How well the refusal of a value shows a difference; less is better.

    Attributes:
        distance: of what is refused from what the difference speaks of.
        foreign: how many reasons of the judge have nothing to do with the difference.
        path: to the part that is refused.
    """

    distance: int
    foreign: int
    path: tuple[str | int, ...] = ()


def relevance(validator: jsonschema_rs.Validator, value: JsonValue, difference: SchemaDifference) -> Relevance | None:
    """Return how well the refusal of *value* by *validator* shows *difference*; None when it doesn't."""
    ranked: list[tuple[int, int, int, tuple[str | int, ...]]] = []
    foreign = 0
    for error in islice(validator.iter_errors(value), _ERROR_LIMIT):
        found = [
            (distance, refusal.path)
            for refusal in _refusals((error,), 0)
            if (distance := _distance(refusal, value, difference)) is not None
        ]
        # Of what branches complain, what most of them refuse tells the value from all that they allow.
        often = Counter(path for _, path in found)
        ranked += [(distance, -often[path], -len(path), path) for distance, path in found]
        foreign += not found
    if not ranked:
        return None
    distance, *_, path = min(ranked, key=lambda each: each[:3])
    return Relevance(distance, foreign, _present(value, path))


def follows(route: tuple[str | int, ...], path: ValuePath) -> bool:
    """Whether *route* begins as *path* does, as far as both go."""
    return all(_is_step(concrete, step) for concrete, step in zip(route, path, strict=False))


def _refusals(errors: Iterable[jsonschema_rs.ValidationError], depth: int) -> Iterator[Refusal]:
    for error in errors:
        where = tuple(error.instance_path)
        keyword = error.kind.name
        match error.kind:
            case Kind.Required(name):
                yield Refusal((*where, name), keyword)
            case Kind.AdditionalProperties(names) | Kind.UnevaluatedProperties(names):
                yield from (Refusal((*where, name), keyword) for name in names)
            case Kind.AnyOf(context) | Kind.OneOfNotValid(context) if depth < _BRANCH_DEPTH:
                yield Refusal(where, keyword)
                for branch in context:
                    yield from _refusals(branch, depth + 1)
            case _:
                yield Refusal(where, keyword, is_opaque=keyword in _WHOLE)


def _distance(refusal: Refusal, value: JsonValue, difference: SchemaDifference) -> int | None:
    path = difference.path
    if not follows(refusal.path, path):
        return None
    if len(refusal.path) >= len(path):
        return EXACT if _is_meant(refusal, value, difference) else None
    rest = path[len(refusal.path) :]
    if rest == (Step.KEY,) and refusal.keyword == "propertyNames":
        return EXACT
    if refusal.is_opaque and _routes(value, refusal.path, path):
        return NEAR if len(rest) == 1 else AROUND
    return NEAR if len(rest) == 1 and refusal.keyword in keywords_of(difference.kind) else None


def _is_meant(refusal: Refusal, value: JsonValue, difference: SchemaDifference) -> bool:
    """Whether *refusal* is for what *difference* says, as far as its kind tells."""
    if refusal.keyword in _WHOLE or len(refusal.path) > len(difference.path) + 1:
        return True
    is_own = len(refusal.path) == len(difference.path) or refusal.keyword in _NAMED
    if not is_own and difference.kind.startswith(_HOLDERS):
        return True
    facts = difference.facts
    if difference.kind.startswith("enum-value-") and "value" in facts:
        # Whatever refuses the value: it may be listed still, and too long now.
        part = value_at(value, refusal.path)
        return bool(part) and identity(part[0]) == identity(facts["value"])
    if not is_about(difference.kind, refusal.keyword):
        return False
    if difference.kind.startswith("property-") and len(refusal.path) > len(difference.path):
        names = {fact for fact in facts.values() if isinstance(fact, str)}
        return not names or refusal.path[len(difference.path)] in names
    return True


def _routes(value: JsonValue, route: tuple[str | int, ...], path: ValuePath) -> list[tuple[str | int, ...]]:
    """Return the ways of *path* that *value* has, from *route* on."""
    found = [route]
    for step in path[len(route) :]:
        longer: list[tuple[str | int, ...]] = []
        for each in found:
            for part in value_at(value, each):
                keys: Iterable[str | int] = part if isinstance(part, dict) else ()
                keys = range(len(part)) if isinstance(part, list) else keys
                longer += [(*each, key) for key in keys if _is_step(key, step)]
        found = longer[:_ERROR_LIMIT]
    return found


def _is_step(concrete: str | int, step: str | int | Step) -> bool:
    match step:
        case Step.ITEM:
            return isinstance(concrete, int)
        case Step.OTHER | Step.KEY:
            return isinstance(concrete, str)
        case _:
            return concrete == step


def _present(value: JsonValue, path: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Return as much of *path* as *value* has."""
    while not value_at(value, path):
        path = path[:-1]
    return path
