"""The outbox in PostgreSQL: its statements, and on a real server where one is named, what they do.

`APICTL_POSTGRES` names the server, as a connection string that both psycopg and asyncpg read.
"""

from __future__ import annotations

import asyncio
import importlib
import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Final, TypeAlias
from uuid import uuid4

import pytest

from apictl.support.events.memory import ConnectionLost, MemoryBroker, Point
from apictl.support.events.memory_transport import MemoryTransport
from apictl.support.events.messages import Delivery, Publication
from apictl.support.events.outbox import Relay
from apictl.support.events.packing import packed
from apictl.support.events.postgres_outbox import Connection, PostgresOutbox

Connect: TypeAlias = "Callable[[], AbstractAsyncContextManager[Connection]]"

EVENT: Final = Publication("orders", b"1", key="k")


class Recording:
    """The parts of a connection that both kinds have: what is done is noted."""

    def __init__(self, *answers: Sequence[Any]) -> None:
        """Answer the first statements with *answers*, and all others with nothing."""
        self.done: list[Any] = []
        self.answers = list(answers)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[None]:
        """Note its begin and its end."""
        self.done.append("BEGIN")
        yield
        self.done.append("COMMIT")

    @asynccontextmanager
    async def lent(self) -> AsyncIterator[Any]:
        """Lend this connection."""
        yield self

    def note(self, statement: str, values: Sequence[Any]) -> Sequence[Any]:
        """Note *statement*, and return its rows."""
        self.done.append((" ".join(statement.split()), tuple(values)))
        return self.answers.pop(0) if self.answers else []


class Psycopg(Recording):
    """A connection like psycopg's."""

    async def execute(self, query: Any, params: Any = None, /) -> Cursor:
        """Note *query*."""
        return Cursor(self.note(query, params))

    def cursor(self) -> Any:
        """Return none: it is not used."""


class Cursor:
    """Rows that wait to be fetched."""

    def __init__(self, rows: Sequence[Any]) -> None:
        """Keep *rows*."""
        self._rows = rows

    async def fetchall(self) -> Sequence[Any]:
        """Return all rows."""
        return self._rows


class Asyncpg(Recording):
    """A connection like asyncpg's."""

    async def fetch(self, query: str, /, *args: Any) -> Sequence[Any]:
        """Note *query*."""
        return self.note(query, args)


@pytest.mark.parametrize("kind, place", [(Psycopg, "%s, %s"), (Asyncpg, "$1, $2")])
def test_an_event_is_written_by_one_statement_in_the_transaction_of_the_caller(
    kind: type[Psycopg | Asyncpg], place: str
) -> None:
    connection = kind()

    asyncio.run(PostgresOutbox(connection.lent).within(connection).publish(EVENT))

    assert connection.done == [
        (f"INSERT INTO outbox (lane, publication) VALUES ({place})", ("orders\nk", packed(EVENT)))  # noqa: S608
    ]


@pytest.mark.parametrize("kind", [Psycopg, Asyncpg])
def test_a_relay_locks_lanes_sends_what_they_hold_and_marks_it_in_one_transaction(
    kind: type[Psycopg | Asyncpg],
) -> None:
    connection = kind([["orders\nk"]], [[7, packed(EVENT)], [9, packed(EVENT)]])
    transport = MemoryTransport()

    sent = asyncio.run(PostgresOutbox(connection.lent).forward(transport, most=5))

    assert (sent, len(transport.broker.published)) == (2, 2)
    begin, lock, select, mark, commit = connection.done
    assert (begin, commit) == ("BEGIN", "COMMIT")
    assert "pg_try_advisory_xact_lock" in lock[0]
    assert "FOR UPDATE SKIP LOCKED" in select[0]
    assert select[1] == (["orders\nk"], 5)
    assert mark[1] == ([7, 9],)


