"""What one contract says about one part of a value: its schemas with their places, opened where that is certain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from apictl.contract.schema import JsonValue, Schema, as_schema
from apictl.diff.schemas.context import Context
from apictl.diff.schemas.node import TRUE, Node
from apictl.diff.schemas.premises import Premises
from apictl.diff.schemas.prover import Prover
from apictl.diff.schemas.universe import Age
from apictl.findings import Place

_PART_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Root:
    """A schema where it stands.

    Attributes:
        schema: with references of its contract.
        place: in its document.
    """

    schema: Schema
    place: Place

    @property
    def key(self) -> tuple[int, str, str]:
        """What tells roots apart: schemas live as long as their contract."""
        return (id(self.schema), self.place.path, self.place.pointer)


Roots: TypeAlias = tuple[Root, ...]
"""Schemas that all hold for the same part of a value."""


@dataclass(frozen=True, slots=True)
class Part:
    """A schema object that certainly holds.

    Attributes:
        schema: as the contract has it.
        place: in its document.
    """

    schema: Mapping[str, JsonValue]
    place: Place

    def members(self, keyword: str) -> Mapping[str, JsonValue]:
        """Return the object of schemas that *keyword* has; empty when there is none."""
        value = self.schema.get(keyword)
        return value if isinstance(value, dict) else {}

    def items(self, keyword: str) -> list[JsonValue]:
        """Return the array that *keyword* has; empty when there is none."""
        value = self.schema.get(keyword)
        return value if isinstance(value, list) else []

    def root(self, *steps: str | int) -> Root:
        """Return the schema at *steps* below this one, at least one of them."""
        value = self.schema[str(steps[0])]
        for step in steps[1:]:
            if isinstance(value, dict):
                value = value[str(step)]
            elif isinstance(value, list) and isinstance(step, int):
                value = value[step]
        return Root(as_schema(value), self.place.child(*steps))


@dataclass(frozen=True, slots=True)
class Union:
    """Alternatives of which more than one is possible.

    Attributes:
        part: that has them.
        keyword: `anyOf` or `oneOf`.
        branches: those that are possible, by their index.
    """

    part: Part
    keyword: str
    branches: tuple[int, ...]

    def branch(self, index: int) -> Root:
        """Return the branch at *index* of the document."""
        return self.part.root(self.keyword, index)


@dataclass(frozen=True, slots=True)
class Aspect:
    """What one contract says about one part of a value.

    Attributes:
        age: of the contract.
        roots: what was asked for.
        nodes: that say the same for proofs, with what else is known of the value.
        parts: schema objects that certainly hold, in the document's order.
        unions: alternatives that are open.
        place: of what says most.
    """

    age: Age
    roots: Roots
    nodes: tuple[Node, ...]
    parts: tuple[Part, ...]
    unions: tuple[Union, ...]
    place: Place

    def having(self, keyword: str) -> Iterator[Part]:
        """Yield the parts that have *keyword*."""
        return (part for part in self.parts if keyword in part.schema)

    def spot(self, keyword: str) -> Place:
        """Return where *keyword* is said, or would be."""
        return next((part.place.child(keyword) for part in self.having(keyword)), self.place)


class Opener:
    """Opens schemas: references, `allOf`, and alternatives of which only one is possible."""

    def __init__(self, context: Context, prover: Prover) -> None:
        """Take what knows the contracts, and what proves that a branch is impossible."""
        self.context = context
        self.prover = prover

    def nodes(self, roots: Roots, age: Age) -> tuple[Node, ...]:
        """Return *roots* as nodes."""
        return tuple(self.context.universe.node(root.schema, age) for root in roots)

    def premises(self, aspect: Aspect) -> Premises:
        """Return what is known of the value that *aspect* is about."""
        return self.context.premises(aspect.nodes)

    def open(self, roots: Roots, age: Age, known: tuple[Node, ...] = ()) -> Aspect:
        """Return the aspect of *roots*, for values that all *known* nodes allow."""
        nodes = (*self.nodes(roots, age), *(node for node in known if node is not TRUE))
        parts: list[Part] = []
        seen: set[int] = set()
        self._flatten(list(roots), age, parts=parts, seen=seen)
        unions: list[Union] = []
        index = 0
        while index < len(parts) <= _PART_LIMIT:
            part = parts[index]
            index += 1
            for keyword in ("anyOf", "oneOf"):
                if keyword not in part.schema:
                    continue
                union = self._union(part, keyword, nodes, age)
                if len(union.branches) == 1:
                    branch = union.branch(union.branches[0])
                    nodes = (*nodes, *self.nodes((branch,), age))
                    self._flatten([branch], age, parts=parts, seen=seen)
                else:
                    unions.append(union)
        place = _main_place(parts, roots)
        return Aspect(age, roots, nodes, tuple(parts), tuple(unions), place)

    def flat(self, roots: Roots, age: Age) -> Aspect:
        """Return the aspect of *roots* with nothing proved: alternatives are not looked into."""
        parts: list[Part] = []
        self._flatten(list(roots), age, parts=parts, seen=set())
        return Aspect(age, roots, self.nodes(roots, age), tuple(parts), (), _main_place(parts, roots))

    def _union(self, part: Part, keyword: str, nodes: tuple[Node, ...], age: Age) -> Union:
        possible = []
        for index in range(len(part.items(keyword))):
            node = self.nodes((part.root(keyword, index),), age)
            if not self.prover.is_empty((*nodes, *node)):
                possible.append(index)
        return Union(part, keyword, tuple(possible))

    def _flatten(self, waiting: list[Root], age: Age, *, parts: list[Part], seen: set[int]) -> None:
        waiting.reverse()
        while waiting and len(parts) <= _PART_LIMIT:
            root = waiting.pop()
            if isinstance(root.schema, bool) or id(root.schema) in seen:
                continue
            seen.add(id(root.schema))
            part = Part(root.schema, root.place)
            parts.append(part)
            waiting.extend(part.root("allOf", index) for index in reversed(range(len(part.items("allOf")))))
            if "$ref" in root.schema:
                waiting.append(Root(*self.context.universe.target(root.schema["$ref"], age)))


def _main_place(parts: list[Part], roots: Roots) -> Place:
    for part in parts:
        if "type" in part.schema or "properties" in part.schema:
            return part.place
    speaking = [part.place for part in parts if not part.schema.keys() <= {"$ref", "description", "title"}]
    return speaking[0] if speaking else roots[0].place if roots else Place("")
