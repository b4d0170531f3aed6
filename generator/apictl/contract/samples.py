"""The sampler: JSON values that a schema allows, and values that it refuses; the same ones in every process."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Mapping
from typing import Final

from apictl.contract.schema import JsonValue, Schema
from apictl.contract.values.canonical import canonical_form
from apictl.contract.values.choices import SPOILER, Decision
from apictl.contract.values.conjunction import identity, is_of
from apictl.contract.values.judge import Unjudgeable
from apictl.contract.values.refusals import replaced, steps_away, value_at
from apictl.contract.values.search import Failure, Grown, Search
from apictl.contract.values.space import Space
from apictl.support.pointers import join_pointer

_ATTEMPTS: Final = 250
_VARIATION_ATTEMPTS: Final = 12
_FRUITLESS_LIMIT: Final = 60
_OPTION_LIMIT: Final = 1000
_TEXT_LIMIT: Final = 120
_BASES: Final = 12
_WORK_LIMIT: Final = 40_000
"""Most values begun, parts counted, in one run of `samples`."""


class Unsatisfiable(Exception):
    """No value of a schema was found.

    Attributes:
        path: steps, from the root of the value, to the part that nothing satisfied.
        reason: why, as the judge says.
        is_proved: no value exists; otherwise only none was found.
    """

    def __init__(self, path: tuple[str | int, ...], reason: str, *, is_proved: bool = False) -> None:
        """Keep where and why."""
        where = join_pointer(path)
        state = "no value exists" if is_proved else "no value found"
        super().__init__(f"{state} at {_shortened(where) or 'the root'}: {_shortened(reason)}")
        self.path = path
        self.reason = reason
        self.is_proved = is_proved


class Sampler:
    """Makes values of JSON Schema 2020-12; every one is judged by jsonschema-rs before it leaves.

    What is learnt about a schema is kept for as long as the sampler: make one for a contract, and don't
    change a schema that it has seen.
    """

    def __init__(self, definitions: Mapping[str, Schema]) -> None:
        """Take the *definitions* that `#/$defs/<name>` means (see `definition_reference`)."""
        self._definitions = definitions
        self._space = Space(definitions)
        self._searches: dict[str, Search] = {}

    def is_valid(self, schema: Schema, value: JsonValue) -> bool:
        """Whether *schema* allows *value*.

        Raises:
            Unsatisfiable: *schema* can't be judged by.
        """
        return self._search(schema).is_valid(value)

    def is_meant(self, schema: Schema, value: JsonValue) -> bool:
        """Whether *schema* allows *value*, and speaks of values of its type.

        Raises:
            Unsatisfiable: *schema* can't be judged by.
        """
        return self.is_valid(schema, value) and any(is_of(value, kind) for kind in self._space.conjoin((schema,)).types)

    def sample(self, schema: Schema, *, seed: int = 0) -> JsonValue:
        """Return a value of *schema*: the plainest one, or one that another *seed* decides.

        Raises:
            Unsatisfiable: none was found.
        """
        return self._found(schema, seed).value

    def samples(self, schema: Schema, *, count: int) -> Iterator[JsonValue]:
        """Yield up to *count* values of *schema*, all different, the plainest first.

        Each of the next ones differs from it in one choice (a boundary, a branch, an enumerated value, an
        optional property, null, a number of items), then in several, then at random but always the same.

        Raises:
            Unsatisfiable: none was found.
        """
        if count <= 0:
            return
        seen: set[str] = set()
        for grown in self._variations(schema):
            key = identity(grown.value)
            if key not in seen:
                seen.add(key)
                yield grown.value
                if len(seen) >= count:
                    return

    def invalid(self, schema: Schema, *, count: int) -> Iterator[JsonValue]:
        """Yield up to *count* values that *schema* refuses, all different, each one small step from a valid one.

        Nothing comes of a schema that allows everything.

        Raises:
            Unsatisfiable: no valid value was found to step away from.
        """
        search = self._search(schema)
        seen: set[str] = set()
        for value in _steps(self._bases(schema)):
            if len(seen) >= count:
                return
            key = identity(value)
            if key not in seen and not search.is_valid(value):
                seen.add(key)
                yield value

    def _search(self, schema: Schema) -> Search:
        """Return the search for *schema*; equal schemas share one, so that asking again costs no memory."""
        try:
            key = json.dumps(schema)
            if key not in self._searches:
                self._searches[key] = Search(self._space, schema)
        except (Unjudgeable, TypeError, ValueError, RecursionError) as refusal:
            raise Unsatisfiable((), str(refusal)) from refusal
        return self._searches[key]

    def _found(self, schema: Schema, seed: int) -> Grown:
        search = self._search(schema)
        found = search.find({}, seed=seed, attempts=_ATTEMPTS)
        if isinstance(found, Grown):
            return found
        return self._canonically(schema, search, found)

    def _canonically(self, schema: Schema, search: Search, failure: Failure) -> Grown:
        """Return a value of the canonical form of *schema*, in which contradictions are worked out."""
        form = None if failure.is_costly else canonical_form(schema, self._definitions)
        if form is None or form.is_empty:
            raise Unsatisfiable(failure.path, failure.reason, is_proved=form is not None)
        try:
            found = Search(Space(form.definitions), form.schema).find({}, seed=0, attempts=_ATTEMPTS)
        except Unjudgeable as refusal:
            raise Unsatisfiable(failure.path, failure.reason) from refusal
        if isinstance(found, Grown) and search.is_valid(found.value):
            return found
        raise Unsatisfiable(failure.path, failure.reason)

    def _variations(self, schema: Schema) -> Iterator[Grown]:
        plain = self._found(schema, 0)
        yield plain
        search = self._search(schema)
        limit = search.work + _WORK_LIMIT
        waiting = deque([plain])
        tried = {frozenset(plain.overrides.items())}
        while waiting:
            base = waiting.popleft()
            for decision, option in _deviations(base):
                overrides = {**base.overrides, decision: option}
                key = frozenset(overrides.items())
                if key in tried:
                    continue
                if search.work > limit:
                    return
                tried.add(key)
                found = search.find(overrides, seed=0, attempts=_VARIATION_ATTEMPTS)
                if isinstance(found, Grown):
                    yield found
                    waiting.append(found)
            if len(tried) > _OPTION_LIMIT:
                break
        yield from _at_random(search, limit)

    def _bases(self, schema: Schema) -> list[Grown]:
        bases: list[Grown] = []
        for grown in self._variations(schema):
            bases.append(grown)
            if len(bases) >= _BASES:
                break
        return bases


def _shortened(text: str) -> str:
    return text if len(text) <= _TEXT_LIMIT else text[: _TEXT_LIMIT - 1] + "…"


def _at_random(search: Search, limit: int) -> Iterator[Grown]:
    fruitless, seed = 0, 0
    seen: set[str] = set()
    while fruitless < _FRUITLESS_LIMIT and search.work <= limit:
        seed += 1
        fruitless += 1
        found = search.find({}, seed=seed, attempts=_VARIATION_ATTEMPTS)
        if isinstance(found, Grown) and identity(found.value) not in seen:
            seen.add(identity(found.value))
            fruitless = 0
            yield found


def _deviations(base: Grown) -> Iterator[tuple[Decision, int]]:
    """Yield other options of the decisions of *base*, the first of each before the second of any."""
    trace = {decision: options for decision, options in base.trace.items() if decision[1] != SPOILER}
    rounds = min(max(trace.values(), default=0), _OPTION_LIMIT)
    for option in range(rounds):
        for decision, options in trace.items():
            if option < options and base.overrides.get(decision, 0) != option:
                yield decision, option


def _steps(bases: list[Grown]) -> Iterator[JsonValue]:
    """Yield values one step away from *bases*, a step at each place of the first before a second step at any."""
    for base in bases:
        walks = [(path, steps_away(part, node)) for path, node in base.places for part in value_at(base.value, path)]
        while walks:
            left = []
            for path, walk in walks:
                step = next(walk, base)
                if not isinstance(step, Grown):
                    yield replaced(base.value, path, step)
                    left.append((path, walk))
            walks = left
