"""Where each node of a rendition is written, and where each written node is in the rendition."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from apictl.findings import Place
from apictl.readers.access import Key, Tree, key_of
from apictl.readers.openapi.inventory import Inventory, Node
from apictl.readers.openapi.kinds import Kind
from apictl.readers.schemas.names import component_name, short_hash
from apictl.source.tree import encode_fragment

MAX_SCHEMAS: Final = 250_000
"""Of one rendition, where what operations share stands once for each of them that has media types of its own."""


class RenditionTooLarge(Exception):
    """What operations share is used so often that its copies have no end; the place is where that was noticed."""

    def __init__(self, place: Place) -> None:
        """Keep the *place*."""
        super().__init__(place)
        self.place = place


@dataclass(slots=True)
class Addresses:
    """Two-way addresses of one rendition; what has none has the same pointer in both.

    Attributes:
        inventory: the document as written.
        written: by the pointer in the rendition, where it is written.
        rendered: by what identifies a written node, its first pointer in the rendition.
        pending: references whose target may not have been rendered yet, with that target.
        schemas: how many have been rendered.
    """

    inventory: Inventory
    written: dict[str, Place] = field(default_factory=dict)
    rendered: dict[Key, str] = field(default_factory=dict)
    pending: list[tuple[Tree, str, Place]] = field(default_factory=list)
    schemas: int = 0

    @property
    def root(self) -> Place:
        """The document itself."""
        return self.inventory.root.place

    def move(self, to: Place, written: Place) -> None:
        """Remember that *written* stands at *to* in the rendition; what is below follows."""
        if to.path == self.root.path and to != written:
            self.written[to.pointer] = written
        if to != written:
            self.rendered.setdefault(key_of(written), to.pointer)

    def count(self, written: Place) -> None:
        """Count the schema that is written at *written*.

        Raises:
            RenditionTooLarge: it is one more than any contract has.
        """
        self.schemas += 1
        if self.schemas > MAX_SCHEMAS:
            raise RenditionTooLarge(written)

    def refer(self, holder: Tree, at: Place, target: Place) -> None:
        """Let the `$ref` of *holder*, which is rendered in the file of *at*, lead to what is written at *target*."""
        self.pending.append((holder, at.path, target))

    def settle(self) -> None:
        """Write the references."""
        for holder, path, target in self.pending:
            to = self._rendered(target)
            file = "" if to.path == path else posixpath.relpath(to.path, posixpath.dirname(path) or ".")
            holder["$ref"] = f"{file}#{encode_fragment(to.pointer)}"

    def _rendered(self, target: Place) -> Place:
        pointer, rest = target.pointer, ""
        while (found := self.rendered.get((target.path, pointer))) is None:
            above, slash, token = pointer.rpartition("/")
            if not slash:
                return target
            pointer, rest = above, f"/{token}{rest}"
        return Place(self.root.path, found + rest)

    def resolved(self, holder: Node, *tokens: str | int) -> tuple[Node, bool] | None:
        """Return the object below *holder*, behind its references, and whether there is any."""
        node = self.inventory.child(holder, *tokens)
        return None if node is None else (node, key_of(holder.place.child(*tokens)) in self.inventory.links)

    def is_member(self, node: Node, section: str) -> bool:
        """Whether *node* is one of the objects that *section* of the document holds by name."""
        above = self.root.child(section).pointer + "/"
        pointer = node.place.pointer
        return (
            node.place.path == self.root.path and pointer.startswith(above) and "/" not in pointer.removeprefix(above)
        )


def component_names(names: Mapping[str, object]) -> dict[str, str]:
    """Return what each of *names* is called as a component, whose names have fewer characters."""
    taken = {name for name in names if component_name(name) == name}
    result: dict[str, str] = {}
    for name in names:
        word = component_name(name)
        if word != name:
            while word in taken:
                word += short_hash(name)
            taken.add(word)
        result[name] = word
    return result


SECTION_OF: Mapping[Kind, str] = {Kind.PARAMETER: "parameters", Kind.RESPONSE: "responses"}
"""Of the objects that stand below `components` by the same name."""
