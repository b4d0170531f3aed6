"""The client of a package with WebSockets: it receives, sends, and comes back; and the frames of both ends."""

from __future__ import annotations

import asyncio
import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from apictl.support.events.messages import Publication
from apictl.support.events.transports.sockets import Line, SocketLimits, frame_of

pytest.importorskip("websockets", reason="the package websockets is not installed")

from tests.generated.chats import Served, chat_package, said, told


@pytest.fixture(scope="module", autouse=True)
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Have the package of Chat."""
    with chat_package(tmp_path_factory.mktemp("chat")) as place:
        yield place


def test_the_client_of_a_package_receives_asks_and_comes_back_after_the_connection_is_cut() -> None:
    connecting = importlib.import_module("chat_api.brokers")
    messages = importlib.import_module("chat_api._support.events.messages")
    transports = importlib.import_module("chat_api._support.events.transport")
    addresses = importlib.import_module("chat_api._support.events.addresses")
    came: list[Any] = []

    async def note(delivery: Any) -> None:
        came.append(json.loads(delivery.body))

    async def until(number: int) -> None:
        while len(came) < number:  # noqa: ASYNC110 - it only keeps
            await asyncio.sleep(0.01)

    async def story(served: Served) -> None:
        async with connecting.connect(served.url()) as client:
            address = client._addresses[0]
            source = transports.Source(addresses.Address.concrete(address), "", is_private=True)
            await client.subscribe(source, note)
            await client.publish(messages.Publication(address, said(1, "hi").encode(), content_type="text/json"))
            await until(1)
            for line in list(served.server._lines.values()):
                line.is_slow.set()
            while served.server._lines:  # noqa: ASYNC110 - as above
                await asyncio.sleep(0.01)
            await asyncio.sleep(0.05)
            await client.publish(messages.Publication(address, said(2, "again").encode()))
            await until(2)
            with pytest.raises(ValueError, match="not to"):
                await client.publish(messages.Publication("elsewhere", b"{}"))

    told(story)

    assert [one["id"] for one in came] == ["m-1", "m-2"]


@pytest.mark.parametrize(
    "content_type,body,expected",
    [
        ("application/json", b"{}", "{}"),
        ("application/vnd.a+json; charset=utf-8", b"[]", "[]"),
        ("", b"x", "x"),
        ("text/plain", b"\xff", b"\xff"),
        ("application/octet-stream", b"x", b"x"),
    ],
)
def test_text_leaves_as_text_and_bytes_as_bytes(content_type: str, body: bytes, expected: str | bytes) -> None:
    assert frame_of(Publication("a", body, content_type=content_type)) == expected


def test_a_line_that_is_full_is_slow() -> None:
    async def scenario() -> list[bool]:
        line = Line("/", SocketLimits(most_waiting=2))
        states = []
        for _ in range(3):
            line.put(Publication("/", b""))
            states.append(line.is_slow.is_set())
        return states

    assert asyncio.run(scenario()) == [False, False, True]


def test_the_package_is_strictly_typed(package: Path) -> None:
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(package / ".mypy"), "chat_api"],
        cwd=package,
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stdout
