"""Schemas of values that a schema refuses: what is sought for a witness, the plainest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from apictl.contract.schema import JsonValue, Schema, as_schema
from apictl.contract.values.conjunction import is_number
from apictl.contract.values.space import Space
from apictl.diff.schemas.difference import Step
from apictl.diff.witnesses.apart import negated, root_value
from apictl.diff.witnesses.contraries import PLAINEST_FIRST, Contrary, local_contraries
from apictl.diff.witnesses.nodes import conjoined_parts, open_parts, schemas_at
from apictl.diff.witnesses.routes import fresh_names, prefix_length, wrapped
from apictl.diff.witnesses.texts import texts_apart

_DEPTH: Final = 3
_INNER_LIMIT: Final = 8
_BRANCH_LIMIT: Final = 40
_PAIR_LIMIT: Final = 8
_VARIANTS: Final = 3
_OF_PRESENCE: Final = frozenset({"required", "dependentRequired"})
_OF_OTHERS: Final = ("additionalProperties", "patternProperties", "unevaluatedProperties")
_SELECTING: Final = frozenset({"type", "enum", "const"})
"""Keywords that most often tell branches apart: their contraries come first."""


class Violations:
    """Finds what a schema refuses, with an eye to what another schema accepts."""

    def __init__(self, space: Space) -> None:
        """Take the *space* of both schemas."""
        self._space = space

    def of(self, refusing: Sequence[Schema], accepting: Sequence[Schema], *, depth: int = _DEPTH) -> Iterator[Contrary]:
        """Yield contraries of *refusing*: of its own keywords first, then of those for parts of the value.

        Names and patterns of *accepting* are tried before others; its values are what is looked for.
        """
        parts = [part for schema in refusing for part in conjoined_parts(self._space, schema)]
        if any(schema is False for schema in refusing):
            yield Contrary("falseSchema", {})
        for part in parts:
            yield from self._of_itself(part, accepting)
        for part in parts:
            yield from self._of_names(part, accepting)
        for part in parts:
            yield from self._of_branches(part, accepting, depth)
        if depth > 0:
            yield from self._inside(parts, accepting, depth - 1)

    def of_each(self, refusing: Sequence[Schema], accepting: Sequence[Schema]) -> Iterator[Contrary]:
        """Yield contraries of what any branch of *refusing* says of the value itself, one branch after the other."""
        for part in open_parts(self._space, refusing):
            yield from self._of_itself(part, accepting)
        for part in open_parts(self._space, refusing):
            yield from self._of_names(part, accepting)

    def of_name(self, refusing: Sequence[Schema], accepting: Sequence[Schema], name: str | int) -> Iterator[Contrary]:
        """Yield contraries of what any branch of *refusing* says of the property *name*'s being there or not."""
        for part in open_parts(self._space, refusing):
            for keyword in sorted(_OF_PRESENCE.intersection(part)):
                yield from (each for each in local_contraries(part, keyword) if each.subject == name)
            yield from (each for each in self._of_names(part, accepting) if each.subject == name)

    def _of_itself(self, part: Mapping[str, JsonValue], accepting: Sequence[Schema]) -> Iterator[Contrary]:
        for keyword in sorted(part, key=lambda keyword: keyword not in _SELECTING):
            yield from local_contraries(part, keyword)
            if keyword == "pattern" and isinstance(part[keyword], str):
                yield from self._of_pattern(str(part[keyword]), accepting)

    def _of_pattern(self, pattern: str, accepting: Sequence[Schema]) -> Iterator[Contrary]:
        said = [part.get("pattern") for part in open_parts(self._space, accepting)]
        known = dict.fromkeys(other for other in said if isinstance(other, str) and other != pattern)
        for accepted in ([list(known)] if len(known) == 1 else [[each] for each in known]) or [[]]:
            texts: list[JsonValue] = [*texts_apart(accepted, pattern, self._space.judge)]
            if texts:
                yield Contrary("pattern", {"type": "string", "enum": texts})

    def _of_names(self, part: Mapping[str, JsonValue], accepting: Sequence[Schema]) -> Iterator[Contrary]:
        """Yield contraries of what *part* says of the names of properties, and of how many items there are."""
        declared = part.get("properties")
        own = declared if isinstance(declared, dict) else {}
        yield from (Contrary("properties", _with(name), name) for name, each in own.items() if each is False)
        for keyword in ("additionalProperties", "unevaluatedProperties"):
            if part.get(keyword) is False:
                others = [name for name in self._declared(accepting) if name not in own]
                names = [*others, *fresh_names(self._space, (*accepting, part))]
                yield from (Contrary(keyword, _with(name), name) for name in names)
        if "propertyNames" in part:
            naming = as_schema(part["propertyNames"])
            for contrary in islice(self.of((naming,), schemas_at(self._space, accepting, Step.KEY)), _INNER_LIMIT):
                yield from (Contrary("propertyNames", _with(name), name) for name in self._texts(contrary.schema))
        for keyword in ("items", "unevaluatedItems"):
            if part.get(keyword) is False:
                length = prefix_length(self._space, (part,))
                yield Contrary(keyword, {"type": "array", "minItems": length + 1})

    def _declared(self, schemas: Sequence[Schema]) -> list[str]:
        maps = [part.get("properties") for part in open_parts(self._space, schemas)]
        return list(
            dict.fromkeys(
                name
                for properties in maps
                if isinstance(properties, dict)
                for name, schema in properties.items()
                if schema is not False
            ),
        )

    def _texts(self, schema: Schema) -> list[str]:
        """Return a few texts that *schema* may allow as names."""
        named = schema.get("enum") if isinstance(schema, Mapping) else None
        if isinstance(named, list):
            return [name for name in named if isinstance(name, str)][:2]
        return list(fresh_names(self._space, ({"propertyNames": root_value(schema)},)))[:2]

    def _of_branches(
        self,
        part: Mapping[str, JsonValue],
        accepting: Sequence[Schema],
        depth: int,
    ) -> Iterator[Contrary]:
        for keyword in ("anyOf", "oneOf"):
            branches = part.get(keyword)
            if isinstance(branches, list) and len(branches) <= _BRANCH_LIMIT:
                schemas = [as_schema(branch) for branch in branches]
                yield from self._of_all(keyword, schemas, accepting, depth)
                if keyword == "oneOf":
                    yield from _of_two(schemas)
        if "not" in part:
            yield Contrary("not", as_schema(part["not"]))
        if "contains" in part:
            yield from self._of_contains(part, accepting, depth)
        if "if" in part:
            yield from self._of_condition(part, accepting, depth)
        rules = part.get("dependentSchemas")
        for name, schema in rules.items() if isinstance(rules, dict) else ():
            for contrary in islice(self.of((as_schema(schema),), accepting, depth=depth - 1), _INNER_LIMIT):
                yield Contrary(contrary.keyword, _all(_with(name), contrary.schema), name)

    def _of_all(
        self,
        keyword: str,
        branches: list[Schema],
        accepting: Sequence[Schema],
        depth: int,
    ) -> Iterator[Contrary]:
        """Yield schemas of what none of *branches* allows: for each type, a contrary of every branch together."""
        if depth < 0:
            return
        each = [[*islice(self.of((branch,), accepting, depth=min(depth, 1) - 1), _INNER_LIMIT)] for branch in branches]
        for kind in PLAINEST_FIRST:
            fitting = [[other.schema for other in contraries if _may_be(other.schema, kind)] for contraries in each]
            for number in range(min(max(map(len, fitting)), _VARIANTS) if all(fitting) else 0):
                picked = [schemas[min(number, len(schemas) - 1)] for schemas in fitting]
                yield Contrary(keyword, _all({"type": kind}, *picked), kind)

    def _of_condition(
        self,
        part: Mapping[str, JsonValue],
        accepting: Sequence[Schema],
        depth: int,
    ) -> Iterator[Contrary]:
        condition = as_schema(part["if"])
        unmet = negated(condition)
        for keyword, side in (("then", condition), ("else", unmet)):
            if keyword in part and depth >= 0:
                consequence = as_schema(part[keyword])
                for contrary in islice(self.of((consequence,), accepting, depth=depth - 1), _INNER_LIMIT):
                    yield Contrary("if", _all(side, contrary.schema))

    def _of_contains(
        self,
        part: Mapping[str, JsonValue],
        accepting: Sequence[Schema],
        depth: int,
    ) -> Iterator[Contrary]:
        wanted, most = as_schema(part["contains"]), part.get("maxContains")
        if is_number(most) and most < _PAIR_LIMIT:
            yield Contrary("contains", {"type": "array", "minItems": int(most) + 1, "items": root_value(wanted)})
        least = part.get("minContains", 1)
        if least == 0 or depth < 0:
            return
        yield Contrary("contains", {"type": "array", "maxItems": int(least) - 1 if is_number(least) else 0})
        items = schemas_at(self._space, accepting, Step.ITEM)
        for contrary in islice(self.of((wanted,), items, depth=depth - 1), _INNER_LIMIT):
            yield Contrary("contains", {"type": "array", "minItems": 1, "items": root_value(contrary.schema)})

    def _inside(
        self,
        parts: Sequence[Mapping[str, JsonValue]],
        accepting: Sequence[Schema],
        depth: int,
    ) -> Iterator[Contrary]:
        """Yield contraries for the parts of a value, a few of each part."""
        walks = [
            islice(self._at(part, accepting, step, depth), _INNER_LIMIT) for part in parts for step in self._steps(part)
        ]
        for _ in range(_INNER_LIMIT):
            for walk in walks:
                yield from islice(walk, 1)

    def _at(
        self,
        part: Mapping[str, JsonValue],
        accepting: Sequence[Schema],
        step: str | int,
        depth: int,
    ) -> Iterator[Contrary]:
        refusing, others = schemas_at(self._space, (_own(part),), step), schemas_at(self._space, accepting, step)
        for contrary in self.of(refusing, others, depth=depth):
            yield Contrary(contrary.keyword, wrapped((step,), contrary.schema), contrary.subject)

    def _steps(self, part: Mapping[str, JsonValue]) -> Iterator[str | int]:
        properties = part.get("properties")
        yield from (
            (name for name, schema in properties.items() if schema is not True) if isinstance(properties, dict) else ()
        )
        if any(isinstance(part.get(keyword), dict) for keyword in _OF_OTHERS):
            yield from fresh_names(self._space, (_own(part),))[:1]
        prefix = part.get("prefixItems")
        yield from range(len(prefix)) if isinstance(prefix, list) else ()
        if any(isinstance(part.get(keyword), dict) for keyword in ("items", "unevaluatedItems")):
            yield prefix_length(self._space, (_own(part),))


def _may_be(schema: Schema, kind: str) -> bool:
    """Whether *schema*, a contrary, may be about values of the type *kind*."""
    said = schema.get("type") if isinstance(schema, Mapping) else None
    return said is None or said == kind


def _own(part: Mapping[str, JsonValue]) -> Schema:
    """Return *part* without the schemas that it joins."""
    return {keyword: said for keyword, said in part.items() if keyword not in {"allOf", "anyOf", "oneOf", "$ref"}}


def _of_two(branches: list[Schema]) -> Iterator[Contrary]:
    """Yield schemas of what two *branches* of `oneOf` allow."""
    pairs = ((one, other) for number, other in enumerate(branches) for one in branches[:number])
    yield from (Contrary("oneOf", _all(one, other)) for one, other in islice(pairs, _PAIR_LIMIT))


def _all(*schemas: Schema) -> Schema:
    return {"allOf": [root_value(schema) for schema in schemas]}


def _with(name: str) -> Schema:
    return {"type": "object", "required": [name]}