@pytest.mark.parametrize("kind", [Psycopg, Asyncpg])
def test_when_the_broker_fails_what_was_sent_before_is_marked(kind: type[Psycopg | Asyncpg]) -> None:
    connection = kind([["orders\nk"]], [[7, packed(EVENT)], [9, packed(EVENT)]])
    published = [0]

    async def fail(at: Point, _what: Publication | Delivery) -> None:
        published[0] += at is Point.PUBLISHING
        if published[0] == 2:
            raise ConnectionLost("no")

    outbox = PostgresOutbox(connection.lent)

    with pytest.raises(ConnectionLost):
        asyncio.run(outbox.forward(MemoryTransport(MemoryBroker(checkpoint=fail)), most=5))

    assert connection.done[-2][1] == ([7],)
    assert connection.done[-1] == "COMMIT"


# ------------------------------------------------------------------------------------------------ on a real server


@pytest.fixture(params=["psycopg", "asyncpg"])
def connect(request: pytest.FixtureRequest) -> Connect:
    """Return what opens a connection; skip where there is no server, or no driver."""
    server = os.environ.get("APICTL_POSTGRES")
    if not server:
        pytest.skip("no PostgreSQL: APICTL_POSTGRES names none")
    try:
        driver: Any = importlib.import_module(request.param)
    except ImportError:
        pytest.skip(f"{request.param} is not installed")

    @asynccontextmanager
    async def opened() -> AsyncIterator[Any]:
        if request.param == "psycopg":
            connection = await driver.AsyncConnection.connect(server, autocommit=True)
        else:
            connection = await driver.connect(server)
        try:
            yield connection
        finally:
            await connection.close()

    return opened


class Server:
    """An outbox in a table of its own, and a broker."""

    def __init__(self, connect: Connect) -> None:
        """Use a fresh table."""
        self.table = f"outbox_{uuid4().hex}"
        self.connect = connect
        self.outbox = PostgresOutbox(connect, table=self.table)
        self.transport = MemoryTransport()

    async def add(self, *events: tuple[int, str | None]) -> None:
        """Write number and key of each event in one transaction."""
        async with self.connect() as connection, connection.transaction():
            for number, key in events:
                await self.outbox.add(connection, Publication("orders", str(number).encode(), key=key))

    async def add_and_fail(self) -> None:
        """Write an event in a transaction that is rolled back."""
        async with self.connect() as connection, connection.transaction():
            await self.outbox.add(connection, Publication("orders", b"99"))
            raise ZeroDivisionError

    @property
    def sent(self) -> list[int]:
        """The numbers of the events that the broker has."""
        return [int(publication.body) for publication in self.transport.broker.published]


def test_on_a_server_what_is_committed_is_sent_once_in_order_and_purged(connect: Connect) -> None:
    server = Server(connect)

    async def scenario() -> None:
        await server.outbox.create()
        await server.outbox.create()
        await server.add(*((number, str(number % 3)) for number in range(20)))
        with pytest.raises(ZeroDivisionError):
            await server.add_and_fail()
        assert await Relay(server.outbox, server.transport, most=7).drain() == 20
        assert await Relay(server.outbox, server.transport).drain() == 0

    asyncio.run(scenario())

    assert server.sent == list(range(20))


def test_on_a_server_many_relays_send_nothing_twice_and_keep_the_order_of_each_key(connect: Connect) -> None:
    server = Server(connect)
    keys = ["a", "b", "c", None]
    events = [(number, keys[number % 4]) for number in range(120)]

    async def slowly(at: Point, _what: Publication | Delivery) -> None:
        if at is Point.PUBLISHING:
            await asyncio.sleep(0.0005)

    async def scenario() -> None:
        await server.outbox.create()
        server.transport.broker.checkpoint = slowly
        relays = [Relay(PostgresOutbox(connect, table=server.table), server.transport, most=5) for _ in range(4)]
        for relay in relays:
            relay._retries = type(relay._retries)(first_seconds=0.001)
        for start in range(0, len(events), 10):
            await server.add(*events[start : start + 10])
            if not start:
                await asyncio.gather(*(relay.start() for relay in relays))
        while len(server.sent) < len(events):  # noqa: ASYNC110 - the database tells nobody
            await asyncio.sleep(0.005)
        await asyncio.gather(*(relay.stop() for relay in relays))

    asyncio.run(asyncio.wait_for(scenario(), 30))

    assert sorted(server.sent) == list(range(120))
    for index in range(4):
        own = [number for number in server.sent if number % 4 == index]
        assert own == sorted(own)
