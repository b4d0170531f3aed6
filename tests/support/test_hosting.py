"""An application of another event loop answers as if it were of the caller's own."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from apictl.support.contract_testing.hosting import Hosted
from apictl.support.contract_testing.lifespan import Application, Message, Receive, Send

START: Message = {"type": "http.response.start", "status": 200, "headers": []}


def body(content: bytes, *, more: bool = False) -> Message:
    return {"type": "http.response.body", "body": content, "more_body": more}


async def echo(_scope: Message, receive: Receive, send: Send) -> None:
    await send(START)
    await send(body((await receive())["body"]))


async def in_pieces(_scope: Message, _receive: Receive, send: Send) -> None:
    await send(START)
    for piece in (b"a", b"b"):
        await send(body(piece, more=True))
    await send(body(b""))


async def broken_at_once(_scope: Message, _receive: Receive, _send: Send) -> None:
    raise RuntimeError("a bug")


async def broken_later(_scope: Message, _receive: Receive, send: Send) -> None:
    await send(START)
    raise RuntimeError("a bug")


async def lingering(_scope: Message, receive: Receive, send: Send) -> None:
    await receive()
    await send(START)
    await send(body(b"done"))
    assert (await receive())["type"] == "http.disconnect"


def answer(app: Application) -> list[Message]:
    """Return the messages of *app*, called as schemathesis calls it."""
    told: list[Message] = []

    async def called() -> None:
        over = asyncio.Event()
        asked = iter([{"type": "http.request", "body": b"asked"}])

        async def receive() -> Message:
            for message in asked:
                return message
            await over.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            told.append(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                over.set()

        scope: dict[str, Any] = {"type": "http", "method": "GET", "path": "/"}
        await asyncio.wait_for(hosted(scope, receive, send), 10)

    async def without_lifespan(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await app(scope, receive, send)

    hosted = Hosted(without_lifespan, "http://service")
    hosted.start()
    try:
        asyncio.run(called())
    finally:
        hosted.stop()
    return told


@pytest.mark.parametrize(
    "app,messages",
    [
        (echo, [START, body(b"asked")]),
        (in_pieces, [START, body(b"a", more=True), body(b"b", more=True), body(b"")]),
        (lingering, [START, body(b"done")]),
        (broken_later, [START]),
    ],
)
def test_messages_come_in_their_order(app: Application, messages: list[Message]) -> None:
    assert answer(app) == messages


def test_application_that_fails_before_it_answers_has_answered_500() -> None:
    assert [message.get("status") for message in answer(broken_at_once)] == [500, None]
