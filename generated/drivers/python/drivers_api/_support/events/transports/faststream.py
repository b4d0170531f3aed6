# mypy: disable-error-code="import-not-found"
"""What the adapters share: FastStream connects, carries and recovers; it neither reads, acknowledges nor repeats.

FastStream's own ways would lose messages here: its parsers fail on headers that are not UTF-8, its decoders on bodies
that are not what their content type says, and both end in a log line; a handler's `None` is published to whatever
`reply_to` says; a missing correlation id is invented. So its subscribers run in `AckPolicy.MANUAL` with `no_reply`,
without its dependency injection, and behind a codec that hands over the raw message.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Final, NamedTuple, Self, TypeAlias

from faststream.message import StreamMessage

from ..messages import HeaderValue, Publication, header_text
from ..transport import Handler, Source
from .intake import Intake, Limits

log = logging.getLogger(__name__)

KEY: Final = "message-key"
"""Header of the key, for brokers that have none; taken off again when a message comes in."""

Take: TypeAlias = "Callable[[StreamMessage[Any]], Awaitable[None]]"
"""Takes a message as FastStream hands it over."""


class Cargo(NamedTuple):
    """A body on its way out, and its media type."""

    body: bytes
    content_type: str


class Untouched:
    """A codec of FastStream that leaves bodies alone (FastStream, Serialization, Codec)."""

    async def encode(self, msg: Any, serializer: Any = None) -> tuple[bytes, str | None]:  # noqa: ARG002 - of FastStream
        """Return the bytes of a `Cargo`, and the media type that FastStream is to write beside them."""
        return msg.body, msg.content_type or None

    async def decode(self, msg: StreamMessage[Any]) -> Any:
        """Return the whole message: its handler reads it."""
        return msg


async def raw(message: Any) -> StreamMessage[Any]:
    """Return *message*, of the client library, with nothing read from it; a parser of FastStream."""
    return StreamMessage(message, b"")


def no_id() -> str:
    """Return no correlation id, instead of one that FastStream would invent."""
    return ""


def common_options() -> dict[str, Any]:
    """Return what every broker of FastStream is made with."""
    return {
        "codec": Untouched(),
        "parser": raw,
        "apply_types": False,
        "id_generator": no_id,
        "logger": log,
        "log_level": logging.DEBUG,
    }


def cargo(publication: Publication) -> Any:
    """Return the body of *publication* as the codec takes it."""
    return Cargo(publication.body, publication.content_type)


def texts(publication: Publication) -> dict[str, str]:
    """Return the headers of *publication* as texts, with those that carry its message id and key.

    Raises:
        ValueError: one is bytes that are not UTF-8.
    """
    headers = {name: header_text(value) for name, value in publication.headers.items()}
    if publication.message_id is not None:
        headers["message_id"] = publication.message_id
    if publication.key is not None:
        headers[KEY] = publication.key
    return headers


def text_of(value: HeaderValue | None) -> str | None:
    """Return *value*, of a header that carries a field, as text; None when it is none."""
    try:
        return None if value is None or value == "" else header_text(value)
    except ValueError:
        return None


def from_milliseconds(stamp: int | None) -> datetime | None:
    """Return the time *stamp* milliseconds after the epoch; None when it says none."""
    try:
        return None if stamp is None or stamp < 0 else datetime.fromtimestamp(stamp / 1000, UTC)
    except (OverflowError, OSError, ValueError):
        return None


class Feed:
    """A subscription at a broker."""

    def __init__(self, intake: Intake, quiet: Callable[[], Awaitable[None]]) -> None:
        """Fill *intake* until *quiet* is called; what runs then can still be acknowledged."""
        self.intake = intake
        self._quiet = quiet

    async def cancel(self) -> None:
        """Take no more deliveries."""
        self.intake.close()
        await self._quiet()


class FastStreamTransport(ABC):
    """A connection that a broker of FastStream keeps; it lives once, from `start` to `stop`."""

    def __init__(self, broker: Any, limits: Limits) -> None:
        """Use *broker*."""
        self._broker = broker
        self._limits = limits
        self._feeds: list[Feed] = []

    async def start(self) -> None:
        """Connect."""
        try:
            await self._broker.start()
        except BaseException:
            # What is half open would try on, and complain when it is thrown away.
            with contextlib.suppress(Exception):
                await self._broker.stop()
            raise

    async def stop(self) -> None:
        """Disconnect; what is being handled is broken off, and is the broker's again."""
        feeds, self._feeds = self._feeds, []
        try:
            for feed in feeds:
                await feed.intake.abort()
                await feed.cancel()
        finally:
            await self._broker.stop()

    @abstractmethod
    async def publish(self, publication: Publication) -> None:
        """Return when the broker has confirmed *publication*."""

    async def subscribe(self, source: Source, handler: Handler) -> Feed:
        """Call *handler* with every delivery of *source* from now on."""
        intake = Intake(source.address, handler, self._limits)
        subscriber = await self._subscribed(source, intake)
        feed = Feed(intake, lambda: self._quieted(source, subscriber))
        self._feeds.append(feed)
        await subscriber.start()
        await self._settled(source, subscriber)
        return feed

    @abstractmethod
    def private_address(self) -> str:
        """Return an address that nobody else reads."""

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    @abstractmethod
    async def _subscribed(self, source: Source, intake: Intake) -> Any:
        """Return a subscriber of FastStream for *source* that fills *intake*, not started."""

    async def _settled(self, source: Source, subscriber: Any) -> None:  # noqa: B027 - most need nothing
        """Return when what is published from now on reaches *subscriber*."""

    async def _quieted(self, source: Source, subscriber: Any) -> None:  # noqa: ARG002 - some need the source
        """Let *subscriber*, of *source*, take nothing more; may be called twice."""
        await subscriber.stop()


async def within(seconds: float, awaitable: Awaitable[None]) -> None:
    """Await *awaitable*, but not longer than *seconds*."""
    try:
        await asyncio.wait_for(awaitable, seconds)
    except TimeoutError:
        log.info("gave up waiting after %s s", seconds)
