"""What is written in a transaction is sent when it is committed: at least once, in order, by any number of relays."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apictl.support.events.clock import ManualClock
from apictl.support.events.errors import InvalidMessage
from apictl.support.events.memory import ConnectionLost, MemoryBroker, Point
from apictl.support.events.memory_transport import MemoryTransport
from apictl.support.events.messages import Delivery, HeaderValue, Publication
from apictl.support.events.outbox import Relay, lane_of
from apictl.support.events.packing import packed, unpacked
from apictl.support.events.sqlite_outbox import SqliteOutbox
from tests.support.events.example import events, models


class Orders:
    """A database with a table of its own and an outbox, and a broker."""

    def __init__(self, path: Path) -> None:
        """Make the tables."""
        self.clock = ManualClock()
        self.path = path
        self.outbox = self.another()
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.execute("CREATE TABLE orders (number INTEGER)")
        asyncio.run(self.outbox.create())
        self.transport = MemoryTransport(MemoryBroker(clock=self.clock))

    def another(self) -> SqliteOutbox:
        """Return the outbox as another process has it."""
        return SqliteOutbox(self.path, clock=self.clock, lease_seconds=10)

    def add(self, *numbers: int, end: str = "COMMIT") -> None:
        """Write an order and its event in one transaction."""
        self.connection.execute("BEGIN")
        for number in numbers:
            self.connection.execute("INSERT INTO orders VALUES (?)", (number,))
            event = Publication("orders", str(number).encode(), {"raw": b"\xff", "n": 1}, str(number % 2))
            asyncio.run(self.outbox.add(self.connection, event))
        self.connection.execute(end)

    @property
    def sent(self) -> list[int]:
        """The numbers of the events that the broker has."""
        return [int(publication.body) for publication in self.transport.broker.published]

    def drain(self, outbox: SqliteOutbox | None = None) -> int:
        """Send all that waits."""
        return asyncio.run(Relay(outbox or self.outbox, self.transport, most=2).drain())


@pytest.fixture
def orders(tmp_path: Path) -> Iterator[Orders]:
    """Return a fresh database and broker."""
    made = Orders(tmp_path / "orders.db")
    yield made
    made.outbox.close()
    made.connection.close()


def test_what_is_committed_is_sent_once_and_in_order(orders: Orders) -> None:
    orders.add(1, 2, 3)
    orders.add(4)

    assert orders.drain() == 4
    assert orders.drain() == 0
    assert orders.sent == [1, 2, 3, 4]
    assert orders.transport.broker.published[0].headers == {"raw": b"\xff", "n": "1"}


def test_what_is_rolled_back_is_never_sent(orders: Orders) -> None:
    orders.add(1, end="ROLLBACK")
    orders.add(2)

    orders.drain()

    assert orders.sent == [2]
    assert orders.connection.execute("SELECT number FROM orders").fetchall() == [(2,)]


def test_what_is_not_committed_yet_waits(orders: Orders) -> None:
    orders.add(1, end="SELECT 1")

    assert orders.drain() == 0
    orders.connection.execute("COMMIT")
    assert orders.drain() == 1


@pytest.mark.parametrize("point", [Point.PUBLISHING, Point.PUBLISHED])
def test_when_the_broker_fails_what_waits_is_sent_later_in_order(orders: Orders, point: Point) -> None:
    failing = [True]

    async def fail(at: Point, what: Publication | Delivery) -> None:
        if at is point and what.body == b"2" and failing.pop():
            failing.append(False)
            raise ConnectionLost("no")

    orders.transport.broker.checkpoint = fail
    orders.add(1, 2, 3)

    with pytest.raises(ConnectionLost):
        orders.drain()
    orders.drain()

    # At least once: what the broker had kept without saying so comes twice.
    assert orders.sent == ([1, 2, 3] if point is Point.PUBLISHING else [1, 2, 2, 3])


def test_a_second_relay_waits_until_the_first_one_has_been_silent_for_its_lease(orders: Orders) -> None:
    second = orders.another()
    orders.add(1)
    orders.drain()
    orders.add(2)

    assert orders.drain(second) == 0
    orders.clock.advance(11)
    assert orders.drain(second) == 1
    assert orders.drain() == 0
    second.close()
    assert orders.sent == [1, 2]


def test_relays_that_run_at_once_send_nothing_twice(orders: Orders) -> None:
    second = orders.another()
    numbers = list(range(30))
    orders.add(*numbers)

    async def scenario() -> None:
        async with Relay(orders.outbox, orders.transport, most=3), Relay(second, orders.transport, most=3):
            while len(orders.sent) < len(numbers):  # noqa: ASYNC110 - the database tells nobody
                await asyncio.sleep(0.001)

    async def timed() -> None:
        await asyncio.wait_for(scenario(), 10)

    orders.outbox._clock = second._clock = orders.clock
    asyncio.run(_with_moving_clock(orders.clock, timed()))

    second.close()
    assert orders.sent == numbers


async def _with_moving_clock(clock: ManualClock, scenario: object) -> None:
    assert asyncio.iscoroutine(scenario)
    task = asyncio.ensure_future(scenario)
    while not task.done():
        await asyncio.sleep(0.002)
        clock.advance(1)
    await task


def test_a_relay_goes_on_after_failures(orders: Orders) -> None:
    failures = [3]

    async def fail(at: Point, _what: Publication | Delivery) -> None:
        if at is Point.PUBLISHING and failures[0]:
            failures[0] -= 1
            raise ConnectionLost("no")

    async def scenario() -> None:
        async with Relay(orders.outbox, orders.transport, pause_seconds=0.001):
            while not orders.sent:  # noqa: ASYNC110 - the database tells nobody
                await asyncio.sleep(0.001)

    orders.transport.broker.checkpoint = fail
    orders.add(1)

    asyncio.run(asyncio.wait_for(scenario(), 10))

    assert orders.sent == [1]


def test_what_was_sent_is_purged_and_what_waits_is_not(orders: Orders) -> None:
    orders.add(1)
    orders.drain()
    orders.add(2)
    orders.clock.advance(100)

    asyncio.run(orders.outbox.purge(orders.clock.now()))

    assert orders.connection.execute("SELECT count(*) FROM outbox").fetchall() == [(1,)]
    orders.drain()
    assert orders.sent == [1, 2]


def test_a_publisher_writes_into_the_transaction_what_conforms_and_nothing_else(orders: Orders) -> None:
    publisher = events.PricingPublisher(orders.outbox.within(orders.connection))
    orders.connection.execute("BEGIN")
    asyncio.run(publisher.surge_changed(models.SurgeChanged(factor=2), zone_code="mitte"))
    with pytest.raises(InvalidMessage):
        asyncio.run(publisher.surge_changed(models.SurgeChanged(factor=9), zone_code="mitte"))
    orders.connection.execute("COMMIT")

    orders.drain()

    (publication,) = orders.transport.broker.published
    assert (publication.address, publication.body) == ("zones.mitte.surge", b'{"factor":2.0}')


@pytest.mark.parametrize("table", ["", "a b", "a;--", "a.b", "é", "1a", "a" * 100])
def test_a_table_needs_a_plain_name(table: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no name of a table"):
        SqliteOutbox(tmp_path / "x.db", table=table)


HEADERS: Final = st.dictionaries(
    st.text(st.characters(codec="utf-8")),
    st.text(st.characters(codec="utf-8")) | st.binary() | st.booleans() | st.integers(-(2**53), 2**53),
)


@given(st.binary(), HEADERS, st.none() | st.text(st.characters(codec="utf-8")))
def test_what_is_packed_is_unpacked_into_the_same(
    body: bytes, headers: dict[str, HeaderValue], text: str | None
) -> None:
    publication = Publication("a", body, headers, text, "t", text, text, text)

    assert unpacked(packed(publication)) == publication


def test_a_key_and_an_address_make_a_lane() -> None:
    assert lane_of(Publication("a", b"", key="k")) != lane_of(Publication("a", b""))
    assert lane_of(Publication("a", b"1")) == lane_of(Publication("a", b"2"))
