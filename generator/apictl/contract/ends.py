"""Ends: what a service sends to an address or receives from one, and whether two of them meet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from apictl.contract.contract import Contract
from apictl.contract.events import Channel, Direction, EventOperation, Events, Message
from apictl.findings import Place

_PARAMETER: Final = re.compile(r"\{[^{}]*\}")
_FAMILIES: Final = {
    "amqps": "amqp",
    "https": "http",
    "ibmmq-secure": "ibmmq",
    "kafka-secure": "kafka",
    "mqtt5": "mqtt",
    "mqtts": "mqtt",
    "rediss": "redis",
    "secure-mqtt": "mqtt",
    "stomps": "stomp",
    "wss": "ws",
}
"""Protocols that are the same one over TLS, or another version of it."""

_Server: TypeAlias = tuple[str, str]
"""Protocol and host, in lower case."""


@dataclass(frozen=True, slots=True, eq=False)
class End:
    """What a service does with messages at one address; equal only to itself.

    Attributes:
        service: whose it is.
        direction: as the service sees it; of a reply the opposite of its request.
        operation: that says so.
        channel: that the messages are on.
        address: that the broker knows, as written; None when it is known only at run time.
        servers: protocol and host of those it is on; empty when nothing is said.
        messages: that the service sends or handles there, in the document's order.
        known: that it declares for the channel besides; what it receives of them it passes over.
        place: of the operation, or of its reply.
        request: the end that this one answers; None of what is no reply.
    """

    service: str
    direction: Direction
    operation: EventOperation
    channel: Channel
    address: str | None
    servers: frozenset[_Server]
    messages: tuple[Message, ...]
    known: tuple[Message, ...]
    place: Place
    request: End | None = None

    @property
    def shape(self) -> str | None:
        """The address with its parameters unnamed."""
        return None if self.address is None else _PARAMETER.sub("{}", self.address)

    @property
    def protocols(self) -> frozenset[str]:
        """What the servers speak; those over TLS by the plain name."""
        return frozenset(protocol_family(protocol) for protocol, _ in self.servers)


def ends_of(service: str, contract: Contract) -> tuple[End, ...]:
    """Return the ends of *service* that *contract* tells of, each reply after its request."""
    return () if contract.events is None else tuple(_ends(service, contract.events))


def meets(sender: End, receiver: End) -> bool:
    """Whether what *sender* sends reaches *receiver*.

    A service that sends and receives at one address talks to itself only by messages of the same name: what else is
    there goes to others, as through a web socket.
    """
    if sender.service == receiver.service and not _names(sender) & _names(receiver):
        return False
    if sender.shape is not None and receiver.shape is not None:
        return is_same_address(sender, receiver)
    if sender.request is None or receiver.request is None:
        return False
    return meets(receiver.request, sender.request)  # whoever asks says where the answer goes


def is_same_address(one: End, other: End) -> bool:
    """Whether both are at one known address, on one broker where both say which."""
    if one.shape is None or one.shape != other.shape:
        return False
    if not one.servers or not other.servers or one.servers & other.servers:
        return True
    return any(_is_same_server(mine, theirs) for mine in one.servers for theirs in other.servers)


def _ends(service: str, events: Events) -> Iterator[End]:
    channels = {channel.name: channel for channel in events.channels}
    servers = {server.name: (server.protocol.lower(), server.host.lower()) for server in events.servers}

    def end(operation: EventOperation, channel: Channel, names: Sequence[str]) -> End:
        listed = channel.servers or tuple(servers)
        return End(
            service=service,
            direction=operation.direction,
            operation=operation,
            channel=channel,
            address=_address(channel),
            servers=frozenset(servers[name] for name in listed if name in servers),
            messages=tuple(events.messages[name] for name in names if name in events.messages),
            known=tuple(events.messages[name] for name in channel.messages if name in set(events.messages) - {*names}),
            place=operation.place,
        )

    for operation in events.operations:
        channel = channels.get(operation.channel)
        if channel is None:
            continue
        asked = end(operation, channel, operation.messages)
        yield asked
        if operation.reply is not None:
            back = channels.get(operation.reply.channel or "")
            nowhere = Channel(name=operation.id, address=None, place=operation.reply.place, servers=channel.servers)
            names = operation.reply.messages or (() if back is None else back.messages)
            yield _answering(end(operation, back or nowhere, names), asked, operation.reply.place)


def _answering(end: End, asked: End, place: Place) -> End:
    is_sent = end.direction is Direction.RECEIVE
    return End(
        service=end.service,
        direction=Direction.SEND if is_sent else Direction.RECEIVE,
        operation=end.operation,
        channel=end.channel,
        address=end.address,
        servers=end.servers,
        messages=end.messages,
        known=end.known,
        place=place,
        request=asked,
    )


def _address(channel: Channel) -> str | None:
    """Return the address that the broker knows: that of Kafka may be called otherwise (Kafka binding, `topic`)."""
    for binding in channel.bindings:
        topic = binding.content.get("topic")
        if binding.protocol == "kafka" and isinstance(topic, str) and topic:
            return topic
    return channel.address


def _names(end: End) -> set[str]:
    return {message.name for message in end.messages}


def protocol_family(protocol: str) -> str:
    """Return the plain name of *protocol*: that of its variant over TLS, or of another version, too."""
    return _FAMILIES.get(protocol, protocol)


def _is_same_server(one: _Server, other: _Server) -> bool:
    """Whether both are one broker: over TLS, or in another version, it listens on another port."""
    if protocol_family(one[0]) != protocol_family(other[0]):
        return False
    return one[1] == other[1] or (one[0] != other[0] and _host(one[1]) == _host(other[1]))


def _host(host: str) -> str:
    name, _, port = host.rpartition(":")
    return name if name and port.isdigit() else host
