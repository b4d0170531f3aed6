"""Order of a key on a real NATS when a process ends in the middle of its work."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from apictl.support.events.addresses import Address
from apictl.support.events.messages import Delivery, Publication
from apictl.support.events.transport import Source
from tests.brokers.processes import NotThere, nats
from tests.brokers.story import eventually

pytest.importorskip("faststream", reason="the package faststream is not installed")

from apictl.support.events.transports.nats import NatsTransport

SURGE: Final = Source(Address("zones.{zone}.surge"), "watchers")
ACK_WAIT_SECONDS: Final = 1.0


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    """Run NATS."""
    with contextlib.ExitStack() as running:
        try:
            where = running.enter_context(nats(tmp_path))
        except NotThere as missing:
            pytest.skip(str(missing))
        yield where


def connected(url: str) -> NatsTransport:
    return NatsTransport(url, ack_wait_seconds=ACK_WAIT_SECONDS)


def surge(number: int) -> Publication:
    return Publication("zones.west.surge", str(number).encode(), key="west")


def test_what_was_broken_off_comes_before_what_came_later_when_its_process_is_started_again(url: str) -> None:
    seen: list[tuple[int, bool]] = []

    async def note(delivery: Delivery) -> None:
        seen.append((int(delivery.body), delivery.redeliveries > 0))

    async def scenario() -> None:
        begun = asyncio.Event()

        async def hang(delivery: Delivery) -> None:
            if delivery.body == b"3":
                begun.set()
            await asyncio.Event().wait()

        async with connected(url) as peer:
            async with connected(url) as transport:
                await transport.subscribe(SURGE, hang)
                for number in (1, 2, 3):
                    await peer.publish(surge(number))
                await begun.wait()
            for number in (4, 5):
                await peer.publish(surge(number))
            async with connected(url) as transport:
                await transport.subscribe(SURGE, note)
                await eventually(lambda: len(seen) >= 5)

    asyncio.run(scenario())

    assert seen == [(1, True), (2, True), (3, True), (4, False), (5, False)]


def test_who_left_nothing_behind_or_has_siblings_is_not_kept_waiting(url: str) -> None:
    async def scenario() -> float:
        begun = asyncio.Event()

        async def hang(_delivery: Delivery) -> None:
            begun.set()
            await asyncio.Event().wait()

        async with connected(url) as one, connected(url) as two:
            began = asyncio.get_running_loop().time()
            await one.subscribe(SURGE, hang)
            await one.publish(surge(1))
            await begun.wait()
            await two.subscribe(SURGE, hang)
            return asyncio.get_running_loop().time() - began

    assert asyncio.run(scenario()) < ACK_WAIT_SECONDS
