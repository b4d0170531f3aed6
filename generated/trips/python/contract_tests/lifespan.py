"""Applications that know no lifespan, in clients that ask for one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeAlias

Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
Application: TypeAlias = Callable[[Message, Receive, Send], Awaitable[None]]


class StartRefused(Exception):
    """An application says that it can't start."""


class WithLifespan:
    """An application that starts if it knows how: one that raises or returns at once does without.

    So the Lifespan Protocol of ASGI has it.
    """

    def __init__(self, app: Application) -> None:
        """Serve *app*."""
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Serve a request or a lifespan.

        Raises:
            StartRefused: the application has said that it can't start, and why.
        """
        if scope["type"] != "lifespan":
            await self._app(scope, receive, send)
            return
        answers: list[Message] = []

        async def sending(message: Message) -> None:
            answers.append(message)
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except Exception:
            if answers:
                raise
        if not answers:
            await send({"type": "lifespan.startup.complete"})
            while (await receive())["type"] != "lifespan.shutdown":
                continue
            await send({"type": "lifespan.shutdown.complete"})
        elif answers[0]["type"] == "lifespan.startup.failed":
            raise StartRefused(answers[0].get("message", ""))
