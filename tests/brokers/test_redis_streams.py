"""Addresses with parameters on a real Redis: streams that come later, processes that die, and publishers unknown."""

from __future__ import annotations

import asyncio
import contextlib
import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from apictl.support.events.addresses import Address
from apictl.support.events.messages import Delivery, Publication
from apictl.support.events.transport import Source
from tests.brokers.processes import NotThere, redis
from tests.brokers.story import eventually

pytest.importorskip("faststream", reason="the package faststream is not installed")

from apictl.support.events.transports import redis as redis_transport
from apictl.support.events.transports.intake import Limits
from apictl.support.events.transports.redis import RedisTransport
from apictl.support.events.transports.redis_streams import Pace

SURGE: Final = Source(Address("zones.{zone}.surge"), "watchers")


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    """Run Redis."""
    with contextlib.ExitStack() as running:
        try:
            where = running.enter_context(redis(tmp_path))
        except NotThere as missing:
            pytest.skip(str(missing))
        yield where


def surge(zone: str, number: int) -> Publication:
    return Publication(f"zones.{zone}.surge", str(number).encode(), key=zone)


def connected(url: str, name: str = "one") -> RedisTransport:
    return RedisTransport(url, name, claim_seconds=0.6, limits=Limits(pause_seconds=0.01))


class Watcher:
    """Notes what comes."""

    def __init__(self) -> None:
        """Have seen nothing."""
        self.seen: list[tuple[str, int]] = []

    async def __call__(self, delivery: Delivery) -> None:
        self.seen.append((delivery.address.split(".")[1], int(delivery.body)))


def test_streams_that_come_later_are_read_from_their_beginning_and_older_ones_from_the_subscription(url: str) -> None:
    async def scenario() -> Watcher:
        watcher = Watcher()
        async with connected(url) as transport, connected(url, "peer") as peer:
            await peer.publish(surge("old", 0))
            await transport.subscribe(SURGE, watcher)
            for number in range(1, 6):
                for zone in ("old", "new", "newer"):
                    await peer.publish(surge(zone, number))
            await peer.publish(Publication("zones.new.weather", b"9"))
            await eventually(lambda: len(watcher.seen) >= 15)
            await asyncio.sleep(0.2)
        return watcher

    watcher = asyncio.run(scenario())

    for zone in ("old", "new", "newer"):
        assert [number for name, number in watcher.seen if name == zone] == [1, 2, 3, 4, 5]
    assert len(watcher.seen) == 15


def test_a_group_gets_what_came_while_nobody_of_it_ran_also_from_streams_that_it_never_saw(url: str) -> None:
    async def scenario() -> set[tuple[str, int]]:
        first, second = Watcher(), Watcher()
        async with connected(url, "peer") as peer:
            async with connected(url) as transport:
                await transport.subscribe(SURGE, first)
                await peer.publish(surge("a", 1))
                await eventually(lambda: bool(first.seen))
            await peer.publish(surge("a", 2))
            await peer.publish(surge("b", 3))
            async with connected(url) as transport:
                await transport.subscribe(SURGE, second)
                await eventually(lambda: {("a", 2), ("b", 3)} <= set(second.seen))
        return set(second.seen)

    # The first one may come again: its process ended before it could say that it was done.
    assert asyncio.run(scenario()) - {("a", 1)} == {("a", 2), ("b", 3)}


def test_what_a_process_had_not_acknowledged_comes_again_to_it_first_and_else_to_another_one(url: str) -> None:
    async def scenario() -> tuple[list[tuple[str, int]], list[int], list[tuple[str, int]]]:
        begun, again = asyncio.Event(), list[int]()
        same, other = Watcher(), Watcher()

        async def hang(_delivery: Delivery) -> None:
            begun.set()
            await asyncio.Event().wait()

        async def note(delivery: Delivery) -> None:
            again.append(delivery.redeliveries)
            await same(delivery)

        async with connected(url, "peer") as peer:
            async with connected(url) as transport:
                await transport.subscribe(SURGE, hang)
                await peer.publish(surge("a", 1))
                await begun.wait()
            await peer.publish(surge("a", 2))
            async with connected(url) as transport:
                await transport.subscribe(SURGE, note)
                await eventually(lambda: len(same.seen) >= 2)
            begun.clear()
            async with connected(url, "dying") as transport:
                await transport.subscribe(SURGE, hang)
                await peer.publish(surge("a", 3))
                await begun.wait()
            async with connected(url) as transport:
                await transport.subscribe(SURGE, other)
                await eventually(lambda: bool(other.seen))
        return same.seen, again, other.seen

    same, again, other = asyncio.run(scenario())

    assert same == [("a", 1), ("a", 2)]
    assert again[0] >= 1
    assert other == [("a", 3)]


def test_streams_of_publishers_that_note_nothing_are_found_too(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redis_transport, "Pace", functools.partial(Pace, scan_seconds=0.5))
    seen: list[str] = []

    async def note(delivery: Delivery) -> None:
        seen.append(delivery.address)

    async def scenario() -> None:
        async with connected(url) as transport:
            await transport.subscribe(Source(Address("zones[*].{zone}"), "watchers"), note)
            for stream in ("zones[*].a", "zones*.b", "zones[*].a"):
                await transport._client.xadd(stream, {"zone": "z"})
            await eventually(lambda: len(seen) >= 2)

    asyncio.run(scenario())

    assert seen == ["zones[*].a", "zones[*].a"]
