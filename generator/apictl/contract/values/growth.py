"""One run of the sampler: a value grown from its root, deciding at each step what the choices say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from apictl.contract.schema import JsonValue, Schema
from apictl.contract.values.alternatives import alternatives, is_viable, spoilers
from apictl.contract.values.arrays import contained, has_unique_items, item_schemas, lengths
from apictl.contract.values.choices import SPOILER, Choices, Path, draw
from apictl.contract.values.conjunction import Conjunction, identity, is_of
from apictl.contract.values.objects import (
    declared_names,
    dependent_names,
    dependent_schemas,
    extra_names,
    is_open,
    property_schemas,
    required_names,
)
from apictl.contract.values.scalars import (
    drawn_scalar,
    enumerated_options,
    scalar_options,
    seed_of,
    shown_options,
)
from apictl.contract.values.space import Space

_DEPTH_LIMIT: Final = 48
_VALUE_LIMIT: Final = 12_000
_ROUND_LIMIT: Final = 200
_SHOWN_OPTIONAL: Final = 12
_TOGGLED: Final = 200
_UNIQUE_TRIES: Final = 60
_CONTAINERS: Final = frozenset({"object", "array"})


class DeadEnd(Exception):
    """The choices of a run lead to no value at `path`."""

    def __init__(self, path: Path, reason: str) -> None:
        """Keep where and why."""
        super().__init__(reason)
        self.path = path
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in the value a run is.

    Attributes:
        path: steps from the root.
        above: identities of the schemas of the values around it; one that comes again is recursion.
        is_minimal: take the lowest way out, for there is recursion around.
    """

    path: Path = ()
    above: frozenset[int] = frozenset()
    is_minimal: bool = False


