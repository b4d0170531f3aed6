"""One document as rules see it: its objects, and what it means where that is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from apictl.contract.contract import Contract
from apictl.findings import Place
from apictl.readers.access import Key, key_of
from apictl.readers.inventory import Inventory, Node
from apictl.readers.language import Language
from apictl.readers.parts import Parts

ValueT = TypeVar("ValueT")


@dataclass(frozen=True, slots=True)
class Scope:
    """A document with the files that it reaches.

    Attributes:
        parts: what it is made of.
        contract: what it means; None when an error keeps that from being known.
        callers: what other documents refer to in this one.
    """

    parts: Parts
    contract: Contract | None = None
    callers: frozenset[Key] = frozenset()
    _known: dict[Callable[[Scope], object], object] = field(default_factory=dict, repr=False, compare=False)

    @property
    def inventory(self) -> Inventory[Any]:
        """Every object of the document and of the files that it reaches."""
        return self.parts.inventory

    @property
    def root(self) -> Node[Any]:
        """The document itself."""
        return self.parts.inventory.root

    @property
    def is_openapi(self) -> bool:
        """Whether it is written in OpenAPI; else it is AsyncAPI."""
        return self.parts.language is Language.OPENAPI

    def version(self) -> str:
        """Return the version of its specification, as written."""
        return str(self.root.fields.get(self.parts.language.key, ""))

    def objects(self, *kinds: object) -> Iterator[Node[Any]]:
        """Yield the objects of *kinds* that are no references, in the order of reading."""
        links = self.inventory.links
        return (node for key, node in self.inventory.nodes.items() if node.kind in kinds and key not in links)

    def child(self, node: Node[Any], *tokens: str | int) -> Node[Any] | None:
        """Return the object that stands below *node*, behind its references; None when there is none."""
        return self.inventory.child(node, *tokens)

    def at(self, place: Place) -> Node[Any] | None:
        """Return the object at *place*."""
        return self.inventory.nodes.get(key_of(place))

    def once(self, question: Callable[[Scope], ValueT]) -> ValueT:
        """Return the answer to *question* about this document, which several rules may ask; it is asked once."""
        if question not in self._known:
            self._known[question] = question(self)
        return cast("ValueT", self._known[question])
