# mypy: disable-error-code="import-not-found, import-untyped"
"""Kafka, through FastStream and aiokafka.

| | on the wire |
| --- | --- |
| address | topic; one with parameters is a regular expression over the topics that there are |
| group | consumer group `group.address`; a new one begins with the earliest record, so that none is lost meanwhile |
| private | a topic of the process, read without a group |
| key | record key: one partition, in order (Kafka, 4.3, The Producer) |
| headers | bytes; of a repeated name the last one (FastStream's own parser fails where they are no UTF-8) |
| message id, correlation id | headers `message_id`, `correlation_id` (FastStream, Kafka, Message) |
| content type, reply address | headers `content-type`, `reply_to` |
| redeliveries | Kafka counts none: those within this process |
| confirmation | `acks=all` with an idempotent producer |
| acknowledge | the offset after the earliest records that are all done is committed |

FastStream's own `ack()` would commit whatever was fetched. Each channel has a group of its own, because in a shared one
every channel that is subscribed to stops the others for a rebalance; `group_id` names them otherwise. In a rebalance
what runs is finished first; what can't be committed any more is done again by whoever has the partition then.

A URL is `kafka://host:9092,host:9092`. With a user and password it signs in by SASL: PLAIN, or what `?sasl=` says
(`scram-sha-256`, `scram-sha-512`). `kafka+ssl://` encrypts, with the authorities that the system trusts.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final
from uuid import uuid4

from aiokafka import ConsumerRebalanceListener, TopicPartition
from faststream.kafka import KafkaBroker
from faststream.middlewares import AckPolicy
from faststream.security import BaseSecurity, SASLPlaintext, SASLScram256, SASLScram512

from ..messages import Delivery, Headers, HeaderValue, Publication, header_text
from ..transport import Source
from .faststream import FastStreamTransport, cargo, common_options, from_milliseconds, text_of, within
from .intake import Intake, Limits, Parcel, Row
from .locators import Locator, locator

_TOPIC: Final = re.compile(r"[a-zA-Z0-9._-]{1,249}")
_MOST_DRAIN_SECONDS: Final = 10.0
_MECHANISMS: Final = MappingProxyType(
    {"plain": SASLPlaintext, "scram-sha-256": SASLScram256, "scram-sha-512": SASLScram512}
)


def connected(url: str, process: str) -> KafkaTransport:
    """Return a transport to the cluster at *url*, for the client named *process*; "" for any name.

    Raises:
        ValueError: *url* says what Kafka doesn't know.
    """
    found = locator(url)
    options: dict[str, Any] = {"client_id": process} if process else {}
    return KafkaTransport(found.hosts, security=_security(found), **options)


class KafkaTransport(FastStreamTransport):
    """A connection to a cluster of Kafka."""

    def __init__(
        self,
        servers: str | Sequence[str],
        *,
        consumer: Mapping[str, Any] = MappingProxyType({}),
        group_id: Callable[[Source], str] | None = None,
        limits: Limits | None = None,
        **options: Any,
    ) -> None:
        """Connect to *servers*, with *options* of FastStream's `KafkaBroker` and *consumer* of its subscribers."""
        # aiokafka takes a text with commas for one host.
        listed = [each.strip() for each in servers.split(",")] if isinstance(servers, str) else list(servers)
        settings = {"acks": "all", "enable_idempotence": True, **common_options(), **options}
        super().__init__(KafkaBroker(listed, **settings), limits or Limits())
        self._consumer = consumer
        self._group_id = group_id or _group_id
        self._own: set[str] = set()

    async def publish(self, publication: Publication) -> None:
        """Return when all replicas that are in sync have *publication*.

        Raises:
            ValueError: Kafka has no such topic.
        """
        if not _TOPIC.fullmatch(publication.address) or publication.address in {".", ".."}:
            raise ValueError(f"Kafka has no topic {publication.address[:100]!r}")
        headers = {name: _Octets.of(value) for name, value in publication.headers.items()}
        if publication.message_id is not None:
            headers["message_id"] = publication.message_id
        await self._broker.publish(
            cargo(publication),
            publication.address,
            key=None if publication.key is None else publication.key.encode(),
            headers=headers,
            reply_to=publication.reply_to or "",
            correlation_id=publication.correlation_id,
        )

    def private_address(self) -> str:
        """Return a topic of this process."""
        address = f"private.{uuid4().hex}"
        self._own.add(address)
        return address

    async def _subscribed(self, source: Source, intake: Intake) -> Any:
        offsets = Offsets(intake)

        async def take(message: Any) -> None:
            record = message.raw_message
            await intake.take(offsets.parcel(record))

        address = source.address
        is_new = source.is_private and address.template not in self._own
        subscriber = self._broker.subscriber(
            *(() if address.names else (address.template,)),
            pattern=f"{address.pattern.pattern}\\Z" if address.names else None,
            group_id=None if source.is_private else self._group_id(source),
            listener=offsets,
            auto_offset_reset="latest" if is_new else "earliest",
            ack_policy=AckPolicy.MANUAL,
            no_reply=True,
            **self._consumer,
        )
        subscriber(take)
        offsets.subscriber = subscriber
        return subscriber

    async def _settled(self, source: Source, subscriber: Any) -> None:
        if source.is_private:
            # To know where it stands is to miss nothing that is published from now on.
            for partition in subscriber.consumer.assignment():
                await subscriber.consumer.position(partition)

    async def _quieted(self, source: Source, subscriber: Any) -> None:  # noqa: ARG002 - all are alike
        # To stop it would be to end its membership before the last offsets are committed.
        if subscriber.consumer is not None:
            subscriber.consumer.pause(*subscriber.consumer.assignment())


