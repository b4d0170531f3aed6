"""Values in which each two choices meet: optional members, boundaries and enumerated values, pairwise.

Faults mostly need one or two choices together; all pairs fit into few values, all combinations don't.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from typing import Final, TypeAlias

from apictl.contract.samples import Sampler, Unsatisfiable
from apictl.contract.schema import JsonValue, Schema, reference_name

Path: TypeAlias = tuple[str, ...]
_Choice: TypeAlias = tuple[int, int]
"""Number of a factor, and of its option."""

_MOST_FACTORS: Final = 12
_MOST_OPTIONS: Final = 6
_LONGEST: Final = 1000
"""Text that is tried."""
_DEEPEST: Final = 6


@dataclass(frozen=True, slots=True)
class Option:
    """One choice at one place; `value` is empty where nothing is there."""

    value: tuple[JsonValue, ...]


@dataclass(frozen=True, slots=True)
class Factor:
    """A place in a value, and what may be there; what the plain value has comes first."""

    path: Path
    options: tuple[Option, ...]


class Pairs:
    """Makes such values of the schemas of one contract."""

    def __init__(self, definitions: Mapping[str, Schema], sampler: Sampler) -> None:
        """Follow references to *definitions*; *sampler* judges."""
        self._definitions = definitions
        self._sampler = sampler

    def values(self, schema: Schema, plain: JsonValue, *, most: int) -> Iterator[JsonValue]:
        """Yield up to *most* values of *schema*, without *plain*, that together have the pairs of choices that fit."""
        found = islice(self._factors(schema, plain, ()), _MOST_FACTORS)
        factors = [factor for factor in found if len(factor.options) > 1]
        for row in islice(_rows([len(factor.options) for factor in factors]), most):
            value = plain
            for factor, number in zip(factors, row, strict=True):
                if number:
                    value = _placed(value, factor.path, factor.options[number])
            if value != plain and self._is_valid(schema, value):
                yield value

    def _factors(self, schema: Schema, value: JsonValue, path: Path) -> Iterator[Factor]:
        """Yield the factors of *value*, which keeps *schema*."""
        node = self._resolved(schema)
        properties = node.get("properties")
        if not isinstance(value, dict) or not isinstance(properties, dict) or len(path) >= _DEEPEST:
            yield Factor(path, (Option((value,)), *self._others(node, value)))
            return
        required = node.get("required")
        needed = required if isinstance(required, list) else []
        for name, below in properties.items():
            if not isinstance(below, (dict, bool)):
                continue
            if name not in value:
                yield Factor((*path, name), (Option(()), *self._others(self._resolved(below))))
            elif name not in needed:
                others = self._others(self._resolved(below), value[name])
                yield Factor((*path, name), (Option((value[name],)), Option(()), *others))
            else:
                yield from self._factors(below, value[name], (*path, name))

    def _others(self, node: Mapping[str, JsonValue], *known: JsonValue) -> Iterator[Option]:
        """Yield what may be there besides what is *known*: boundaries, enumerated values, what the sampler varies."""
        seen = [*known]
        for option in (*map(_option, _boundaries(node)), *self._samples(dict(node))):
            if option.value[0] not in seen and self._is_valid(dict(node), option.value[0]):
                seen.append(option.value[0])
                yield option
                if len(seen) >= _MOST_OPTIONS:
                    return

    def _samples(self, schema: Schema) -> Iterator[Option]:
        try:
            yield from map(_option, self._sampler.samples(schema, count=_MOST_OPTIONS))
        except Unsatisfiable:
            return

    def _resolved(self, schema: Schema) -> Mapping[str, JsonValue]:
        """Return what a mere reference means; anything else as it is."""
        for _ in range(_DEEPEST):
            if not isinstance(schema, dict):
                break
            name = reference_name(schema)
            if name is None:
                return schema
            schema = self._definitions.get(name, True)
        return {}

    def _is_valid(self, schema: Schema, value: JsonValue) -> bool:
        try:
            return self._sampler.is_valid(schema, value)
        except Unsatisfiable:
            return False


def _option(value: JsonValue) -> Option:
    return Option((value,))


def _boundaries(node: Mapping[str, JsonValue]) -> Iterator[JsonValue]:
    enumerated = node.get("enum")
    if isinstance(enumerated, list):
        yield from enumerated
    for bound in ("maximum", "minimum"):
        if isinstance(node.get(bound), (int, float)):
            yield node[bound]
    for length in ("maxLength", "minLength"):
        size = node.get(length)
        if isinstance(size, int) and 0 <= size <= _LONGEST:
            yield "x" * size


def _placed(value: JsonValue, path: Path, option: Option) -> JsonValue:
    """Return *value* with *option* at *path*; as it is where the way there has gone."""
    if not path:
        return option.value[0] if option.value else value
    if not isinstance(value, dict):
        return value
    name, rest = path[0], path[1:]
    if rest:
        return {**value, name: _placed(value[name], rest, option)} if name in value else value
    others = {each: below for each, below in value.items() if each != name}
    return {**value, name: option.value[0]} if option.value else others


def _rows(sizes: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Yield rows of one number below each of *sizes*, until each two numbers of two places were in one row."""
    missing = {
        (one, other)
        for first, second in combinations(range(len(sizes)), 2)
        for one in ((first, number) for number in range(sizes[first]))
        for other in ((second, number) for number in range(sizes[second]))
    }
    if len(sizes) == 1:
        yield from ((number,) for number in range(1, sizes[0]))
    while missing:
        start = min(missing)
        row: dict[int, int] = dict(start)
        for place in (each for each in range(len(sizes)) if each not in row):
            row[place] = max(range(sizes[place]), key=lambda number: (_gain(row, (place, number), missing), -number))
        chosen = sorted(row.items())
        missing.difference_update(combinations(chosen, 2))
        yield tuple(number for _, number in chosen)


def _gain(row: Mapping[int, int], choice: _Choice, missing: set[tuple[_Choice, _Choice]]) -> int:
    """Return how many of the *missing* pairs *choice* adds to *row*."""
    pairs = (tuple(sorted(((place, number), choice))) for place, number in row.items())
    return sum(pair in missing for pair in pairs)
