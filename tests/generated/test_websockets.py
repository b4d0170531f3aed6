"""A generated service talks over real WebSockets: it answers by the connection that asked, and tells all of a room."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import importlib
import logging
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import uvicorn
from starlette.routing import Mount

pytest.importorskip("websockets", reason="the package websockets is not installed")

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Origin, Subprotocol

from tests.generated.chats import Served, at_port, chat_package, heard, said, told


@pytest.fixture(scope="module", autouse=True)
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Have the package of Chat."""
    with chat_package(tmp_path_factory.mktemp("chat")) as place:
        yield place


def test_replies_go_back_by_the_connection_and_announcements_to_all_of_the_room() -> None:
    async def story(served: Served) -> None:
        async with (
            connect(served.url()) as one,
            connect(served.url()) as two,
            connect(served.url("/rooms/blue")) as elsewhere,
        ):
            await one.send(said(1, "hello"))
            assert await heard(one) == {"kind": "kept", "id": "m-1", "length": 5}
            await two.send(said(2, "tell hi"))
            assert await heard(one) == {"kind": "heard", "text": "hi"}
            assert [await heard(two), await heard(two)] == [
                {"kind": "heard", "text": "hi"},
                {"kind": "kept", "id": "m-2", "length": 7},
            ]
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(elsewhere.recv(), 0.05)

    assert told(story).letters.bodies == []


def test_what_breaks_the_contract_is_dead_lettered_and_the_next_frame_is_handled() -> None:
    invalid: list[str | bytes] = [said(1, ""), "no json", b"\xff\x00", said(2, "fine")]

    async def story(served: Served) -> None:
        async with connect(served.url()) as one:
            for frame in invalid:
                await one.send(frame)
            assert await heard(one) == {"kind": "kept", "id": "m-2", "length": 4}

    served = told(story)

    assert served.letters.bodies == [said(1, "").encode(), b"no json", b"\xff\x00"]
    assert served.chat.texts == ["fine"]


def test_dead_letters_without_an_outlet_are_logged_in_full(caplog: pytest.LogCaptureFixture) -> None:
    async def story(served: Served) -> None:
        async with connect(served.url()) as one:
            await one.send("no json")
            await one.send(said(1, "fine"))
            await heard(one)

    with caplog.at_level(logging.ERROR):
        told(story, dead_letters=None)

    (line,) = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert "bm8ganNvbg==" in line


def test_frames_of_a_connection_are_handled_in_their_order_and_those_of_others_beside_them() -> None:
    async def story(served: Served) -> None:
        async with connect(served.url()) as one, connect(served.url()) as two:
            await one.send(said(1, "slow"))
            await one.send(said(2, "quick"))
            await two.send(said(3, "other"))
            assert (await heard(two))["id"] == "m-3"
            assert [(await heard(one))["id"], (await heard(one))["id"]] == ["m-1", "m-2"]

    assert told(story).chat.texts == ["slow", "other", "quick"]


async def refusal(url: str, **options: Any) -> int:
    with pytest.raises(InvalidStatus) as refused:
        await connect(url, **options)
    return refused.value.response.status_code


def test_handshakes_are_judged_before_anything_is_accepted() -> None:
    async def admit(socket: Any) -> int | None:
        return None if socket.headers.get("authorization") == "Bearer right" else 401

    right = {"authorization": "Bearer right"}
    schemas: dict[str, Any] = {
        "query": {
            "type": "object",
            "required": ["beat"],
            "properties": {"beat": {"type": "boolean"}, "tags": {"type": "array", "items": {"type": "integer"}}},
            "additionalProperties": False,
        },
        "headers": {"type": "object", "properties": {"X-Version": {"type": "integer", "maximum": 2}}},
    }

    async def story(served: Served) -> None:
        good = served.url() + "?beat=true&tags=1&tags=2"
        assert await refusal(served.url("/nowhere")) == 404
        assert await refusal(served.url("/rooms/red/door")) == 404
        assert await refusal(served.url(), additional_headers=right) == 400
        assert await refusal(served.url() + "?beat=perhaps", additional_headers=right) == 400
        assert await refusal(good + "&tags=x", additional_headers=right) == 400
        assert await refusal(good, additional_headers={**right, "x-version": "3"}) == 400
        assert await refusal(good) == 401
        assert await refusal(good, origin="https://evil.example", additional_headers=right) == 403
        own = Origin(f"http://127.0.0.1:{served.port}")
        async with connect(
            good, origin=own, additional_headers=right, subprotocols=[Subprotocol("v1"), Subprotocol("v2")]
        ) as one:
            assert one.subprotocol == "v2"
            await one.send(said(1, "in"))
            assert (await heard(one))["length"] == 2

    module = importlib.import_module("chat_api._support.events.transports.handshakes")
    headers = module.HeaderSet("headers", frozenset({"X-Version"}))
    binding = module.Binding(importlib.import_module("chat_api._support.judge").Judge.of(schemas), "query", headers)
    handshakes = {
        "admit": admit,
        "bindings": {"/rooms/{room}": binding},
        "subprotocols": ("v2",),
    }
    assert told(story, handshakes=handshakes).chat.texts == ["in"]


def test_the_bindings_of_the_contract_judge_handshakes_by_themselves() -> None:
    async def story(served: Served) -> None:
        assert await refusal(served.url() + "?beat=perhaps") == 400
        assert await refusal(served.url() + "?since=0") == 400
        assert await refusal(served.url() + "?since=1&since=2") == 400
        assert await refusal(served.url(), additional_headers={"x-version": "3"}) == 400
        assert await refusal(served.url(), additional_headers=[("X-Version", "1"), ("X-Version", "2")]) == 400
        assert await refusal(served.url(), origin="https://evil.example") == 403
        good = served.url() + "?beat=true&since=7&other=x"
        async with connect(good, additional_headers={"x-version": "2", "x-other": "y"}) as one:
            await one.send(said(1, "in"))
            assert (await heard(one))["length"] == 2

    assert told(story, origins=frozenset()).chat.texts == ["in"]


