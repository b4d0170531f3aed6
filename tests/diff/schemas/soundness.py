"""Looks for a value that contradicts a proof: `python -m tests.diff.schemas.soundness --pairs 2000 --samples 200`."""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import TypeAlias

import jsonschema_rs
from jsonschema import Draft202012Validator  # type: ignore[import-untyped] # ships no types

from apictl.contract.definition import Definition
from apictl.contract.samples import Sampler, Unsatisfiable
from apictl.contract.schema import JsonValue
from apictl.diff.law import Effect
from apictl.diff.schemas.comparison import SchemaComparison
from apictl.diff.schemas.difference import SchemaAt, SchemaDifference
from apictl.findings import Place
from tests.diff.schemas.schema_pairs import NAMES, VALUES, SchemaPair, Tree, random_pair

Judges: TypeAlias = tuple[Callable[[JsonValue], bool], Callable[[JsonValue], bool]]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A value that one side allows and the other refuses, though the comparison says that there is none."""

    value: JsonValue
    effect: Effect


def differences(pair: SchemaPair) -> tuple[SchemaDifference, ...]:
    """Return what the comparison says about *pair*."""
    comparison = SchemaComparison(defined(pair.old_definitions, "old"), defined(pair.new_definitions, "new"))
    return comparison.differences(
        SchemaAt(pair.old, Place("old", "/schema")), SchemaAt(pair.new, Place("new", "/schema"))
    )


def defined(schemas: dict[str, Tree], path: str) -> dict[str, Definition]:
    """Return *schemas* as definitions of a contract in the file *path*."""
    return {name: Definition(name, schema, Place(path, f"/$defs/{name}")) for name, schema in schemas.items()}


def contradictions(pair: SchemaPair, told: tuple[SchemaDifference, ...], samples: int) -> Iterator[Contradiction]:
    """Yield values that contradict what was *told* of *pair*."""
    effects = {difference.effect for difference in told}
    olds, news = judges(pair.old, pair.old_definitions), judges(pair.new, pair.new_definitions)
    if not effects & {Effect.NARROWS, Effect.INCOMPARABLE}:
        for value in values_of(pair.old, pair.old_definitions, samples):
            if disagree(value, olds, news):
                yield Contradiction(value, Effect.NARROWS)
    if not effects & {Effect.WIDENS, Effect.INCOMPARABLE}:
        for value in values_of(pair.new, pair.new_definitions, samples):
            if disagree(value, news, olds):
                yield Contradiction(value, Effect.WIDENS)


def disagree(value: JsonValue, allowing: Judges, refusing: Judges) -> bool:
    """Whether *allowing* allows *value* and *refusing* refuses it, as both validators say."""
    if not allowing[0](value) or refusing[0](value):
        return False
    return allowing[1](value) and not refusing[1](value)


def judges(schema: Tree, definitions: dict[str, Tree]) -> Judges:
    """Return two validators of independent origin, the fast one first."""
    document = {**schema, "$defs": definitions}
    rust = jsonschema_rs.Draft202012Validator(document, validate_formats=True)
    python = Draft202012Validator(document, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return rust.is_valid, python.is_valid


def values_of(schema: Tree, definitions: dict[str, Tree], count: int) -> Iterator[JsonValue]:
    """Yield samples of *schema*, then values of any kind."""
    with contextlib.suppress(Unsatisfiable):
        yield from Sampler(definitions).samples(schema, count=count // 8)
    random = Random(count)
    for _ in range(count):
        yield any_value(random, 3)


def any_value(random: Random, depth: int) -> JsonValue:
    """Return a value of the vocabulary that the random schemas speak."""
    pick = random.random()
    if depth <= 0 or pick < 0.4:
        return random.choice(VALUES)
    if pick < 0.5:
        return [any_value(random, depth - 1) for _ in range(random.randint(0, 3))]
    return {name: any_value(random, depth - 1) for name in random.sample(NAMES, random.randint(0, 4))}


def main() -> int:
    """Run the search; 1 when something contradicts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=2000)
    parser.add_argument("--samples", type=int, default=200)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    options = parser.parse_args()
    verdicts: Counter[str] = Counter()
    failures = 0
    for seed in range(options.first, options.first + options.pairs):
        pair = random_pair(seed)
        try:
            told = differences(pair)
            found = next(contradictions(pair, told, options.samples), None)
        except RecursionError:  # a schema that means itself: judges don't end
            verdicts["endless"] += 1
            continue
        verdicts["+".join(sorted({each.effect.value for each in told})) or "equal"] += 1
        if found is not None:
            failures += 1
            sys.stdout.write(f"seed {seed}: {found}\n  {pair}\n")
    sys.stdout.write(f"{dict(verdicts)}, {failures} contradicted\n")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
