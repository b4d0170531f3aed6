"""Schemas reduced to what they judge: equal content is one node, whatever the text and the names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from apictl.contract.schema import JsonValue

ATOMS: Final = frozenset({"null", "boolean", "object", "array", "string", "integer", "fraction"})
"""Types that no value shares: a number is an integer or a fraction."""

NUMBERS: Final = frozenset({"integer", "fraction"})

LEAST: Final = frozenset({"minLength", "minItems", "minProperties", "minContains"})
"""Keywords that are lower limits of a count."""

MOST: Final = frozenset({"maxLength", "maxItems", "maxProperties", "maxContains"})
"""Keywords that are upper limits of a count."""

BOUNDS: Final = frozenset({"minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"})

TEXT: Final = frozenset({"minLength", "maxLength", "pattern", "format"})

HINTS: Final = frozenset({"password"})
"""Formats that say nothing about values."""


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """The judging content of a schema; two nodes of one universe are equal only when they are the same object.

    Attributes:
        number: of the node in its universe.
        plain: keywords whose value holds no schema, normalised: `type` is a sorted list of atoms, `const` is an `enum`.
        single: keywords whose value is a schema.
        listed: keywords whose value is an array of schemas; alternatives are sorted.
        named: keywords whose value is an object of schemas.
        recursive: the class of a definition that leads back to itself, which this node refers to; else None.
        is_false: no value is allowed.
    """

    number: int
    plain: Mapping[str, JsonValue] = field(default_factory=lambda: MappingProxyType({}))
    single: Mapping[str, Node] = field(default_factory=lambda: MappingProxyType({}))
    listed: Mapping[str, tuple[Node, ...]] = field(default_factory=lambda: MappingProxyType({}))
    named: Mapping[str, Mapping[str, Node]] = field(default_factory=lambda: MappingProxyType({}))
    recursive: int | None = None
    is_false: bool = False

    @property
    def is_true(self) -> bool:
        """Whether the node says nothing."""
        return self.recursive is None and not (self.is_false or self.plain or self.single or self.listed or self.named)

    def has(self, keyword: str) -> bool:
        """Whether *keyword* is part of the content."""
        return keyword in self.plain or keyword in self.single or keyword in self.listed or keyword in self.named

    def keywords(self) -> Iterator[str]:
        """Yield the keywords of the content."""
        yield from self.plain
        yield from self.single
        yield from self.listed
        yield from self.named

    def children(self) -> Iterator[Node]:
        """Yield the nodes directly below this one."""
        yield from self.single.values()
        for nodes in self.listed.values():
            yield from nodes
        for named in self.named.values():
            yield from named.values()


TRUE: Final = Node(0)
"""Says nothing."""

FALSE: Final = Node(1, is_false=True)
"""Allows nothing."""
