# mypy: disable-error-code="import-not-found"
"""NATS with JetStream, through FastStream and nats-py.

| | on the wire |
| --- | --- |
| address | subject of a stream, which is made or widened for it |
| group | a durable push consumer with a deliver group; a new one begins with what comes from now on |
| private | an `_INBOX` subject of core NATS |
| message id, correlation id | headers `message_id`, `correlation_id` (FastStream, NATS, Message) |
| content type | header `content-type` |
| reply address, key | headers `reply_to` (the reply subject of the protocol is JetStream's own), `message-key` |
| headers | texts without line breaks; spaces at their ends are lost (NATS, ADR-4) |
| redeliveries | delivery count of JetStream |
| confirmation | PubAck; to an `_INBOX`, that the server has read it |
| acknowledge | ack; what takes long is held by "in progress" (NATS, JetStream, Consumers, Acknowledgement) |

What is broken off comes again after `ack_wait_seconds`. So a process that is started again, and finds that nobody
else of its group runs, waits so long before it subscribes: what comes again then comes first, and keys keep their
order. In a group of several processes they don't, here as with every queue that has several readers; nor when the
server has not noticed the end of the process before it is started again, as when its machine is gone.
No `Nats-Msg-Id` is sent: a dead letter has the message id of what it was, and would be dropped as its copy.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from dataclasses import replace
from typing import Any, Final

from faststream.middlewares import AckPolicy
from faststream.nats import JStream, NatsBroker
from nats.js.api import ConsumerConfig, DeliverPolicy
from nats.js.errors import NoStreamResponseError, NotFoundError

from ..messages import Delivery, Publication
from ..transport import Source
from .faststream import KEY, FastStreamTransport, cargo, common_options, text_of, texts
from .intake import Intake, Limits, Parcel
from .patterns import Wildcards, pattern

_WILDCARDS: Final = Wildcards(".", "*", ">")
_INBOX: Final = "_INBOX."
_OF_THE_SERVER: Final = "Nats-"
_WILD_OR_EMPTY: Final = frozenset({"", "*", ">"})
_SPACE: Final = re.compile(r"[\s\0]")
_CLOCKS_SECONDS: Final = 0.1
"""By how much two clocks may disagree about the end of a pause."""
_LINE_BREAKS: Final = frozenset("\r\n\0")


def connected(url: str, process: str) -> NatsTransport:
    """Return a transport to the servers at *url*, `nats` or `tls`, for the client named *process*; "" for any name."""
    scheme, _, rest = url.partition("://")
    login, at, hosts = rest.rpartition("@")
    listed = ",".join(f"{scheme}://{login}{at}{host.strip()}" for host in hosts.split(","))
    options: dict[str, Any] = {"name": process} if process else {}
    return NatsTransport(listed, **options)


class NatsTransport(FastStreamTransport):
    """A connection to NATS."""

    def __init__(
        self,
        servers: str,
        *,
        stream: str = "events",
        ack_wait_seconds: float = 30.0,
        limits: Limits | None = None,
        **options: Any,
    ) -> None:
        """Connect to *servers*, parted by commas, with *options* of FastStream's `NatsBroker`; keep all in *stream*."""
        listed = [each.strip() for each in servers.split(",")]
        limits = replace(limits or Limits(), hold_seconds=ack_wait_seconds / 3)
        super().__init__(NatsBroker(listed, **{**common_options(), **options}), limits)
        self._is_encrypted = any(each.startswith("tls://") for each in listed)
        self._stream = stream
        self._ack_wait_seconds = ack_wait_seconds
        self._client: Any = None

    async def start(self) -> None:
        """Connect.

        Raises:
            ConnectionError: a URL says `tls`, and the server doesn't encrypt: the client library would go on.
        """
        await super().start()
        self._client = await self._broker.connect()
        server = self._client._server_info  # noqa: SLF001 - there is no other way to it
        if self._is_encrypted and not server.get("tls_required"):
            await super().stop()
            raise ConnectionError("the server of NATS does not encrypt, and its URL says tls")

    async def publish(self, publication: Publication) -> None:
        """Return when JetStream keeps *publication*.

        Raises:
            ValueError: NATS has no such subject for events, or can't carry a header.
        """
        _check(publication.address)
        headers = _headers(publication)
        if publication.address.startswith(_INBOX):
            await self._sent(publication, headers, stream=None)
            await self._client.flush()
            return
        try:
            await self._sent(publication, headers, stream=self._stream)
        except NoStreamResponseError:
            await self._keep(publication.address)
            await self._sent(publication, headers, stream=self._stream)

    def private_address(self) -> str:
        """Return a new inbox."""
        inbox: str = self._client.new_inbox()
        return inbox

    async def _sent(self, publication: Publication, headers: dict[str, str], *, stream: str | None) -> None:
        await self._broker.publish(
            cargo(publication),
            publication.address,
            headers=headers,
            correlation_id=publication.correlation_id,
            stream=stream,
        )

    async def _subscribed(self, source: Source, intake: Intake) -> Any:
        subject = pattern(source.address, _WILDCARDS)
        if subject.startswith(_INBOX):
            return self._core(subject, intake)
        await self._keep(subject)

        async def take(message: Any) -> None:
            msg = message.raw_message
            again = (msg.metadata.num_delivered or 1) - 1
            delivery = replace(_delivery(msg), redeliveries=again, timestamp=msg.metadata.timestamp)
            await intake.take(Parcel(delivery, msg.ack, msg.in_progress))

        name = None if source.is_private else _durable(source)
        if name is not None:
            await self._until_given_back(name)
        settings = ConsumerConfig(
            deliver_policy=DeliverPolicy.NEW, ack_wait=self._ack_wait_seconds, max_ack_pending=self._limits.most_at_once
        )
        subscriber = self._broker.subscriber(
            subject,
            queue=name or "",
            config=settings,
            deliver_policy=DeliverPolicy.NEW,
            stream=JStream(self._stream, declare=False),
            ack_policy=AckPolicy.MANUAL,
            no_reply=True,
        )
        subscriber(take)
        return subscriber

    async def _until_given_back(self, name: str) -> None:
        """Return when what a consumer without readers has handed out is its own again."""
        try:
            found = await self._client.jetstream().consumer_info(self._stream, name)
        except NotFoundError:
            return
        if found.num_ack_pending and not found.push_bound:
            await asyncio.sleep(self._ack_wait_seconds + _CLOCKS_SECONDS)

    def _core(self, subject: str, intake: Intake) -> Any:
        async def take(message: Any) -> None:
            await intake.take(Parcel(_delivery(message.raw_message), _nobody))

        subscriber = self._broker.subscriber(subject, ack_policy=AckPolicy.MANUAL, no_reply=True)
        subscriber(take)
        return subscriber

    async def _settled(self, source: Source, subscriber: Any) -> None:  # noqa: ARG002 - all are alike
        # The server has read the subscription when it answers.
        await self._client.flush()

    async def _keep(self, subject: str) -> None:
        """Have *subject* in the stream."""
        jetstream = self._client.jetstream()
        try:
            settings = (await jetstream.stream_info(self._stream)).config
        except NotFoundError:
            await jetstream.add_stream(name=self._stream, subjects=[subject])
            return
        subjects = settings.subjects or []
        if not any(_covers(kept, subject) for kept in subjects):
            settings.subjects = [*(kept for kept in subjects if not _covers(subject, kept)), subject]
            await jetstream.update_stream(settings)


