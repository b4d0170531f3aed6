"""Values led out of all alternatives that still allow them: what one branch refuses, another one often lets in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from apictl.contract.schema import JsonValue, Schema, as_schema
from apictl.contract.values.judge import Unjudgeable, Validator
from apictl.contract.values.space import Space
from apictl.diff.witnesses.contraries import Contrary
from apictl.diff.witnesses.growing import Grower
from apictl.diff.witnesses.nodes import conjoined_parts
from apictl.diff.witnesses.violations import Violations

_ALTERNATIVE_LIMIT: Final = 120
_CONTRARY_LIMIT: Final = 80
_ROUND_LIMIT: Final = 24
_DEPTH: Final = 2
_ATTEMPTS: Final = 4

_Alternative = tuple[Schema, Validator]


class Escapes:
    """Changes a value, member by member, until none of the alternatives allows it; shared by hunts over one space."""

    def __init__(self, space: Space) -> None:
        """Take the *space* that the alternatives are in."""
        self._space = space
        # By identity, the schemas kept beside.
        self._alternatives: dict[tuple[int, ...], tuple[Sequence[Schema], tuple[_Alternative, ...]]] = {}

    def escaped(
        self,
        value: JsonValue,
        refusing: Sequence[Schema],
        *,
        grower: Grower,
        is_fine: Callable[[JsonValue], bool],
    ) -> JsonValue | None:
        """Return *value* changed so that no alternative of *refusing* allows it, and *is_fine* still holds.

        None when there are no alternatives, or when no such value was found.
        """
        alternatives = self._of(refusing)
        if len(alternatives) < 2:  # noqa: PLR2004 - one alternative is none
            return None
        letting = [each for each in alternatives if each[1].is_valid(value)]
        for _ in range(_ROUND_LIMIT):
            if not letting:
                return value
            nearer = self._nearer(value, letting, grower, is_fine)
            if nearer is None:
                return None
            value, letting = nearer
        return None

    def _nearer(
        self,
        value: JsonValue,
        letting: Sequence[_Alternative],
        grower: Grower,
        is_fine: Callable[[JsonValue], bool],
    ) -> tuple[JsonValue, list[_Alternative]] | None:
        """Return a variation of *value* that fewer of the alternatives let in, with those."""
        schema, _ = letting[0]
        contraries = list(islice(Violations(self._space).of((schema,), (), depth=_DEPTH), _CONTRARY_LIMIT))
        for contrary in sorted(contraries, key=lambda each: _is_bold(each, value)):
            for variation in _variations(value, contrary, grower):
                if is_fine(variation):
                    left = [each for each in letting if each[1].is_valid(variation)]
                    if len(left) < len(letting):
                        return variation, left
        return None

    def _of(self, schemas: Sequence[Schema]) -> tuple[_Alternative, ...]:
        key = tuple(map(id, schemas))
        if key not in self._alternatives:
            leaves = tuple(islice(self._leaves(schemas), _ALTERNATIVE_LIMIT + 1))
            compiled: tuple[_Alternative, ...] = ()
            if 1 < len(leaves) <= _ALTERNATIVE_LIMIT:
                try:
                    compiled = tuple((leaf, self._space.judge.validator(leaf)) for leaf in leaves)
                except Unjudgeable:
                    compiled = ()
            self._alternatives[key] = (schemas, compiled)
        return self._alternatives[key][1]

    def _leaves(self, schemas: Sequence[Schema]) -> Iterator[Schema]:
        """Yield the branches of *schemas*, and theirs, that have no branches themselves."""
        waiting = list(schemas)
        seen: set[int] = set()
        while waiting:
            schema = waiting.pop(0)
            if id(schema) in seen:
                continue
            seen.add(id(schema))
            unions = [
                branches
                for part in conjoined_parts(self._space, schema)
                for keyword in ("anyOf", "oneOf")
                if isinstance(branches := part.get(keyword), list)
            ]
            if not unions:
                yield schema
            waiting[:0] = [as_schema(branch) for branches in unions[:1] for branch in branches]


def _is_bold(contrary: Contrary, value: JsonValue) -> bool:
    """Whether *contrary* wants something of *value* to change, rather than something to be added."""
    names = _named(contrary.schema)
    return not names or not isinstance(value, dict) or any(name in value for name in names)


def _variations(value: JsonValue, contrary: Contrary, grower: Grower) -> Iterator[JsonValue]:
    if contrary.lacking is not None:
        if isinstance(value, dict) and contrary.lacking in value:
            yield {name: each for name, each in value.items() if name != contrary.lacking}
        return
    yield from _with(value, contrary.schema, grower)


def _with(value: JsonValue, wanted: Schema, grower: Grower) -> Iterator[JsonValue]:
    """Yield *value* with the parts that *wanted* asks for, if they can be had; all others stay as they are."""
    names = _named(wanted)
    if not names or not isinstance(value, dict):
        found = grower.grown(wanted, attempts=_ATTEMPTS)
        yield from () if found is None else (found.value,)
        return
    varied = dict(value)
    for name, schema in names.items():
        parts = tuple(_with(value.get(name), schema, grower))
        if not parts:
            return
        varied[name] = parts[0]
    yield varied


def _named(schema: Schema) -> dict[str, Schema]:
    """Return what *schema* wants members to be like, when it speaks of nothing else."""
    if isinstance(schema, bool):
        return {}
    properties, required = schema.get("properties"), schema.get("required")
    if not isinstance(properties, Mapping) or not isinstance(required, list) or set(required) != set(properties):
        return {}
    return {name: as_schema(each) for name, each in properties.items()}
