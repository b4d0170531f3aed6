# mypy: disable-error-code="import-not-found"
"""A connection to a service that is a server of WebSockets: the path of its URL is the address of a channel.

It is opened again when it ends, after growing pauses; meanwhile `publish` waits for it. What the server sends in
between is not seen: nothing keeps it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import unquote, urlsplit

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from ..headers import DEAD_LETTER
from ..messages import Publication
from ..transport import Handler, Outlet, Source
from .sockets import GOING_AWAY, MARK, TRY_LATER, Frame, Line, Listener, SocketLimits, paths

log = logging.getLogger(__name__)

_FIRST_PAUSE_SECONDS: Final = 0.1
_MOST_PAUSE_SECONDS: Final = 30.0


class WebSocketClient:
    """A transport over one connection at a time."""

    def __init__(
        self,
        url: str,
        *,
        dead_letters: Outlet | None = None,
        limits: SocketLimits | None = None,
        patience_seconds: float = 30.0,
        **options: Any,
    ) -> None:
        """Connect to *url* with *options* of `websockets.connect`; `publish` waits *patience_seconds* for it."""
        self._url = url
        self._addresses = paths(unquote(urlsplit(url).path) or "/")
        self._dead_letters = dead_letters
        self._limits = limits or SocketLimits()
        self._patience_seconds = patience_seconds
        self._options = {"max_size": self._limits.max_frame_bytes, **options}
        self._listeners: list[Listener] = []
        self._line: Line | None = None
        self._opened = asyncio.Event()
        self._heard = asyncio.Event()
        """Whether somebody subscribes: before, nothing is read, as it would be lost."""
        self._staying: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Connect.

        Raises:
            Exception: the server can't be reached, or refuses.
        """
        socket = await self._connected()
        self._staying = asyncio.create_task(self._stay(socket))

    async def stop(self) -> None:
        """Disconnect; what waits to leave does so first, what is being handled is broken off."""
        self._listeners.clear()
        staying, self._staying = self._staying, None
        if staying is not None:
            staying.cancel()
            await asyncio.gather(staying, return_exceptions=True)

    async def publish(self, publication: Publication) -> None:
        """Return when *publication* waits to leave.

        Raises:
            ValueError: its address is not that of this connection, or it is a reply to one that is gone.
            ConnectionError: there is no connection.
        """
        address = publication.address
        if DEAD_LETTER in publication.headers and self._dead_letters is not None:
            await self._dead_letters.publish(publication)
            return
        if DEAD_LETTER in publication.headers:
            log.error("dead letter: %s %r", publication.headers[DEAD_LETTER], publication.body)
            return
        try:
            await asyncio.wait_for(self._opened.wait(), self._patience_seconds)
        except TimeoutError as late:
            raise ConnectionError("there is no connection") from late
        line = self._line
        if line is None:
            raise ConnectionError("there is no connection")
        if MARK in address and address != line.name:
            raise ValueError("the connection that asked is closed")
        if MARK not in address and address not in self._addresses:
            raise ValueError(f"this connection is to {self._addresses[0]!r}, not to {address[:100]!r}")
        line.put(publication)

    async def subscribe(self, source: Source, handler: Handler) -> Listener:
        """Call *handler* with every frame that comes; *source* is the address of the connection, or private.

        Raises:
            ValueError: it is another address.
        """
        if not source.is_private and self._spelling(source) is None:
            raise ValueError(f"this connection is to {self._addresses[0]!r}, not to {source.address.template!r}")
        listener = Listener(source, handler, ended=self._forget, address=self._spelling(source))
        self._listeners.append(listener)
        self._heard.set()
        return listener

    def private_address(self) -> str:
        """Return the address of the connection: whatever comes by it is for this process."""
        return self._addresses[0]

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def _connected(self) -> Any:
        return await connect(self._url, **self._options)

    async def _stay(self, socket: Any) -> None:
        """Serve *socket*, and others after it."""
        pause = _FIRST_PAUSE_SECONDS
        while True:
            if await self._served(socket):
                pause = _FIRST_PAUSE_SECONDS
            while True:
                await asyncio.sleep(pause)
                pause = min(2 * pause, _MOST_PAUSE_SECONDS)
                try:
                    socket = await self._connected()
                    break
                except Exception as error:  # noqa: BLE001 - of the network, of TLS, of the handshake
                    log.warning("no connection: %s", error)

    async def _served(self, socket: Any) -> bool:
        """Return, when the connection has ended, whether anything came by it."""
        line = self._line = Line(self._addresses[0], self._limits)
        self._opened.set()
        reading = asyncio.create_task(self._read(socket, line))
        tasks = (reading, asyncio.create_task(line.sending(socket.send)), asyncio.create_task(_set(line.is_slow)))
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            return reading.done() and not reading.cancelled() and reading.exception() is None and reading.result()
        finally:
            self._opened.clear()
            self._line = None
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            with contextlib.suppress(Exception):
                if not line.is_slow.is_set():
                    await asyncio.wait_for(line.flushed(socket.send), self._limits.close_seconds)
                await socket.close(TRY_LATER if line.is_slow.is_set() else GOING_AWAY)
            await line.abort()

    async def _read(self, socket: Any, line: Line) -> bool:
        has_come = False
        hearing = (asyncio.create_task(_set(self._heard)), asyncio.create_task(socket.wait_closed()))
        try:
            await asyncio.wait(hearing, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in hearing:
                task.cancel()
        if not self._heard.is_set():
            return False
        with contextlib.suppress(ConnectionClosed):
            while True:
                frame: Frame = await socket.recv()
                has_come = True
                await line.take(frame, tuple(self._listeners))
        return has_come

    def _spelling(self, source: Source) -> str | None:
        return next((each for each in self._addresses if source.address.values(each) is not None), None)

    def _forget(self, listener: Listener) -> None:
        if listener in self._listeners:
            self._listeners.remove(listener)
        if self._line is not None:
            self._line.leave(listener)


async def _set(event: asyncio.Event) -> None:
    await event.wait()
