"""Channels and operations where they stand, whatever the version, with the messages that each uses."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from apictl.contract.events import Direction
from apictl.findings import Finding, info
from apictl.readers.access import Key, items, key_of, mapping, text
from apictl.readers.asyncapi.kinds import Inventory, Kind, Node, anything
from apictl.readers.asyncapi.messages import messages_in
from apictl.readers.asyncapi.traits import Whole, with_traits
from apictl.readers.asyncapi.version import Version
from apictl.readers.schemas.names import pascal, short_hash


class Perspective(enum.Enum):
    """Whose view a document is written in.

    By the specification a document describes an application: what it sends, and what it receives. Many documents of
    AsyncAPI 2 name what the users of the application do instead.
    """

    SERVICE = "service"
    CLIENT = "client"


ACTIONS: Final = {"publish": Direction.RECEIVE, "subscribe": Direction.SEND}
"""What an application does where others do this (AsyncAPI 2.6, Channel Item Object)."""
_OPPOSITE: Final = {Direction.RECEIVE: Direction.SEND, Direction.SEND: Direction.RECEIVE}


@dataclass(frozen=True, slots=True)
class ChannelSource:
    """A channel of the document.

    Attributes:
        name: key in the document.
        address: None when it is known only at run time.
        node: the channel, behind its references.
        messages: what may be there, each once, behind references.
    """

    name: str
    address: str | None
    node: Node
    messages: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class OperationSource:
    """An operation of the document.

    Attributes:
        id: declared or derived.
        direction: as the service sees it.
        channel: None when it is none of the document's.
        whole: its fields, traits merged in.
        messages: what it sends or receives, behind references; empty when nothing is declared.
        action: as written: `send`, `receive`, `publish` or `subscribe`.
        is_named: whether the document gives the id.
    """

    id: str
    direction: Direction
    channel: ChannelSource | None
    whole: Whole
    messages: tuple[Node, ...]
    action: str
    is_named: bool = True

    @property
    def node(self) -> Node:
        """The operation as written."""
        return self.whole.node


def channel_sources(inventory: Inventory, version: Version) -> list[ChannelSource]:
    """Return the channels in the document's order."""
    return [
        ChannelSource(
            name, _address(name, node, version), node, tuple(_distinct(_on_channel(inventory, node, version)))
        )
        for name in mapping(inventory.root.fields.get("channels"))
        if (node := inventory.child(inventory.root, "channels", name)) is not None and node.kind is Kind.CHANNEL
    ]


def _address(name: str, node: Node, version: Version) -> str | None:
    address = name if version.is_second else node.fields.get("address")
    return address if isinstance(address, str) else None


def _on_channel(inventory: Inventory, node: Node, version: Version) -> Iterator[Node]:
    if version.is_second:
        for action in node.fields:
            operation = inventory.child(node, action) if action in ACTIONS else None
            if operation is not None and isinstance(operation.value, dict):
                yield from _of_second(inventory, operation)
    elif mapping(node.fields.get("messages")):
        for key in mapping(node.fields["messages"]):
            yield from messages_in(inventory, inventory.child(node, "messages", key))
    else:
        yield anything(node)


def _of_second(inventory: Inventory, operation: Node) -> Iterator[Node]:
    if "message" in operation.fields:
        yield from messages_in(inventory, inventory.child(operation, "message"))
    else:
        yield anything(operation)


def operation_sources(
    inventory: Inventory, channels: Sequence[ChannelSource], version: Version, *, perspective: Perspective
) -> list[OperationSource]:
    """Return the operations in the document's order."""
    found = _second(inventory, channels, version) if version.is_second else _third(inventory, channels, version)
    if perspective is Perspective.SERVICE:
        return list(found)
    return [replace(operation, direction=_OPPOSITE[operation.direction]) for operation in found]


def _second(inventory: Inventory, channels: Sequence[ChannelSource], version: Version) -> Iterator[OperationSource]:
    for channel in channels:
        for action in channel.node.fields:
            node = inventory.child(channel.node, action) if action in ACTIONS else None
            if node is None or not isinstance(node.value, dict):
                continue
            whole = with_traits(inventory, node, version)
            messages = tuple(_distinct(_of_second(inventory, node)))
            name = whole.text("operationId")
            yield OperationSource(name, ACTIONS[action], channel, whole, messages, action, is_named=bool(name))


def _third(inventory: Inventory, channels: Sequence[ChannelSource], version: Version) -> Iterator[OperationSource]:
    places = by_place(channels)
    for name in mapping(inventory.root.fields.get("operations")):
        node = inventory.child(inventory.root, "operations", name)
        if node is None or node.kind is not Kind.OPERATION:
            continue
        action = text(node.fields.get("action"))
        channel = channel_of(inventory, places, node)
        listed = tuple(_distinct(_listed(inventory, node)))
        messages = listed if "messages" in node.fields or channel is None else channel.messages
        yield OperationSource(name, Direction(action), channel, with_traits(inventory, node, version), messages, action)


def by_place(channels: Sequence[ChannelSource]) -> dict[Key, ChannelSource]:
    """Return *channels* by what identifies them; the first of several names of one channel."""
    return {key_of(channel.node.place): channel for channel in reversed(channels)}


def channel_of(inventory: Inventory, channels: Mapping[Key, ChannelSource], holder: Node) -> ChannelSource | None:
    """Return the channel of the document, one of *channels*, that the field `channel` of *holder* leads to."""
    target = inventory.child(holder, "channel")
    return None if target is None else channels.get(key_of(target.place))


def reply_messages(inventory: Inventory, reply: Node, channel: ChannelSource | None) -> tuple[Node, ...]:
    """Return the messages that *reply* may be: the listed ones, else all of its channel."""
    if "messages" in reply.fields or channel is None:
        return tuple(_distinct(_listed(inventory, reply)))
    return channel.messages


def _listed(inventory: Inventory, holder: Node) -> Iterator[Node]:
    for index in range(len(items(holder.fields.get("messages")))):
        yield from messages_in(inventory, inventory.child(holder, "messages", index))


def _distinct(nodes: Iterator[Node]) -> Iterator[Node]:
    yield from {key_of(node.place): node for node in nodes}.values()


def with_ids(operations: Sequence[OperationSource]) -> tuple[list[OperationSource], list[Finding]]:
    """Return *operations* with an id each, and a note for each that was derived."""
    taken = Counter(operation.id for operation in operations if operation.is_named)
    wanted = Counter(_derived(operation) for operation in operations if not operation.is_named)
    result: list[OperationSource] = []
    findings: list[Finding] = []
    for operation in operations:
        if operation.is_named:
            result.append(operation)
            continue
        name, channel = _derived(operation), "" if operation.channel is None else operation.channel.name
        if name in taken or wanted[name] > 1:
            name += short_hash(f"{operation.action} {channel}")
        message = f"{operation.action} of channel {channel[:60]!r} has no operationId, {name[:60]!r} is used"
        findings.append(info("operation-id-missing", operation.node.place.key(), message))
        result.append(replace(operation, id=name))
    return result, findings


def _derived(operation: OperationSource) -> str:
    channel = "" if operation.channel is None else operation.channel.name
    return operation.direction.value + pascal(channel)