def test_what_the_read_me_says_of_web_sockets_runs(package: Path) -> None:
    text = (package / "README.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(import contextlib.*?)```", text, re.DOTALL)
    module = ModuleType("serving")

    exec(code, module.__dict__)  # noqa: S102 - the project's own text

    async def scenario() -> None:
        async with at_port(module.app) as port:
            assert await refusal(f"ws://127.0.0.1:{port}/chats/rooms/red?since=0") == 400
            async with connect(f"ws://127.0.0.1:{port}/chats/rooms/red") as one:
                await one.send(said(1, "in"))
                assert (await heard(one))["kind"] == "kept"

    asyncio.run(scenario())


def test_a_service_that_only_sends_is_connected_to_and_is_told_nothing() -> None:
    service = dataclasses.replace(importlib.import_module("chat_api.channels").SERVICE, receives=())
    server = importlib.import_module("chat_api._support.events.transports.websocket").WebSocketServer(service)
    publisher = importlib.import_module("chat_api.events").ChatPublisher(server)
    hi = importlib.import_module("chat_api.models").HeardPayload(kind="heard", text="hi")

    async def scenario() -> int | None:
        async with server, at_port(Mount("/", server)) as port, connect(f"ws://127.0.0.1:{port}/rooms/red") as one:
            await publisher.heard(hi, room="red")
            assert await heard(one) == {"kind": "heard", "text": "hi"}
            await one.send(said(1, "hello"))
            with pytest.raises(ConnectionClosed) as closed:
                await heard(one)
            return closed.value.rcvd.code if closed.value.rcvd else None

    assert asyncio.run(scenario()) == 1008


def test_a_room_that_the_contract_does_not_have_is_a_dead_letter() -> None:
    async def story(served: Served) -> None:
        async with connect(served.url("/rooms/green")) as one, connect(served.url()) as two:
            await one.send(said(1, "lost"))
            await two.send(said(2, "found"))
            await heard(two)
            while not served.letters.bodies:  # noqa: ASYNC110 - it only keeps
                await asyncio.sleep(0.01)

    assert told(story).chat.texts == ["found"]


def limits(**said: Any) -> Any:
    return importlib.import_module("chat_api._support.events.transports.sockets").SocketLimits(**said)


def test_a_frame_that_is_too_large_ends_its_connection() -> None:
    async def story(served: Served) -> None:
        async with connect(served.url()) as one, connect(served.url()) as two:
            await one.send(said(1, "x" * 2000))
            with pytest.raises(ConnectionClosed) as closed:
                await heard(one)
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == 1009
            await two.send(said(2, "fine"))
            assert (await heard(two))["length"] == 4

    assert told(story, limits=limits(max_frame_bytes=1000)).chat.texts == ["fine"]


def test_who_reads_too_slowly_is_closed_and_disturbs_nobody() -> None:
    big = "x" * 300_000

    async def story(served: Served) -> None:
        async with connect(served.url(), max_queue=1, compression=None) as slow, connect(served.url()) as quick:
            for number in range(60):
                await quick.send(said(number, f"tell {big}"))
                assert (await heard(quick))["kind"] == "heard"
                assert (await heard(quick))["id"] == f"m-{number}"
            assert len(served.server._lines) == 1
            codes = []
            try:
                while True:
                    await asyncio.wait_for(slow.recv(), 10)
            except ConnectionClosed as closed:
                codes.append(closed.rcvd.code if closed.rcvd else None)
            assert codes == [1013]

    told(story, limits=limits(most_waiting=5))


def test_what_came_before_its_sender_left_is_handled_and_the_reply_that_nobody_awaits_is_kept() -> None:
    async def story(served: Served) -> None:
        async with connect(served.url()) as one:
            await one.send(said(1, "slow"))
            await asyncio.sleep(0.02)
        while not served.letters.bodies:  # noqa: ASYNC110 - it only keeps
            await asyncio.sleep(0.01)

    served = told(story)

    assert served.chat.texts == ["slow"]
    assert served.letters.bodies == [said(1, "slow").encode()]


def test_when_the_server_stops_what_it_has_begun_is_answered_and_connections_are_told() -> None:
    async def scenario() -> None:
        served = Served()
        async with contextlib.AsyncExitStack() as stack:
            one = await stack.enter_async_context(_connected_late(served))
            await one.send(said(1, "slow"))
            await asyncio.sleep(0.02)
        assert (await heard(one))["id"] == "m-1"
        with pytest.raises(ConnectionClosed) as closed:
            await heard(one)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code in {1001, 1012}

    asyncio.run(scenario())


@contextlib.asynccontextmanager
async def _connected_late(served: Served) -> AsyncIterator[ClientConnection]:
    """Connect to a server that stops before its client does."""
    events = importlib.import_module("chat_api.events")
    runner = uvicorn.Server(
        uvicorn.Config(
            Mount("/ws", served.server),
            port=0,
            host="127.0.0.1",
            log_level="critical",
            lifespan="off",
            ws="websockets-sansio",
        )
    )
    serving = asyncio.create_task(runner.serve())
    while not runner.started:  # noqa: ASYNC110 - it has no event for that
        await asyncio.sleep(0.005)
    served.port = runner.servers[0].sockets[0].getsockname()[1]
    async with served.server, events.receiver(served.chat, served.server):
        yield await connect(served.url())
    runner.should_exit = True
    await serving
