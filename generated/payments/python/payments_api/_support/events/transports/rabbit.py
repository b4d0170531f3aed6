# mypy: disable-error-code="import-not-found"
"""RabbitMQ, through FastStream and aio-pika.

| | on the wire |
| --- | --- |
| address | routing key at a durable topic exchange (AMQP 0-9-1, 3.1.3.3); the queue of that name if nothing is bound |
| group | a durable quorum queue `group.address`, bound with `*` and `#`; `address` for the group "" |
| private | an exclusive queue that goes with the connection |
| message id, content type, correlation id, reply address | properties (FastStream, RabbitMQ, Message) |
| key | header `message-key`; a queue with one consumer keeps the order of all its messages |
| headers | typed; tables, lists and times come as text |
| redeliveries | `x-delivery-count` of quorum queues; of classic ones 1 when `redelivered` is set |
| confirmation | publisher confirms, `mandatory` (FastStream, RabbitMQ, Publishing) |
| acknowledge | `basic.ack`; when the connection closes, what is not acknowledged is queued again at its old place |

What no queue takes is not kept, as nobody has subscribed; dead letters are: a queue of their address is made for them.
"""

from __future__ import annotations

import json
import math
import re
from datetime import datetime
from decimal import Decimal
from typing import Any, Final
from uuid import uuid4

from aio_pika.exceptions import PublishError
from faststream.middlewares import AckPolicy
from faststream.rabbit import Channel, ExchangeType, QueueType, RabbitBroker, RabbitExchange, RabbitQueue

from ..headers import DEAD_LETTER
from ..messages import Delivery, Headers, HeaderValue, Publication
from ..transport import Source
from .faststream import KEY, FastStreamTransport, cargo, common_options, text_of
from .intake import Intake, Limits, Parcel
from .patterns import Wildcards, pattern

_WILDCARDS: Final = Wildcards(".", "*", "#")
_OF_THE_QUEUE: Final = frozenset({KEY, "x-delivery-count", "x-acquired-count"})
_PRIVATE: Final = "private."
_NO_NAME: Final = re.compile(r"[^a-zA-Z0-9-_.:@#,/+ ]")
_DEFAULT: Final = RabbitExchange("")


def connected(url: str, process: str) -> RabbitTransport:  # noqa: ARG001 - queues know no processes
    """Return a transport to *url*, `amqp` or `amqps`, with user, password and virtual host as the scheme has them."""
    return RabbitTransport(url)


class RabbitTransport(FastStreamTransport):
    """A connection to RabbitMQ."""

    def __init__(self, url: str, *, exchange: str = "events", limits: Limits | None = None, **options: Any) -> None:
        """Connect to *url*, with *options* of FastStream's `RabbitBroker`; publish at the topic exchange *exchange*."""
        limits = limits or Limits()
        channel = Channel(prefetch_count=limits.most_at_once, on_return_raises=True)
        settings = {"default_channel": channel, **common_options(), **options}
        super().__init__(RabbitBroker(url, **settings), limits)
        self._exchange = RabbitExchange(exchange, type=ExchangeType.TOPIC, durable=True)

    async def start(self) -> None:
        """Connect, and declare the exchange."""
        await super().start()
        await self._broker.declare_exchange(self._exchange)

    async def publish(self, publication: Publication) -> None:
        """Return when RabbitMQ has confirmed *publication*."""
        try:
            await self._sent(publication, self._exchange)
        except PublishError:
            # Nothing is bound for it: it may be a queue's name, such as the reply address of another client.
            await self._sent_to_queue(publication)

    def private_address(self) -> str:
        """Return the name of a queue that will be this connection's own."""
        return f"{_PRIVATE}{uuid4().hex}"

    async def _sent_to_queue(self, publication: Publication) -> None:
        try:
            await self._sent(publication, _DEFAULT)
        except PublishError:
            if DEAD_LETTER in publication.headers:
                await self._broker.declare_queue(_kept(publication.address))
                await self._sent(publication, _DEFAULT)

    async def _sent(self, publication: Publication, exchange: RabbitExchange) -> None:
        headers: dict[str, Any] = dict(publication.headers)
        if publication.key is not None:
            headers[KEY] = publication.key
        await self._broker.publish(
            cargo(publication),
            exchange=exchange,
            routing_key=publication.address,
            headers=headers,
            reply_to=publication.reply_to,
            correlation_id=publication.correlation_id,
            message_id=publication.message_id,
            mandatory=True,
            persist=True,
        )

    async def _subscribed(self, source: Source, intake: Intake) -> Any:
        async def take(message: Any) -> None:
            incoming = message.raw_message
            await intake.take(Parcel(_delivery(incoming), incoming.ack))

        queue = _queue(source)
        subscriber = self._broker.subscriber(queue, self._exchange, ack_policy=AckPolicy.MANUAL, no_reply=True)
        subscriber(take)
        return subscriber


def _queue(source: Source) -> RabbitQueue:
    key, template = pattern(source.address, _WILDCARDS), source.address.template
    if source.is_private:
        name = template if template.startswith(_PRIVATE) else f"{source.group}.{uuid4().hex}"
        return RabbitQueue(_named(name), routing_key=key, exclusive=True, auto_delete=True, durable=False)
    address = source.address.with_wildcards("+")
    return _kept(_named(f"{source.group}.{address}" if source.group else address), key)


def _named(text: str) -> str:
    """Return *text* as the client library lets queues be called."""
    return _NO_NAME.sub(lambda mark: f":{ord(mark[0]):x}:", text)


def _kept(name: str, routing_key: str = "") -> RabbitQueue:
    return RabbitQueue(name, routing_key=routing_key, durable=True, queue_type=QueueType.QUORUM)


def _delivery(incoming: Any) -> Delivery:
    headers = {name: _value(value) for name, value in incoming.headers.items() if value is not None}
    counted = headers.get("x-delivery-count")
    return Delivery(
        incoming.routing_key or "",
        incoming.body,
        _own(headers),
        text_of(headers.get(KEY)),
        incoming.content_type or "",
        incoming.reply_to or None,
        incoming.correlation_id or None,
        incoming.message_id or None,
        counted if isinstance(counted, int) else int(bool(incoming.redelivered)),
        incoming.timestamp,
    )


def _own(headers: Headers) -> Headers:
    return {name: value for name, value in headers.items() if name not in _OF_THE_QUEUE}


def _value(value: Any) -> HeaderValue:
    """Return *value*, of any type that AMQP's field tables know, as a header."""
    match value:
        case str() | bool() | int():
            return value
        case bytes() | bytearray():
            return bytes(value)
        case float() if math.isfinite(value):
            return value
        case Decimal():
            return str(value)
        case datetime():
            return value.isoformat()
        case _:
            return json.dumps(value, default=str)
