# mypy: disable-error-code="import-not-found"
"""WebSockets over ASGI: a service is a server of connections, each to the address of one of its channels.

    server = WebSocketServer(channels.SERVICE)
    app = Starlette(routes=[Mount("/", server)])

A message that is published to the address of a channel goes to every connection to it, one that is a reply to the
connection that asked. A handshake to no address of the contract is refused with 404, and while no receiver is started,
with 503. A frame that breaks the contract becomes a dead letter, and the connection goes on: its sender learns nothing,
as on every other transport. No broker keeps dead letters, so they need an outlet; without one they are logged in full.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import logging
from collections.abc import Collection
from types import TracebackType
from typing import Any, Final, Self

from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from ..addresses import Address
from ..declarations import Service
from ..headers import DEAD_LETTER
from ..messages import Publication, header_text
from ..transport import Handler, Outlet, Source, Transport
from .handshakes import Handshakes
from .sockets import FAILED, GOING_AWAY, MARK, POLICY, TOO_BIG, TRY_LATER, Frame, Line, Listener, SocketLimits, paths

log = logging.getLogger(__name__)

_NOT_FOUND: Final = 404
_UPGRADE_REQUIRED: Final = 426
_UNAVAILABLE: Final = 503


def connected(url: str, process: str) -> Transport:  # noqa: ARG001 - servers don't know their clients by name
    """Return a client's transport to the service at *url*, `ws` or `wss`, whose path is the address."""
    from .websocket_client import WebSocketClient  # noqa: PLC0415 - a server needs no client library

    return WebSocketClient(url)


class LoggedLetters:
    """An outlet that writes dead letters to the log, with all that is needed to send them again."""

    async def publish(self, publication: Publication) -> None:
        """Log *publication*, at level error."""
        headers = {name: header_text(value) for name, value in publication.headers.items()}
        body = base64.b64encode(publication.body).decode()
        log.error("dead letter: %s", json.dumps({"headers": headers, "body": body, "to": publication.address}))


