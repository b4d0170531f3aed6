# mypy: disable-error-code="import-not-found"
"""Redis streams with consumer groups, through FastStream and redis-py.

| | on the wire |
| --- | --- |
| address | key of a stream; one with parameters is all streams whose keys match (`redis_streams`) |
| group | consumer group, made with the stream; it begins with what comes from now on |
| private | a stream of the process, deleted when its subscription ends |
| headers | texts in FastStream's binary envelope (FastStream, Redis, Message format) |
| message id, correlation id, content type | in it, `message_id`, `correlation_id`, `content-type` |
| reply address, key | in it, `reply_to`, `message-key` |
| redeliveries | delivery count of XPENDING |
| confirmation | the reply to XADD; how safe that is, is a matter of `appendfsync` and `WAIT` |
| acknowledge | XACK; what takes long is held by XCLAIM |

What is pending under this process's name is read first when it starts again; what another one left behind is claimed
after `claim_seconds` (XAUTOCLAIM), beside later messages. Streams grow until somebody trims them (XTRIM MINID), here as
with every log.
"""

from __future__ import annotations

import functools
import json
from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from faststream.middlewares import AckPolicy
from faststream.redis import BinaryMessageFormatV1, RedisBroker, StreamSub
from redis.exceptions import ResponseError

from ..messages import Delivery, Headers, Publication
from ..transport import Source
from .faststream import KEY, FastStreamTransport, cargo, common_options, from_milliseconds, text_of, texts
from .intake import Intake, Limits, Parcel
from .redis_streams import Notes, Pace, Streams, Take

_PRIVATE: Final = "private."
_DATA: Final = b"__data__"
"""Field of the envelope."""


def connected(url: str, process: str) -> RedisTransport:
    """Return a transport to *url*, `redis` or `rediss`, for the consumer *process*."""
    return RedisTransport(url, process)


