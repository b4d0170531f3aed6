"""Options for one place of a value: the judged scalars, enumerated values and examples of a conjunction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Final

import jsonschema_rs

from apictl.contract.schema import JsonValue, Schema, walk_subschemas
from apictl.contract.values.choices import draw
from apictl.contract.values.conjunction import Conjunction, type_of
from apictl.contract.values.judge import Judge, Unjudgeable
from apictl.contract.values.numbers import numbers, random_number, range_of
from apictl.contract.values.texts import other_texts, texts

_OPTION_LIMIT: Final = 24
_CANDIDATE_LIMIT: Final = 80
_JUDGED_LOCALLY: Final = frozenset(
    {
        "type",
        "const",
        "enum",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
        "minLength",
        "maxLength",
        "pattern",
        "format",
        "contentEncoding",
        "minItems",
        "maxItems",
        "uniqueItems",
        "required",
        "minProperties",
        "maxProperties",
    },
)
"""Keywords that speak of a value itself and name no other schema."""


def scalar_options(node: Conjunction, kind: str, word: str, judge: Judge) -> tuple[JsonValue, ...]:
    """Return values of the scalar type *kind* that *node* allows, the plainest first; *word* makes free text."""
    key = (kind, word)
    known = node.known.get(key)
    if not isinstance(known, tuple):
        candidates = islice(_candidates(node, kind, word), _CANDIDATE_LIMIT)
        known = tuple(islice(_judged(candidates, node, judge), _OPTION_LIMIT))
        node.known[key] = known
    return known


def drawn_scalar(node: Conjunction, kind: str, drawn: int, judge: Judge) -> JsonValue:
    """Return a value of *kind* that *drawn* decides, past the boundaries; None when there is none."""
    found: Iterable[JsonValue] = ()
    if kind == "string":
        found = other_texts(node, drawn)
    elif kind in {"integer", "number"}:
        number = random_number(range_of(node, is_integer=kind == "integer"), drawn)
        found = () if number is None else (number,)
    return next(iter(_judged(found, node, judge)), None)


def enumerated_options(node: Conjunction, judge: Judge) -> tuple[JsonValue, ...]:
    """Return the enumerated values of *node* that its other keywords allow too."""
    return _remembered(node, "enumerated", node.enumerated or (), judge)


def shown_options(node: Conjunction, judge: Judge) -> tuple[JsonValue, ...]:
    """Return the examples and defaults of *node* that its own keywords allow; what is inside is not judged."""
    return _remembered(node, "shown", node.examples(), judge)


def seed_of(path: tuple[str | int, ...], seed: int) -> int:
    """Return the number that decides a scalar at *path* in a run with *seed*."""
    return draw(seed, path, "scalar")


def _remembered(
    node: Conjunction,
    key: str,
    values: tuple[JsonValue, ...],
    judge: Judge,
) -> tuple[JsonValue, ...]:
    if not values:
        return ()
    known = node.known.get((key, ""))
    if not isinstance(known, tuple):
        known = tuple(_judged(values, node, judge))
        node.known[key, ""] = known
    return known


def _candidates(node: Conjunction, kind: str, word: str) -> Iterable[JsonValue]:
    match kind:
        case "null":
            return (None,)
        case "boolean":
            return (True, False)
        case "string":
            return texts(node, word)
        case _:
            return numbers(range_of(node, is_integer=kind == "integer"))


def _judged(values: Iterable[JsonValue], node: Conjunction, judge: Judge) -> Iterable[JsonValue]:
    validator = _local_validator(node, judge)
    seen: set[tuple[str, str]] = set()
    for value in values:
        key = (type_of(value), repr(value))
        if key not in seen and validator is not None and validator.is_valid(value):
            seen.add(key)
            yield value


def _local_validator(node: Conjunction, judge: Judge) -> jsonschema_rs.Validator | None:
    """Return the judge of what *node* says of the value itself; None when that can't be compiled."""
    known = node.known.get(("validator", ""))
    if known is None:
        try:
            known = judge.compile_alone({"allOf": [{}, *(_local(part) for part in node.parts)]})
        except Unjudgeable:
            return None
        node.known["validator", ""] = known
    return known if isinstance(known, jsonschema_rs.Draft202012Validator) else None


def _local(part: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    local = {keyword: value for keyword, value in part.items() if keyword in _JUDGED_LOCALLY}
    refused = part.get("not")
    if isinstance(refused, dict) and not _refers(refused):
        local["not"] = refused
    return local


def _refers(schema: Schema) -> bool:
    return any(isinstance(child, Mapping) and "$ref" in child for _, child in walk_subschemas(schema))
