"""Bindings: what is said for one protocol."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

from apictl.contract.bindings import Binding
from apictl.contract.schema import JsonValue
from apictl.findings import Finding, Place
from apictl.readers.access import mapping, reference, text
from apictl.readers.asyncapi.kinds import Inventory, Node
from apictl.readers.asyncapi.traits import Part, field_of, resolved
from apictl.source.library import Library, Target


@dataclass(frozen=True, slots=True)
class Bindings:
    """The bindings of a document.

    Attributes:
        inventory: its objects.
        library: where references lead that stand for a single binding, which the specification does not know.
    """

    inventory: Inventory
    library: Library

    def of(self, holder: Node) -> tuple[Binding, ...]:
        """Return the bindings of *holder*, which has no traits."""
        return self.read(field_of(holder, "bindings"))

    def read(self, part: Part | None) -> tuple[Binding, ...]:
        """Return the bindings that *part*, a Bindings Object or a reference to one, holds."""
        return () if part is None else tuple(self._read(part))

    def _read(self, part: Part) -> Iterator[Binding]:
        place, value = resolved(self.inventory, part)
        for protocol, written in mapping(value).items():
            spot = part.source(place.child(protocol))
            content = self._content(spot, written)
            if isinstance(content, dict) and not protocol.startswith("x-"):
                yield Binding(
                    protocol=protocol,
                    content=MappingProxyType(content),
                    place=spot,
                    version=text(content.get("bindingVersion")),
                )

    def _content(self, place: Place, written: JsonValue) -> JsonValue:
        if reference(written) is None:
            return written
        match self.library.follow(place, written):
            case Target(node=node):
                return node
            case Finding():
                return written

    def lost(self, node: Node) -> Iterator[Finding]:
        """Yield why references that stand for a binding in *node*, a Bindings Object, lead nowhere."""
        for protocol, written in node.fields.items():
            if reference(written) is not None:
                found = self.library.follow(node.place.child(protocol), written)
                if isinstance(found, Finding):
                    yield found


def message_key(inventory: Inventory, part: Part | None) -> Part | None:
    """Return the schema of a message's key, which Kafka has; None when nothing is said."""
    if part is None:
        return None
    place, value = resolved(inventory, part)
    kafka = mapping(mapping(value).get("kafka"))
    return Part(part.source(place.child("kafka", "key")), kafka["key"]) if "key" in kafka else None
