"""What a broker must do for events to work over it; everything above knows this page and no broker.

A transport keeps three promises:

1. A delivery is acknowledged when its handler has returned, and only then. When the handler raises, or never returns
   because the process died, the delivery comes again, with `redeliveries` counted where the broker can.
2. Handlers are called in the order of the broker, and may be called while earlier calls still run. Who acknowledges
   by position (Kafka) may then only go as far as the earliest delivery that is not finished.
3. `publish` returns when the broker has confirmed that it keeps the message, and raises otherwise.

Dead letters need no promise: they are ordinary publications, sent before the delivery is acknowledged.

How brokers keep them, with FastStream's subscribers in `AckPolicy.MANUAL`, so that nothing is acknowledged behind the
receiver's back:

| | acknowledge; redeliver | key | headers | correlation id, content type, reply address | private address |
| --- | --- | --- | --- | --- | --- |
| Kafka | commit the lowest finished offset; seek back | record key | bytes | headers | topic of the process |
| RabbitMQ | ack; nack with requeue | header, routing key | typed | properties of the message | exclusive queue |
| NATS JetStream | ack; nak, with a delay | header | texts | headers (core NATS: reply subject) | `_INBOX` subject |
| Redis streams | XACK; stays pending, XAUTOCLAIM | header | in an envelope | in the envelope | list or channel |
| MQTT 5, QoS 1 | ack; a new session gets it again | user property | texts | properties | topic |
| WebSocket | nothing to acknowledge | none | none | in the payload | the connection |

Kafka's `acks=all`, RabbitMQ's publisher confirms (on by default in aio-pika), JetStream's PubAck, XADD's reply and
MQTT's PUBACK are confirmations; core NATS, Redis channels and QoS 0 have none and can lose messages. `REJECT_ON_ERROR`
and, on Kafka, the default `ACK_FIRST` acknowledge what failed. Where a broker has no nack (MQTT, Redis), a transport
calls the handler again itself, after a pause. FastStream's Kafka parser decodes headers as UTF-8 and fails on others;
a parser of one's own keeps them as bytes. FastStream makes up a correlation id where none is given, and clients add
headers of their own (`Nats-Expected-Stream`): a transport takes off what no sender has said.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self, TypeAlias

from .addresses import Address
from .messages import Delivery, Publication

Handler: TypeAlias = "Callable[[Delivery], Awaitable[None]]"
"""Returns to acknowledge; raises to have the delivery again."""


@dataclass(frozen=True, slots=True)
class Source:
    """What to subscribe to.

    Attributes:
        address: all addresses that it matches.
        group: of processes that share the messages: each goes to one of them (consumer group, queue, shared
            subscription), and those that come while none of them runs are kept.
        is_private: whether only this process reads, and nothing is kept when it is gone.
    """

    address: Address
    group: str
    is_private: bool = False


class Subscription(Protocol):
    """A subscription that is running."""

    async def cancel(self) -> None:
        """Take no more deliveries; those whose handlers run are still acknowledged when they return."""
        ...


class Outlet(Protocol):
    """Where publications go: a transport, or an outbox within a transaction."""

    async def publish(self, publication: Publication) -> None:
        """Return when *publication* is safe.

        Raises:
            ValueError: it can never be kept: there is no such address at the broker, or it takes no such header.
            Exception: it may not be kept now.
        """
        ...


class Transport(Outlet, Protocol):
    """A connection to a broker; entered as a context it is started, and stopped in the end."""

    async def start(self) -> None:
        """Connect."""
        ...

    async def stop(self) -> None:
        """Disconnect; deliveries whose handlers still run are given back."""
        ...

    async def subscribe(self, source: Source, handler: Handler) -> Subscription:
        """Call *handler* with every delivery of *source* from now on."""
        ...

    def private_address(self) -> str:
        """Return an address that nobody else reads, for replies; it works once it is subscribed to."""
        ...

    async def __aenter__(self) -> Self: ...

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