class RedisTransport(FastStreamTransport):
    """A connection to Redis."""

    def __init__(
        self, url: str, name: str, *, claim_seconds: float = 60.0, limits: Limits | None = None, **options: Any
    ) -> None:
        """Connect to *url* as the consumer *name*, with *options* of FastStream's `RedisBroker`.

        Of two processes that run at once each needs a name of its own; one that is started again keeps its name.
        """
        limits = replace(limits or Limits(), hold_seconds=claim_seconds / 3)
        super().__init__(RedisBroker(url, **{**common_options(), **options}), limits)
        self._name = name
        self._claim_seconds = claim_seconds
        self._client: Any = None
        self._notes = Notes()
        self._claimers: dict[Any, Any] = {}
        """By the subscriber that they help."""

    async def start(self) -> None:
        """Connect."""
        await super().start()
        self._client = await self._broker.connect()
        try:
            # The client library connects when it is first asked for something.
            await self._client.ping()
        except BaseException:
            await super().stop()
            raise

    async def publish(self, publication: Publication) -> None:
        """Return when Redis has appended *publication* to its stream."""
        said = texts(publication)
        for name, value in (("correlation_id", publication.correlation_id), ("reply_to", publication.reply_to)):
            if value is not None:
                said[name] = value
        if not publication.address.startswith(_PRIVATE):
            await self._notes.note(self._client, publication.address)
        # As bytes: FastStream writes the length of a text in characters, and reads it in bytes.
        headers = {name if name.isascii() else name.encode(): value.encode() for name, value in said.items()}
        await self._broker.publish(
            cargo(publication), stream=publication.address, headers=headers, correlation_id=publication.correlation_id
        )

    def private_address(self) -> str:
        """Return the key of a stream of this process."""
        return f"{_PRIVATE}{uuid4().hex}"

    async def _subscribed(self, source: Source, intake: Intake) -> Any:
        if source.address.names:
            return self._many(source, intake)
        take = self._take(source.address.template, source.group, intake)

        async def taken(message: Any) -> None:
            (entry,) = message.raw_message["message_ids"]
            await take(entry, message.raw_message["data"])

        await self._recover(source, take)
        subscriber = self._subscriber(source, taken, None)
        self._claimers[subscriber] = self._subscriber(source, taken, self._claim_seconds)
        return subscriber

    def _many(self, source: Source, intake: Intake) -> Streams:
        pace = Pace(claim_seconds=self._claim_seconds, most_at_once=self._limits.most_at_once)
        taking = functools.partial(self._take, group=source.group, intake=intake)
        return Streams(self._client, source, name=self._name, pace=pace, taking=taking)

    async def _settled(self, source: Source, subscriber: Any) -> None:  # noqa: ARG002 - all are alike
        if subscriber in self._claimers:
            await self._claimers[subscriber].start()

    def _subscriber(self, source: Source, take: Any, idle_seconds: float | None) -> Any:
        stream = StreamSub(
            source.address.template,
            group=source.group,
            consumer=self._name,
            max_records=self._limits.most_at_once if idle_seconds is None else None,
            min_idle_time=None if idle_seconds is None else max(1, int(idle_seconds * 1000)),
        )
        subscriber = self._broker.subscriber(stream=stream, ack_policy=AckPolicy.MANUAL, no_reply=True)
        subscriber(take)
        return subscriber

    def _take(self, stream: str, group: str, intake: Intake) -> Take:
        """Return what fills *intake*, however often an entry is read."""
        inside: set[bytes] = set()

        async def take(entry: bytes, fields: dict[bytes, bytes]) -> None:
            if entry in inside:
                return

            async def acknowledge() -> None:
                try:
                    await self._client.xack(stream, group, entry)
                finally:
                    inside.discard(entry)

            async def hold() -> None:
                await self._client.xclaim(stream, group, self._name, 0, [entry], justid=True)

            inside.add(entry)
            found = await self._client.xpending_range(stream, group, entry, entry, 1)
            again = max(0, int(found[0]["times_delivered"]) - 1) if found else 0
            await intake.take(Parcel(_delivery(stream, entry, fields, again), acknowledge, hold))

        return take

    async def _recover(self, source: Source, take: Take) -> None:
        """Take what this process, before it was started again, had read and not acknowledged."""
        stream, last = source.address.template, b"0"
        try:
            await self._client.xgroup_create(stream, source.group, "$", mkstream=True)
        except ResponseError as error:
            if "BUSYGROUP" not in str(error):
                raise
        while True:
            read = await self._client.xreadgroup(
                source.group, self._name, {stream: last}, count=self._limits.most_at_once
            )
            entries = [entry for _, found in read for entry in found]
            if not entries:
                return
            for entry, data in entries:
                last = entry
                if data:
                    await take(entry, data)
                else:
                    # Trimmed since: there is nothing left to handle.
                    await self._client.xack(stream, source.group, entry)

    async def _quieted(self, source: Source, subscriber: Any) -> None:
        await subscriber.stop()
        claimer = self._claimers.pop(subscriber, None)
        if claimer is None:
            return
        await claimer.stop()
        if source.is_private:
            await self._client.xgroup_destroy(source.address.template, source.group)
            if source.address.template.startswith(_PRIVATE):
                await self._client.delete(source.address.template)


def _delivery(stream: str, entry: bytes, data: dict[bytes, bytes], redeliveries: int) -> Delivery:
    body, headers = _opened(data)
    return Delivery(
        stream,
        body,
        {name: value for name, value in headers.items() if name != KEY},
        text_of(headers.get(KEY)),
        text_of(headers.get("content-type")) or "",
        text_of(headers.get("reply_to")),
        text_of(headers.get("correlation_id")),
        text_of(headers.get("message_id")),
        redeliveries,
        _time(entry),
    )


def _opened(data: dict[bytes, bytes]) -> tuple[bytes, Headers]:
    if _DATA in data:
        body, found = BinaryMessageFormatV1.parse(data[_DATA])
        # Of an envelope in JSON they are whatever its sender wrote.
        headers: Any = found
        said = {str(name): str(value) for name, value in headers.items()} if isinstance(headers, dict) else {}
        return body, {name: value for name, value in said.items() if value or name != "correlation_id"}
    # An entry of somebody without FastStream: its fields are the message.
    fields = {name.decode(errors="replace"): value.decode(errors="replace") for name, value in data.items()}
    return json.dumps(fields).encode(), {}


def _time(entry: bytes) -> datetime | None:
    milliseconds = entry.partition(b"-")[0]
    return from_milliseconds(int(milliseconds)) if milliseconds.isdigit() else None
