"""Services as people write them: around the stub of pricing, with rules and a life of their own."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from pricing_api import sample
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Mount
from starlette.types import Receive, Scope, Send

from tests.generated.faults import Answer, Call, Faithful, problem


def note(word: str) -> None:
    """Append *word* to the file that the environment names."""
    with Path(os.environ["RECORD"]).open("a", encoding="utf-8") as record:
        record.write(f"{word}\n")


class WithConnection:
    """Serves the stub while a connection is open, which belongs to the event loop that it was opened in."""

    def __init__(self) -> None:
        """Begin without a connection."""
        self._loop: asyncio.AbstractEventLoop | None = None

    @asynccontextmanager
    async def lifespan(self, _app: Starlette) -> AsyncIterator[dict[str, str]]:
        """Open the connection, and close it for good."""
        note("starts")
        self._loop = asyncio.get_running_loop()
        yield {"connection": "open"}
        self._loop = None
        note("ends")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer through the connection."""
        if self._loop is asyncio.get_running_loop() and scope["state"] == {"connection": "open"}:
            await sample.app(scope, receive, send)
        else:
            await Response(b"the connection is closed", 500)(scope, receive, send)


_service = WithConnection()
with_connection = Starlette(routes=[Mount("/", app=_service)], lifespan=_service.lifespan)


def _failing(_app: Starlette) -> AbstractAsyncContextManager[None]:
    raise ConnectionRefusedError("no database here")


failing = Starlette(lifespan=_failing)


async def refusing(_scope: Scope, receive: Receive, send: Send) -> None:
    """Say by the protocol of lifespans that it can't start."""
    await receive()
    await send({"type": "lifespan.startup.failed", "message": "no database here"})


class Gone(Faithful):
    """Every quote has expired, which the contract declares."""

    def receive(self, call: Call) -> Call | Answer:
        """Answer 410 to those who may read quotes."""
        is_read = call.method in {"GET", "HEAD"} and "/quotes/" in call.path
        may = call.headers.get("x-api-key") == "sample-token"
        return problem(410) if is_read and may and call.path.count("-") == 4 else call


class Raising(Faithful):
    """Breaks down instead of answering."""

    def receive(self, _call: Call) -> Call | Answer:
        """Fail."""
        raise RuntimeError("a bug of the service")


class WithCookies(Faithful):
    """Gives every caller a cookie, and lets nobody in who brings one."""

    def receive(self, call: Call) -> Call | Answer:
        """Refuse cookies."""
        return problem(500) if "cookie" in call.headers else call

    def send(self, _call: Call, answer: Answer) -> Answer:
        """Set a cookie."""
        return Answer(answer.status, {**answer.headers, "set-cookie": "seen=yes"}, answer.body)


gone = Gone()
raising = Raising()
with_cookies = WithCookies()