async def _nobody() -> None:
    """Acknowledge to nobody: core NATS keeps nothing."""


def _check(subject: str) -> None:
    """Refuse what is no subject to publish to: who asks for a reply may name anything, `$JS.API` and `>` included.

    Raises:
        ValueError: it is none.
    """
    levels = subject.split(".")
    if not _WILD_OR_EMPTY.isdisjoint(levels) or _SPACE.search(subject) or subject.startswith("$"):
        raise ValueError(f"NATS has no subject {subject[:100]!r} to publish to")


def _headers(publication: Publication) -> dict[str, str]:
    headers = texts(publication)
    if publication.reply_to is not None:
        headers["reply_to"] = publication.reply_to
    for name, value in (*headers.items(), ("correlation_id", publication.correlation_id or "")):
        if _LINE_BREAKS.intersection(value) or _LINE_BREAKS.intersection(name) or ":" in name:
            raise ValueError(f"NATS carries no header {name[:50]!r} of {value[:50]!r}")
    return headers


def _durable(source: Source) -> str:
    """Return a name of letters and digits, which is all that consumers may have."""
    named = "".join(mark if mark.isalnum() and mark.isascii() else "-" for mark in source.group)[:100]
    return f"{named}-{hashlib.sha256(repr((source.group, source.address.template)).encode()).hexdigest()[:12]}"


def _covers(wide: str, narrow: str) -> bool:
    """Return whether the subject *wide* matches everything that *narrow* does."""
    ours, theirs = wide.split("."), narrow.split(".")
    for number, level in enumerate(ours):
        if level == ">":
            return len(theirs) > number
        if number >= len(theirs) or (level != theirs[number] and (level != "*" or theirs[number] == ">")):
            return False
    return len(ours) == len(theirs)


def _delivery(msg: Any) -> Delivery:
    found = ((str(name), str(value)) for name, value in (msg.headers or {}).items())
    headers = {name: value for name, value in found if not name.startswith(_OF_THE_SERVER)}
    key = headers.pop(KEY, None)
    if not headers.get("content-type"):
        # FastStream writes an empty one where none is known.
        headers.pop("content-type", None)
    return Delivery(
        msg.subject,
        msg.data,
        headers,
        key,
        headers.get("content-type", ""),
        text_of(headers.get("reply_to")),
        text_of(headers.get("correlation_id")),
        text_of(headers.get("message_id")),
    )