def _security(found: Locator) -> BaseSecurity | None:
    context = ssl.create_default_context() if found.scheme == "kafka+ssl" else None
    unknown = found.options.keys() - {"sasl"}
    named = found.options.get("sasl", "plain")
    if unknown or named not in _MECHANISMS or ("sasl" in found.options and not found.user):
        raise ValueError(f"the URL of a Kafka has ?sasl={'|'.join(_MECHANISMS)} beside a user, and no other option")
    if found.user:
        return _MECHANISMS[named](found.user, found.password, ssl_context=context)
    return None if context is None else BaseSecurity(ssl_context=context)


def _group_id(source: Source) -> str:
    return f"{source.group}.{source.address.template}"


class Offsets(ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka ships no types
    """Commits what is done, partition by partition, up to the earliest record that is not."""

    def __init__(self, intake: Intake) -> None:
        """Watch over the records in *intake*."""
        self.subscriber: Any = None
        self._intake = intake
        self._rows: dict[TopicPartition, Row] = {}
        self._free: dict[TopicPartition, int] = {}
        """What is to be committed next."""
        self._committing = asyncio.Lock()

    def parcel(self, record: Any) -> Parcel:
        """Return *record* with what acknowledges it."""
        partition = TopicPartition(record.topic, record.partition)
        row = self._rows.setdefault(partition, Row())
        place = row.enter(record.offset)

        async def acknowledge() -> None:
            done = row.leave(place)
            if done and self._rows.get(partition) is row:
                self._free[partition] = done[-1] + 1
                await self._commit(partition)

        return Parcel(_delivery(record), acknowledge, is_ours=lambda: self._rows.get(partition) is row)

    # aiokafka awaits coroutine functions, which its types don't say.
    async def on_partitions_revoked(self, revoked: Any) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Let what runs be acknowledged while the partitions are still ours, and forget the rest: it comes again."""
        self._intake.pause()
        if self._rows:
            await within(_MOST_DRAIN_SECONDS, self._intake.emptied())
        for partition in revoked:
            self._rows.pop(partition, None)
            self._free.pop(partition, None)

    def on_partitions_assigned(self, assigned: Any) -> None:  # noqa: ARG002 - any of them
        """Go on."""
        self._intake.resume()

    async def _commit(self, partition: TopicPartition) -> None:
        """Commit the latest that is free: who waits for the commit before finds that it was committed with others."""
        async with self._committing:
            offset = self._free.pop(partition, None)
            if offset is None or self.subscriber.group_id is None or self.subscriber.consumer is None:
                return
            await self.subscriber.consumer.commit({partition: offset})


class _Octets(str):
    """Bytes that FastStream, which knows texts only, writes into a header as they are."""

    __slots__ = ("_octets",)
    _octets: bytes

    @classmethod
    def of(cls, value: HeaderValue) -> str:
        """Return *value* as FastStream takes it."""
        if not isinstance(value, bytes):
            return header_text(value)
        # Never empty: FastStream asks whether there is something to encode.
        made = cls("bytes")
        made._octets = value
        return made

    def encode(self, encoding: str = "utf-8", errors: str = "strict") -> bytes:  # noqa: ARG002 - of str
        """Return the bytes."""
        return self._octets


def _delivery(record: Any) -> Delivery:
    headers = _headers(record.headers)
    return Delivery(
        record.topic,
        record.value or b"",
        headers,
        text_of(record.key),
        text_of(headers.get("content-type")) or "",
        text_of(headers.get("reply_to")),
        text_of(headers.get("correlation_id")),
        text_of(headers.get("message_id")),
        0,
        from_milliseconds(record.timestamp),
    )


def _headers(pairs: Iterable[tuple[str, bytes | None]]) -> Headers:
    """Return the headers as texts, or as bytes where they are none."""
    headers: dict[str, HeaderValue] = {}
    for name, value in pairs:
        # FastStream writes an empty media type where none is known.
        if value is None or (name == "content-type" and not value):
            continue
        try:
            headers[name] = value.decode()
        except ValueError:
            headers[name] = value
    return headers
