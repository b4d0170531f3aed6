"""What extensions say in the schemas of two contracts: values that readers are told of, and levels of stability."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

from apictl.contract.definition import Definition
from apictl.contract.schema import JsonValue, Schema, as_schema, reference_name
from apictl.diff.pairs import Definitions, Life, LifePair, Listing, ListingPair, SchemaPair
from apictl.diff.schemas.difference import SchemaAt, Step, ValuePath
from apictl.diff.schemas.references import text_of
from apictl.diff.values import where

_LISTING: Final = "x-extensible-enum"
_STABILITY: Final = "x-stability-level"
_NAMES: Final = (_LISTING.encode(), _STABILITY.encode())
_STEPS: Final[Mapping[str, tuple[Step, ...]]] = {"additionalProperties": (Step.OTHER,), "items": (Step.ITEM,)}
_LISTS: Final = ("allOf", "anyOf", "oneOf")

_Both: TypeAlias = tuple[ValuePath, SchemaAt, SchemaAt]


class Extensions:
    """Compares extensions in schemas; each pair of schemas once for each way that values travel."""

    def __init__(self, definitions: Definitions) -> None:
        """Take the named schemas, and see whether any of them has an extension."""
        self._definitions = definitions
        both = (*definitions.old.values(), *definitions.new.values())
        self._are_named = any(_speaks(definition.schema) for definition in both)
        self._seen: set[tuple[object, ...]] = set()

    def pairs(self, pair: SchemaPair) -> Iterator[LifePair | ListingPair]:
        """Yield what both schemas of *pair* and those below say, where one of them says something."""
        if pair.old is None or pair.new is None:
            return
        if not (self._are_named or _speaks(pair.old.schema) or _speaks(pair.new.schema)):
            return
        waiting: list[_Both] = [((), pair.old, pair.new)]
        while waiting:
            path, old, new = waiting.pop()
            old, new = _meant(old, self._definitions.old), _meant(new, self._definitions.new)
            key = (pair.spot.side, old.place, new.place)
            if key in self._seen or isinstance(old.schema, bool) or isinstance(new.schema, bool):
                continue
            self._seen.add(key)
            yield from _said(pair, path, old, new)
            waiting += reversed(list(_below(path, old, new)))


def _speaks(schema: Schema) -> bool:
    text = text_of(schema)
    return any(name in text for name in _NAMES)


def _said(pair: SchemaPair, path: ValuePath, old: SchemaAt, new: SchemaAt) -> Iterator[LifePair | ListingPair]:
    before, after = _field(old, _LISTING), _field(new, _LISTING)
    spot = pair.spot.below(old.place, new.place).at(where(pair.root, pair.spot.part, path))
    if isinstance(before, list) and isinstance(after, list):
        places = old.place.child(_LISTING), new.place.child(_LISTING)
        yield ListingPair(Listing(tuple(before)), Listing(tuple(after)), spot.below(*places))
    levels = _level(_field(old, _STABILITY)), _level(_field(new, _STABILITY))
    if any(levels):
        lives = [
            Life(at.place, is_deprecated=False, sunset="", stability=level)
            for at, level in zip((old, new), levels, strict=True)
        ]
        yield LifePair(lives[0], lives[1], spot)


def _below(path: ValuePath, old: SchemaAt, new: SchemaAt) -> Iterator[_Both]:
    before, after = _field(old, "properties"), _field(new, "properties")
    if isinstance(before, dict) and isinstance(after, dict):
        for name in before:
            if name in after:
                yield (*path, name), _child(old, "properties", name), _child(new, "properties", name)
    for keyword, steps in _STEPS.items():
        if isinstance(_field(old, keyword), dict) and isinstance(_field(new, keyword), dict):
            yield path + steps, _child(old, keyword), _child(new, keyword)
    for keyword in _LISTS:
        first, second = _field(old, keyword), _field(new, keyword)
        if isinstance(first, list) and isinstance(second, list):
            for index in range(min(len(first), len(second))):
                yield path, _child(old, keyword, index), _child(new, keyword, index)


def _field(at: SchemaAt, keyword: str) -> JsonValue:
    return None if isinstance(at.schema, bool) else at.schema.get(keyword)


def _child(at: SchemaAt, *steps: str | int) -> SchemaAt:
    value: JsonValue = None if isinstance(at.schema, bool) else dict(at.schema)
    for step in steps:
        if isinstance(value, dict):
            value = value.get(str(step))
        elif isinstance(value, list) and isinstance(step, int):
            value = value[step]
    return SchemaAt(as_schema(value), at.place.child(*steps))


def _meant(at: SchemaAt, definitions: Mapping[str, Definition]) -> SchemaAt:
    seen: set[str] = set()
    name = reference_name(at.schema)
    while name is not None and name in definitions and name not in seen:
        seen.add(name)
        at = SchemaAt(definitions[name].schema, definitions[name].place)
        name = reference_name(at.schema)
    return at


def _level(value: JsonValue) -> str:
    return "" if value is None else value if isinstance(value, str) else repr(value)
