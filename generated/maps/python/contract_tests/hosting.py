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
        answering = portal.start_task_soon(self._answer, here, _crossing(receive, there), _crossing(send, there))
        await asyncio.wrap_future(answering)

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


def _crossing(call: Call[Value], loop: asyncio.AbstractEventLoop) -> Crossing[Value]:
    """Return *call*, which belongs to *loop*, to be awaited in another loop."""

    async def belonging(*arguments: Any) -> Value:
        return await call(*arguments)

    async def crossing(*arguments: Any) -> Value:
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(belonging(*arguments), loop))

    return crossing
