"""An application in this process: started once, in one event loop, for all tests and for whoever calls it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeAlias, TypeVar

from starlette.testclient import TestClient

from .lifespan import Application, Message, Receive, Send, WithLifespan

Value = TypeVar("Value")
Call: TypeAlias = "Callable[..., Awaitable[Value]]"
Crossing: TypeAlias = "Callable[..., Coroutine[Any, Any, Value]]"

log = logging.getLogger(__name__)


class Hosted:
    """An ASGI application that runs; itself one, which may be called from any event loop."""

    def __init__(self, app: Application, url: str) -> None:
        """Keep *app*, which will seem to be at *url*."""
        self._app = app
        self._running = contextlib.ExitStack()
        self.client = TestClient(WithLifespan(app), url, raise_server_exceptions=False, follow_redirects=False)

    def start(self) -> None:
        """Start the event loop, and the application in it.

        Raises:
            Exception: whatever the application raises when it can't start.
        """
        self._running.enter_context(self.client)

    def stop(self) -> None:
        """End the application, then the event loop.

        Raises:
            Exception: whatever the application raises when it can't end.
        """
        self._running.close()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass a request of another event loop on to the one of the application."""
        portal = self.client.portal
        if scope["type"] == "lifespan" or portal is None:  # it has long started, and ends when no test is left
            return
        there = asyncio.get_running_loop()
        here = {**scope, "state": self.client.app_state.copy()}
        receiving = _Receiving(await receive(), _crossing(receive, there))
        sending = _Sending(_crossing(_all_by(send), there))
        await asyncio.wrap_future(portal.start_task_soon(self._answer, here, receiving, sending))
        for message in sending.begun:  # of an application that failed before there was more
            await send(message)

    async def _answer(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer as a server does: an application that fails before it answers has answered 500."""
        is_answered = False

        async def sending(message: Message) -> None:
            nonlocal is_answered
            is_answered = True
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except Exception:
            log.exception("the application fails at %s %s", scope["method"], scope["path"])
            if not is_answered:
                await send({"type": "http.response.start", "status": 500, "headers": [(b"content-length", b"0")]})
                await send({"type": "http.response.body", "body": b""})


class _Receiving:
    """Gives the first message, which is at hand, and asks for the others where they come from."""

    def __init__(self, first: Message, others: Receive) -> None:
        self._first: Message | None = first
        self._others = others

    async def __call__(self) -> Message:
        first, self._first = self._first, None
        return await self._others() if first is None else first


class _Sending:
    """Sends the beginning of an answer with what comes next: to cross to another loop takes longer than the rest."""

    def __init__(self, send: Crossing[None]) -> None:
        self._send = send
        self.begun: list[Message] = []

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and not self.begun:
            self.begun.append(message)
        else:
            begun, self.begun = self.begun, []
            await self._send([*begun, message])


def _all_by(send: Send) -> Call[None]:
    async def sending(messages: list[Message]) -> None:
        for message in messages:
            await send(message)

    return sending


def _crossing(call: Call[Value], loop: asyncio.AbstractEventLoop) -> Crossing[Value]:
    """Return *call*, which belongs to *loop*, to be awaited in another loop."""

    async def belonging(*arguments: Any) -> Value:
        return await call(*arguments)

    async def crossing(*arguments: Any) -> Value:
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(belonging(*arguments), loop))

    return crossing
