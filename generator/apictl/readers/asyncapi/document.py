"""A document of AsyncAPI as a whole: what stands where, before schemas have names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from apictl.findings import Finding, info
from apictl.readers.access import Key, key_of, mapping
from apictl.readers.asyncapi.bindings import Bindings
from apictl.readers.asyncapi.kinds import Inventory, Kind, Node
from apictl.readers.asyncapi.messages import MessageSource, Sighting, made_name, message_sources
from apictl.readers.asyncapi.outline import (
    ChannelSource,
    OperationSource,
    Perspective,
    by_place,
    channel_of,
    channel_sources,
    operation_sources,
    reply_messages,
    with_ids,
)
from apictl.readers.asyncapi.schema_sources import SchemaSource
from apictl.readers.asyncapi.schemas import Schemas, read_schemas
from apictl.readers.asyncapi.version import Version
from apictl.readers.schemas.graph import SchemaNode
from apictl.readers.schemas.names import pascal


@dataclass(frozen=True, slots=True)
class AsyncDocument:
    """A document whose structure is right.

    Attributes:
        inventory: its objects.
        version: that it is written in.
        perspective: that it is read in.
        channels: in the document's order.
        places: the channels by what identifies them.
        operations: in the document's order, each with an id.
        messages: by what identifies them, in order of first sight.
        schemas: of all languages.
        bindings: of all protocols.
    """

    inventory: Inventory
    version: Version
    perspective: Perspective
    channels: tuple[ChannelSource, ...]
    places: Mapping[Key, ChannelSource]
    operations: tuple[OperationSource, ...]
    messages: Mapping[Key, MessageSource]
    schemas: Schemas
    bindings: Bindings

    def channel_of(self, holder: Node) -> ChannelSource | None:
        """Return the channel of the document that the field `channel` of *holder* leads to."""
        return channel_of(self.inventory, self.places, holder)

    def schema_of(self, source: SchemaSource) -> SchemaNode:
        """Return the schema of *source* in JSON Schema, whatever it is written in."""
        node = self.schemas.graph.schemas.get(key_of(source.part.place))
        return SchemaNode(source.part.place, source.part.value) if node is None else node

    def names(self, nodes: Sequence[Node]) -> tuple[str, ...]:
        """Return the names of messages."""
        return tuple(self.messages[key_of(node.place)].name for node in nodes)


def outline(bindings: Bindings, version: Version, *, perspective: Perspective) -> tuple[AsyncDocument, list[Finding]]:
    """Return the document that *bindings* are of, and notes about names."""
    inventory = bindings.inventory
    channels = channel_sources(inventory, version)
    operations, notes = with_ids(operation_sources(inventory, channels, version, perspective=perspective))
    notes += [
        info("message-undeclared", operation.node.place.key(), f"{operation.id[:80]!r} declares no message")
        for operation in operations
        if any(inventory.nodes[key_of(node.place)].kind is not Kind.MESSAGE for node in operation.messages)
    ]
    sightings = [*_sightings(inventory, channels, operations)]
    messages, clashes = message_sources(inventory, sightings, version)
    schemas = read_schemas(inventory, messages.values())
    whole = AsyncDocument(
        inventory,
        version,
        perspective,
        tuple(channels),
        by_place(channels),
        tuple(operations),
        messages,
        schemas,
        bindings,
    )
    return whole, [*notes, *clashes]


def _sightings(
    inventory: Inventory, channels: Sequence[ChannelSource], operations: Sequence[OperationSource]
) -> Iterator[Sighting]:
    places = by_place(channels)
    for channel in channels:
        keys = _keys(inventory, channel)
        for node in channel.messages:
            made = keys.get(key_of(node.place))
            yield Sighting(node, pascal(channel.name) + pascal(made) if made else made_name(channel.name, node))
    for operation in operations:
        reply = inventory.child(operation.node, "reply")
        reply_nodes = () if reply is None else reply_messages(inventory, reply, channel_of(inventory, places, reply))
        for node in (*operation.messages, *reply_nodes):
            yield Sighting(node, made_name(operation.id, node))


def _keys(inventory: Inventory, channel: ChannelSource) -> dict[Key, str]:
    """The keys of a channel's messages, which AsyncAPI 3 has."""
    result: dict[Key, str] = {}
    for key in mapping(channel.node.fields.get("messages")):
        node = inventory.child(channel.node, "messages", key)
        if node is not None:
            result.setdefault(key_of(node.place), key)
    return result
