"""What a broker carries: a `Delivery` comes in, a `Publication` goes out; both are bytes that nobody has judged."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Final, TypeAlias

HeaderValue: TypeAlias = "str | bytes | int | float | bool"
"""A header as the broker has it: AMQP knows types, Kafka bytes, NATS and MQTT texts. Outgoing ones are never bytes,
unless they pass on what came in; a transport whose broker has only texts writes `header_text`."""

Headers: TypeAlias = "Mapping[str, HeaderValue]"

_NOTHING: Final[Headers] = MappingProxyType({})


def no_headers() -> Headers:
    """Return no headers."""
    return _NOTHING


@dataclass(frozen=True, slots=True)
class Publication:
    """A message on its way out.

    Attributes:
        address: channel, topic, queue or subject; no parameter is left in it.
        body: as it goes over the wire.
        headers: of the application; a transport adds what it needs to carry the fields below.
        key: messages of one address and key stay in order; None when the order does not matter.
        content_type: media type of the body; "" when nothing is said.
        reply_to: address that a reply goes to.
        correlation_id: joins a reply to its request.
        message_id: the same for every copy of this message.
    """

    address: str
    body: bytes
    headers: Headers = field(default_factory=no_headers)
    key: str | None = None
    content_type: str = ""
    reply_to: str | None = None
    correlation_id: str | None = None
    message_id: str | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message as it came in.

    Attributes:
        address: concrete, whatever pattern was subscribed to.
        body: as it came over the wire.
        headers: as they came, names included; those that carry the fields below may be among them.
        key: as for a publication.
        content_type: media type of the body; "" when the sender said nothing.
        reply_to: address that a reply is asked for at.
        correlation_id: as the broker carries it.
        message_id: as the broker carries it.
        redeliveries: how often it came before without being acknowledged; 0 when the broker doesn't say.
        timestamp: of its publication, aware.
        connection: address of the connection that it came by, where there is no broker: its reply goes back by it.
    """

    address: str
    body: bytes
    headers: Headers = field(default_factory=no_headers)
    key: str | None = None
    content_type: str = ""
    reply_to: str | None = None
    correlation_id: str | None = None
    message_id: str | None = None
    redeliveries: int = 0
    timestamp: datetime | None = None
    connection: str | None = None


def delivered(publication: Publication, *, redeliveries: int = 0, timestamp: datetime | None = None) -> Delivery:
    """Return *publication* as its receiver sees it."""
    return Delivery(
        publication.address,
        publication.body,
        publication.headers,
        publication.key,
        publication.content_type,
        publication.reply_to,
        publication.correlation_id,
        publication.message_id,
        redeliveries,
        timestamp,
    )


def header_text(value: HeaderValue) -> str:
    """Return *value* as text: a number or boolean as JSON writes it.

    Raises:
        ValueError: bytes that are not UTF-8.
    """
    match value:
        case str():
            return value
        case bytes():
            return value.decode()
        case _:
            return json.dumps(value)
