"""What both ends of a WebSocket share: frames, those who take them, and those that wait to leave.

| | on the wire |
| --- | --- |
| address | path of the connection, with or without its leading `/`, as the contract writes it |
| body | a text frame for JSON, XML and text that is UTF-8; else a binary one |
| correlation id | in the payload, where the contract says |
| key, headers, message id, content type, reply address | none: a reply goes back by its connection |
| acknowledge, confirmation | none: nothing keeps a frame |

So a frame that was read and not handled when the process dies is gone; its sender sees the connection end without a
reply. While the process lives, the frames of a connection are handled one by one, in their order, and those that fail
are handled again. A connection whose frames are not handled fast enough is not read: TCP makes its sender wait.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final, TypeAlias
from uuid import uuid4

from ..addresses import Address
from ..messages import Delivery, Publication
from ..transport import Handler, Source
from .intake import Intake, Limits, Parcel, nothing

log = logging.getLogger(__name__)

Frame: TypeAlias = "str | bytes"

MARK: Final = "#"
"""Parts the address of a connection from its id: no path holds it."""

POLICY: Final = 1008
TOO_BIG: Final = 1009
TRY_LATER: Final = 1013
GOING_AWAY: Final = 1001
FAILED: Final = 1011
"""Codes of closing (RFC 6455, section 7.4.1, and IANA, WebSocket Close Code Number Registry)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SocketLimits:
    """How much one connection may ask for.

    Attributes:
        max_frame_bytes: the largest frame that is read; the server or client library has a limit of its own.
        most_waiting: frames that wait to leave; with one more the other side is too slow, and the connection ends.
        handling: how failures are met, and how many frames of a connection are handled at once; in order with 1.
        close_seconds: that the other side has to answer the end.
    """

    max_frame_bytes: int = 1024 * 1024
    most_waiting: int = 256
    handling: Limits = field(default_factory=lambda: Limits(most_at_once=1))
    close_seconds: float = 5.0


class Listener:
    """A subscription: it takes the frames of every connection to an address that it matches."""

    def __init__(
        self, source: Source, handler: Handler, *, ended: Callable[[Listener], None], address: str | None = None
    ) -> None:
        """Hand to *handler*, as come to *address*, or to that of the connection; *ended* is told when it is over."""
        self.source = source
        self.handler = handler
        self.address = address
        self._ended = ended

    async def cancel(self) -> None:
        """Take no more frames; handlers that run go on."""
        self._ended(self)


class Line:
    """One connection."""

    def __init__(self, address: str, limits: SocketLimits) -> None:
        """Be at *address*."""
        self.address = address
        self.name = f"{address}{MARK}{uuid4().hex}"
        """Its own address."""
        self.is_slow = asyncio.Event()
        self._limits = limits
        self._leaving: asyncio.Queue[Frame] = asyncio.Queue(limits.most_waiting)
        self._intakes: dict[Listener, Intake] = {}

    def put(self, publication: Publication) -> None:
        """Let *publication* leave after all that waits; the connection ends when too much does."""
        try:
            self._leaving.put_nowait(frame_of(publication))
        except asyncio.QueueFull:
            self.is_slow.set()

    async def sending(self, send: Callable[[Frame], Awaitable[None]]) -> None:
        """Send what leaves, until this is cancelled or *send* fails."""
        while True:
            await send(await self._leaving.get())

    async def flushed(self, send: Callable[[Frame], Awaitable[None]]) -> None:
        """Send what waits now."""
        while not self._leaving.empty():
            await send(self._leaving.get_nowait())

    async def take(self, frame: Frame, listeners: tuple[Listener, ...]) -> None:
        """Return when each of *listeners* has begun with *frame*."""
        body = frame.encode() if isinstance(frame, str) else frame
        for listener in listeners:
            address = listener.address or self.address
            intake = self._intakes.get(listener)
            if intake is None:
                intake = Intake(Address.concrete(address), listener.handler, self._limits.handling)
                self._intakes[listener] = intake
            await intake.take(Parcel(Delivery(address, body, reply_to=self.name, connection=self.name), nothing))

    def leave(self, listener: Listener) -> None:
        """Begin nothing more for *listener*."""
        intake = self._intakes.get(listener)
        if intake is not None:
            intake.close()

    async def finish(self) -> None:
        """Return when what has begun is handled: it came, whether its sender is still there or not."""
        await asyncio.gather(*(intake.emptied() for intake in self._intakes.values()))
        await self.abort()

    async def abort(self) -> None:
        """Break off what is being handled."""
        await asyncio.gather(*(intake.abort() for intake in self._intakes.values()))


def frame_of(publication: Publication) -> Frame:
    """Return the body of *publication* as text where its media type is one of text."""
    kind = publication.content_type.partition(";")[0].strip().lower()
    is_text = not kind or kind.startswith("text/") or kind.rpartition("/")[2].rpartition("+")[2] in {"json", "xml"}
    try:
        return publication.body.decode() if is_text else publication.body
    except UnicodeDecodeError:
        return publication.body


def paths(path: str) -> tuple[str, ...]:
    """Return the addresses that *path* may be in a contract."""
    return (path, path.removeprefix("/"))
