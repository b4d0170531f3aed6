"""The objects of an AsyncAPI document and of the files it reaches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from apictl.contract.events import PayloadFormat
from apictl.contract.schema import JsonValue
from apictl.findings import Finding, Place
from apictl.readers.access import items, mapping, text
from apictl.readers.asyncapi.formats import Format, format_of
from apictl.readers.asyncapi.kinds import HANDSHAKE, REFERABLE, SECOND, SECTIONS, THIRD, Inventory, Kind, Node
from apictl.readers.asyncapi.version import Version
from apictl.readers.fields import objects_in
from apictl.readers.inventory import Child, Grammar, walk_document
from apictl.readers.schemas.keywords import subschemas
from apictl.source.library import Library

_KINDS = {
    PayloadFormat.JSON_SCHEMA: Kind.SCHEMA,
    PayloadFormat.AVRO: Kind.AVRO_SCHEMA,
    PayloadFormat.PROTOBUF: Kind.PROTOBUF_SCHEMA,
    None: Kind.FOREIGN_SCHEMA,
}


def take_inventory(library: Library, root: Place, tree: JsonValue, *, version: Version) -> Inventory:
    """Walk the document at *root* and everything it refers to."""
    return walk_document(library, root, tree, grammar_of(library, version))


def grammar_of(library: Library, version: Version) -> Grammar[Kind]:
    """Return what stands where in documents of *version*; traits are looked up in *library*."""
    return Grammar(Kind.DOCUMENT, Kind.SCHEMA, SECTIONS, REFERABLE, _Below(library, version))


def is_formatted(value: JsonValue) -> bool:
    """Whether *value* names the format of the schema it holds (AsyncAPI 3.0, Multi Format Schema Object)."""
    fields = mapping(value)
    return "schema" in fields and isinstance(fields.get("schemaFormat"), str)


@dataclass(frozen=True, slots=True)
class _Below:
    """What stands below an object."""

    library: Library
    version: Version

    def __call__(self, node: Node) -> Iterator[Child[Kind]]:
        if node.kind is Kind.SCHEMA:
            yield from _of_schema(node, self.version)
        else:
            yield from objects_in((SECOND if self.version.is_second else THIRD).get(node.kind, {}), node.fields)
        kafka = mapping(node.fields.get("kafka"))
        if node.kind is Kind.MESSAGE_BINDINGS and "key" in kafka:
            yield ("kafka", "key"), Kind.SCHEMA, kafka["key"]
        if node.kind is Kind.CHANNEL_BINDINGS:
            handshake = mapping(node.fields.get("ws"))
            yield from ((("ws", name), Kind.SCHEMA, handshake[name]) for name in HANDSHAKE if name in handshake)
        if node.kind is Kind.MESSAGE and self.version.is_second and "payload" in node.fields:
            yield ("payload",), _KINDS[self._format(node).language], node.fields["payload"]

    def _format(self, message: Node) -> Format:
        """The format of the payload of a message of AsyncAPI 2, which a trait may name, too: the last one wins."""
        written = text(message.fields.get("schemaFormat"))
        for index, trait in enumerate(items(message.fields.get("traits"))):
            target = self.library.follow(message.place.child("traits", index), trait)
            if not isinstance(target, Finding):
                written = text(mapping(target.node).get("schemaFormat")) or written
        return format_of(written)


def _of_schema(node: Node, version: Version) -> Iterator[Child[Kind]]:
    if is_formatted(node.value) and not version.is_second:
        yield ("schema",), _KINDS[format_of(text(node.fields["schemaFormat"])).language], node.fields["schema"]
    else:
        for tokens, value in subschemas(node.fields):
            yield tokens, Kind.SCHEMA, value