class Growth:
    """Grows one value.

    Attributes:
        places: the conjunctions that the value went through, with where.
        values: how many values were begun, a measure of the work.
    """

    def __init__(self, space: Space, choices: Choices) -> None:
        """Decide by *choices*."""
        self.places: list[tuple[Path, Conjunction]] = []
        self._space = space
        self._choices = choices
        self.values = 0

    def grow(self, schemas: tuple[Schema, ...], spot: Spot) -> JsonValue:
        """Return a value that *schemas* ask for; nobody has judged it as a whole.

        Raises:
            DeadEnd: there is none behind these choices.
        """
        self.values += 1
        if self.values > _VALUE_LIMIT:
            raise DeadEnd(spot.path, f"a value has more than {_VALUE_LIMIT} parts")
        if len(spot.path) > _DEPTH_LIMIT:
            raise DeadEnd(spot.path, f"a value is nested deeper than {_DEPTH_LIMIT}")
        parts = self._space.conjoin(schemas).parts
        if not spot.is_minimal and any(id(part) in spot.above for part in parts):
            spot = replace(spot, is_minimal=True)
        schemas, node = self._settled(schemas, spot)
        self.places.append((spot.path, node))
        if node.enumerated is not None:
            return self._one_of(enumerated_options(node, self._space.judge), spot, "value")
        for kind in self._kinds(node, spot):
            if kind in _CONTAINERS:
                return self._container(schemas, node, kind, spot)
            options = self._scalars(node, kind, spot)
            if options:
                return self._scalar(options, node, kind, spot)
        raise DeadEnd(spot.path, f"no value of type {' or '.join(node.types) or 'any'} found")

    def _settled(self, schemas: tuple[Schema, ...], spot: Spot) -> tuple[tuple[Schema, ...], Conjunction]:
        """Return *schemas* with a branch of each `anyOf`, `oneOf` and `if`, and their conjunction."""
        node = self._space.conjoin(schemas)
        settled: set[int] = set()
        for number in range(_ROUND_LIMIT):
            if not is_viable(node):
                raise DeadEnd(spot.path, "its schemas exclude each other")
            choice = next((found for found in alternatives(node) if id(found[0]) not in settled), None)
            if choice is None:
                return schemas, node
            settled.add(id(choice[0]))
            schemas, node = self._branch(schemas, choice[1], spot, number)
        raise DeadEnd(spot.path, f"more than {_ROUND_LIMIT} alternatives at one place")

    def _branch(
        self,
        schemas: tuple[Schema, ...],
        branches: tuple[tuple[Schema, ...], ...],
        spot: Spot,
        number: int,
    ) -> tuple[tuple[Schema, ...], Conjunction]:
        if spot.is_minimal:
            height = self._space.heights.height
            branches = tuple(sorted(branches, key=lambda branch: max(map(height, branch), default=0)))
        picked = self._choices.pick(spot.path, f"branch {number}", len(branches))
        for branch in branches[picked:] + branches[:picked]:
            joined = schemas + branch
            node = self._space.conjoin(joined)
            if is_viable(node) and (node.enumerated is None or enumerated_options(node, self._space.judge)):
                return joined, node
        raise DeadEnd(spot.path, "no alternative is possible")

    def _kinds(self, node: Conjunction, spot: Spot) -> tuple[str, ...]:
        kinds = node.types
        shown = shown_options(node, self._space.judge)
        if shown:
            kinds = tuple(sorted(kinds, key=lambda kind: not is_of(shown[0], kind)))
        if spot.is_minimal:
            kinds = tuple(sorted(kinds, key=lambda kind: kind in _CONTAINERS))
        picked = self._choices.pick(spot.path, "type", len(kinds))
        return kinds[picked:] + kinds[:picked]

    def _scalars(self, node: Conjunction, kind: str, spot: Spot) -> tuple[JsonValue, ...]:
        word = next((step for step in reversed(spot.path) if isinstance(step, str)), "text")
        made = scalar_options(node, kind, word, self._space.judge)
        shown = [value for value in shown_options(node, self._space.judge) if is_of(value, kind)]
        return (*shown, *(value for value in made if value not in shown)) if shown else made

    def _scalar(self, options: tuple[JsonValue, ...], node: Conjunction, kind: str, spot: Spot) -> JsonValue:
        seed = self._choices.seed
        if seed and (spot.path, "value") not in self._choices.overrides and draw(seed, spot.path, "far") % 2:
            value = drawn_scalar(node, kind, seed_of(spot.path, seed), self._space.judge)
            if value is not None:
                return value
        return self._one_of(options, spot, "value")

    def _one_of(self, options: tuple[JsonValue, ...], spot: Spot, what: str) -> JsonValue:
        if not options:
            raise DeadEnd(spot.path, "no enumerated value satisfies the rest of the schema")
        return options[self._choices.pick(spot.path, what, len(options))]

    def _container(self, schemas: tuple[Schema, ...], node: Conjunction, kind: str, spot: Spot) -> JsonValue:
        shown = [value for value in shown_options(node, self._space.judge) if is_of(value, kind)]
        picked = self._choices.pick(spot.path, "example", len(shown) + 1)
        if picked < len(shown):
            return shown[picked]
        inner = replace(spot, above=spot.above.union(map(id, node.parts)))
        if kind == "object":
            return self._object(schemas, node, inner)
        return self._array(node, inner)

    def _object(self, schemas: tuple[Schema, ...], node: Conjunction, spot: Spot) -> JsonValue:
        names = self._names(node, spot)
        brought = dependent_schemas(node, names)
        if brought:
            return self.grow(schemas + brought, replace(spot, above=spot.above.difference(map(id, node.parts))))
        needed = set(dependent_names(node, required_names(node)))
        grown: dict[str, JsonValue] = {}
        for name in names:
            try:
                grown[name] = self._property(node, name, spot)
            except DeadEnd:
                if name in needed or len(names) <= node.at_least("minProperties"):
                    raise
        return grown | self._spoiler(node, spot)

    def _spoiler(self, node: Conjunction, spot: Spot) -> dict[str, JsonValue]:
        spoiling = spoilers(node, self._space)
        picked = self._choices.pick(spot.path, SPOILER, len(spoiling) + 1, is_fallback=True)
        return dict(spoiling[picked - 1 : picked])

    def _property(self, node: Conjunction, name: str, spot: Spot) -> JsonValue:
        schemas = property_schemas(node, name, self._space)
        return self.grow(schemas or (True,), replace(spot, path=(*spot.path, name)))

    def _names(self, node: Conjunction, spot: Spot) -> tuple[str, ...]:
        """Return the names of the properties to grow, declared ones first, in their order."""
        declared = declared_names(node)
        required = dependent_names(node, required_names(node))
        needed = set(required)
        optional = [name for name in declared if name not in needed]
        chosen = needed | self._optional(node, optional, spot, is_bare=not required)
        ordered = dict.fromkeys([*(name for name in declared if name in chosen), *required])
        names = dict.fromkeys(dependent_names(node, tuple(ordered)))
        least, most = node.at_least("minProperties"), node.at_most("maxProperties")
        if least > _VALUE_LIMIT:
            raise DeadEnd(spot.path, f"an object has more than {_VALUE_LIMIT} properties")
        names |= dict.fromkeys([name for name in optional if name not in names][: max(least - len(names), 0)])
        extra = self._extra_count(node, spot, is_empty=not declared)
        fresh = (name for name in extra_names(node, self._space) if name not in names)
        names |= dict.fromkeys(tuple(islice(fresh, max(least - len(names), extra))))
        if most is not None and len(names) > most:
            spare = max(most - len(needed), 0)
            kept = needed.union([name for name in names if name not in needed][:spare])
            names = dict.fromkeys(name for name in names if name in kept)
        return tuple(names)

    def _optional(self, node: Conjunction, optional: list[str], spot: Spot, *, is_bare: bool) -> set[str]:
        if not optional:
            return set()
        wanted: set[str] = set()
        match self._choices.pick(spot.path, "properties", 3):
            case 0 if is_bare and not spot.is_minimal:
                wanted = {name for name in optional if self._is_scalar(node, name)}
                wanted = set([name for name in optional if name in wanted][:_SHOWN_OPTIONAL])
            case 1:
                wanted = set(optional)
            case _:
                pass
        flipped = {name for name in optional[:_TOGGLED] if self._choices.pick(spot.path, f"property {name}", 2)}
        return wanted ^ flipped

    def _is_scalar(self, node: Conjunction, name: str) -> bool:
        below = self._space.conjoin(property_schemas(node, name, self._space))
        return is_viable(below) and below.types[0] not in _CONTAINERS and not alternatives(below)

    def _extra_count(self, node: Conjunction, spot: Spot, *, is_empty: bool) -> int:
        if not is_open(node):
            return 0
        counts = (0, 1, 2) if spot.is_minimal or not is_empty else (1, 0, 2)
        return counts[self._choices.pick(spot.path, "extra", 3)]

    def _array(self, node: Conjunction, spot: Spot) -> JsonValue:
        counts = lengths(node, is_minimal=spot.is_minimal)
        if not counts:
            raise DeadEnd(spot.path, "no number of items fits")
        count = counts[self._choices.pick(spot.path, "items", len(counts))]
        if count > _VALUE_LIMIT:
            raise DeadEnd(spot.path, f"an array has more than {_VALUE_LIMIT} items")
        wanted = contained(node)
        items: list[JsonValue] = []
        seen: set[str] = set()
        for index in range(count):
            spare = index - (count - len(wanted))
            schemas = (item_schemas(node, index) or (True,)) + (wanted[spare : spare + 1] if spare >= 0 else ())
            try:
                item = self._item(
                    schemas, replace(spot, path=(*spot.path, index)), seen if has_unique_items(node) else None
                )
            except DeadEnd:
                if index < max(node.at_least("minItems"), len(wanted)) or wanted:
                    raise
                break
            items.append(item)
        return items

    def _item(self, schemas: tuple[Schema, ...], spot: Spot, seen: set[str] | None) -> JsonValue:
        """Return an item that is not in *seen*, and add it there."""
        item = self.grow(schemas, spot)
        if seen is None:
            return item
        for seed in range(1, _UNIQUE_TRIES):
            if identity(item) not in seen:
                break
            other = Growth(self._space, Choices(seed=seed + len(seen) * _UNIQUE_TRIES))
            other.values = self.values
            try:
                item = other.grow(schemas, replace(spot, path=spot.path[-1:]))
            except DeadEnd:
                continue
            finally:
                self.values = other.values
        seen.add(identity(item))
        return item