class WebSocketServer:
    """The connections of clients to one service: a transport, and an ASGI application."""

    def __init__(
        self,
        service: Service,
        *,
        dead_letters: Outlet | None = None,
        handshakes: Handshakes | None = None,
        limits: SocketLimits | None = None,
        servers: Collection[str] = (),
    ) -> None:
        """Serve the channels of *service* that may be at *servers*, all without; *dead_letters* keeps what fails."""
        self._addresses = _addresses(service, servers)
        self._receives = bool(service.receives)
        self._dead_letters = dead_letters or LoggedLetters()
        self._handshakes = handshakes or Handshakes()
        self._limits = limits or SocketLimits()
        self._listeners: list[Listener] = []
        self._lines: dict[str, Line] = {}
        self._serving: set[asyncio.Task[None]] = set()
        self._is_started = False

    async def start(self) -> None:
        """Accept connections."""
        self._is_started = True

    async def stop(self) -> None:
        """Close all connections; what is being handled is broken off."""
        self._is_started = False
        self._listeners.clear()
        serving = [*self._serving]
        for task in serving:
            task.cancel()
        await asyncio.gather(*(line.abort() for line in [*self._lines.values()]))
        await asyncio.gather(*serving, return_exceptions=True)

    async def publish(self, publication: Publication) -> None:
        """Return when *publication* waits to leave by every connection to its address: more is not to be known.

        Raises:
            ValueError: it is for a connection that is gone, or for no channel of the service.
        """
        address = publication.address
        if MARK in address:
            line = self._lines.get(address)
            if line is None:
                raise ValueError("the connection that asked is closed")
            line.put(publication)
        elif DEAD_LETTER in publication.headers:
            await self._dead_letters.publish(publication)
        elif self._address_of(address) is None:
            raise ValueError(f"no channel has the address {address[:100]!r}")
        else:
            for line in [*self._lines.values()]:
                if line.address == address:
                    line.put(publication)

    async def subscribe(self, source: Source, handler: Handler) -> Listener:
        """Call *handler* with every frame of connections to *source*."""
        listener = Listener(source, handler, ended=self._forget)
        self._listeners.append(listener)
        return listener

    def private_address(self) -> str:
        """Refuse: a server has no address of its own.

        Raises:
            ValueError: always.
        """
        raise ValueError("a server of WebSockets awaits replies only on channels that the contract has for them")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection (ASGI, WebSocket); a request of HTTP is told to upgrade."""
        if scope["type"] == "lifespan":
            await _lived(receive, send)
            return
        if scope["type"] != "websocket":
            await Response(status_code=_UPGRADE_REQUIRED, headers={"upgrade": "websocket"})(scope, receive, send)
            return
        socket = WebSocket(scope, receive, send)
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        found = next(((path, own) for path in paths(path) if (own := self._address_of(path))), None)
        status: int | None = _NOT_FOUND
        if found is not None:
            status = await self._handshakes.refusal(socket, found[1].template)
        if status is None and not (self._is_started and (self._listeners or not self._receives)):
            status = _UNAVAILABLE
        if found is None or status is not None:
            await _refused(socket, status or _NOT_FOUND)
            return
        await socket.accept(subprotocol=self._handshakes.subprotocol(socket))
        await self._served(socket, Line(found[0], self._limits))

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def _served(self, socket: WebSocket, line: Line) -> None:
        self._lines[line.name] = line
        own = asyncio.current_task()
        if own is not None:
            self._serving.add(own)
        code: int | None = GOING_AWAY
        reading = asyncio.create_task(self._read(socket, line))
        slow = asyncio.create_task(_waited(line.is_slow))
        tasks = (reading, slow, asyncio.create_task(line.sending(_sender(socket))))
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            code = TRY_LATER if slow.done() else FAILED
            if reading.done() and not slow.done() and reading.exception() is None:
                code = reading.result()
        finally:
            # From now on replies have nowhere to go.
            self._lines.pop(line.name, None)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            if code is not None:
                await self._closed(socket, line, code)
            if own is not None:
                self._serving.discard(own)
        # What came is handled, whether its sender is still there or not.
        await line.finish()

    async def _closed(self, socket: WebSocket, line: Line, code: int) -> None:
        with contextlib.suppress(Exception):
            if code == GOING_AWAY:
                await asyncio.wait_for(line.flushed(_sender(socket)), self._limits.close_seconds)
            await asyncio.wait_for(socket.close(code), self._limits.close_seconds)

    async def _read(self, socket: WebSocket, line: Line) -> int | None:
        """Return why the connection ends: a code to close it with, or None when the other side has closed it."""
        while True:
            message = await socket.receive()
            if message["type"] != "websocket.receive":
                return None
            frame: Frame = message["text"] if message.get("text") is not None else message.get("bytes") or b""
            if len(frame if isinstance(frame, bytes) else frame.encode()) > self._limits.max_frame_bytes:
                return TOO_BIG
            listeners = tuple(each for each in self._listeners if each.source.address.values(line.address) is not None)
            if not listeners:
                # Nothing is received here, or no more: what is read would be lost.
                return POLICY if self._listeners or not self._receives else TRY_LATER
            await line.take(frame, listeners)

    def _forget(self, listener: Listener) -> None:
        if listener in self._listeners:
            self._listeners.remove(listener)
        for line in self._lines.values():
            line.leave(listener)

    def _address_of(self, address: str) -> Address | None:
        found = [own for own in self._addresses if own.values(address) is not None]
        return next((own for own in found if not any(own.yields_to(other) for other in found)), None)


def _addresses(service: Service, servers: Collection[str]) -> tuple[Address, ...]:
    channels = [each.channel for each in service.receives] + [each.channel for each in service.sends]
    channels += [each.reply.channel for each in service.receives if each.reply and each.reply.channel]
    here = (one for one in channels if not (one.servers and servers) or not set(one.servers).isdisjoint(servers))
    return tuple({channel.address.template: channel.address for channel in here if channel.address}.values())


async def _refused(socket: WebSocket, status: int) -> None:
    try:
        await socket.send_denial_response(Response(status_code=status))
    except RuntimeError:
        # The server lacks the extension (ASGI, WebSocket Denial Response): it answers 403.
        await socket.close()


async def _lived(receive: Receive, send: Send) -> None:
    """Have no lifespan of its own: who made the server starts and stops it (ASGI, Lifespan)."""
    while (await receive())["type"] != "lifespan.shutdown":
        await send({"type": "lifespan.startup.complete"})
    await send({"type": "lifespan.shutdown.complete"})


def _sender(socket: WebSocket) -> Any:
    async def send(frame: Frame) -> None:
        try:
            await (socket.send_text(frame) if isinstance(frame, str) else socket.send_bytes(frame))
        except (WebSocketDisconnect, RuntimeError) as gone:
            raise ConnectionError("the connection is closed") from gone

    return send


async def _waited(event: asyncio.Event) -> None:
    await event.wait()
