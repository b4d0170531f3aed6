"""An outbox in a PostgreSQL database, beside the tables of the service; by psycopg 3 or asyncpg, whichever it uses."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol, TypeAlias, assert_never, runtime_checkable

from .messages import Publication
from .outbox import checked_table, lane_of
from .packing import packed, unpacked
from .transport import Outlet

_PLACE: Final = re.compile(r"\$([0-9])")
_LOCKS: Final = 0x6F7574  # the class of our advisory locks: "out"


class PsycopgCursor(Protocol):
    """What is used of psycopg's asynchronous cursor, with rows that are tuples."""

    async def fetchall(self) -> Sequence[Any]:
        """Return all rows."""
        ...


@runtime_checkable
class PsycopgConnection(Protocol):
    """What is used of psycopg's asynchronous connection."""

    async def execute(self, query: Any, params: Any = None, /) -> PsycopgCursor:
        """Execute a statement with `%s` for parameters."""
        ...

    def cursor(self) -> Any:
        """Return a cursor; asyncpg's needs a statement."""
        ...

    def transaction(self) -> AbstractAsyncContextManager[Any]:
        """Return a transaction, or a savepoint within one."""
        ...


@runtime_checkable
class AsyncpgConnection(Protocol):
    """What is used of asyncpg's connection."""

    async def fetch(self, query: str, /, *args: Any) -> Sequence[Any]:
        """Return all rows of a statement with `$1` for parameters."""
        ...

    def transaction(self) -> Any:
        """Return a transaction, or a savepoint within one."""
        ...


Connection: TypeAlias = PsycopgConnection | AsyncpgConnection


class PostgresOutbox:
    """Messages in a table.

    Relays share the work by address and key: who holds the advisory lock of one sends all of it, and others leave it
    alone. Row locks would not do: with the first row of a key locked, a second relay would go on with the next one.
    """

    def __init__(
        self, connect: Callable[[], AbstractAsyncContextManager[Connection]], *, table: str = "outbox"
    ) -> None:
        """Use *table*, which `create` makes; relays use connections of their own, which *connect* lends."""
        self._connect = connect
        self._table = checked_table(table)

    @property
    def schema(self) -> tuple[str, ...]:
        """The statements that make the table, for who migrates databases otherwise."""
        return (
            (
                f"CREATE TABLE IF NOT EXISTS {self._table} (number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                " lane text NOT NULL, publication bytea NOT NULL, sent_at timestamptz)"
            ),
            f"CREATE INDEX IF NOT EXISTS {self._table}_unsent ON {self._table} (lane, number) WHERE sent_at IS NULL",
        )

    async def create(self) -> None:
        """Make the table, unless it is there."""
        async with self._connect() as connection, connection.transaction():
            for statement in self.schema:
                await _run(connection, statement)

    async def add(self, connection: Connection, publication: Publication) -> None:
        """Write *publication* in the transaction that *connection* is in."""
        insert = f"INSERT INTO {self._table} (lane, publication) VALUES ($1, $2)"  # noqa: S608 - a checked name
        await _run(connection, insert, lane_of(publication), packed(publication))

    def within(self, connection: Connection) -> PostgresOutlet:
        """Return where a publisher sends to within the transaction of *connection*."""
        return PostgresOutlet(self, connection)

    async def forward(self, outlet: Outlet, *, most: int) -> int:
        """Send *most* messages that wait, the eldest of each lane first, and return how many were sent."""
        sent: list[int] = []
        failure: Exception | None = None
        async with self._connect() as connection, connection.transaction():
            for number, raw in await self._claimed(connection, most):
                try:
                    await outlet.publish(unpacked(bytes(raw)))
                except Exception as error:  # noqa: BLE001 - raised below, when what was sent is marked
                    failure = error
                    break
                sent.append(number)
            if sent:
                mark = f"UPDATE {self._table} SET sent_at = now() WHERE number = ANY($1::bigint[])"  # noqa: S608
                await _run(connection, mark, sent)
        if failure is not None:
            raise failure
        return len(sent)

    async def purge(self, before: datetime) -> None:
        """Delete messages that were sent before the time *before*, which is aware."""
        async with self._connect() as connection, connection.transaction():
            await _run(connection, f"DELETE FROM {self._table} WHERE sent_at < $1", before)  # noqa: S608

    async def _claimed(self, connection: Connection, most: int) -> Sequence[Any]:
        # Locks last until the end of the transaction. Materialised, so that only lanes within the limit are locked.
        lock = (
            "WITH lanes AS MATERIALIZED (SELECT lane, min(number) AS eldest"  # noqa: S608 - a checked name
            f" FROM {self._table} WHERE sent_at IS NULL GROUP BY lane ORDER BY eldest LIMIT $1::int)"
            f" SELECT lane FROM lanes WHERE pg_try_advisory_xact_lock({_LOCKS}, hashtext(lane))"
        )
        lanes = [row[0] for row in await _rows(connection, lock, most)]
        if not lanes:
            return ()
        # A statement of its own: it sees what the relay that had the lock before us has marked.
        select = (
            f"SELECT number, publication FROM {self._table}"  # noqa: S608 - a checked name
            " WHERE sent_at IS NULL AND lane = ANY($1::text[]) ORDER BY number LIMIT $2::int FOR UPDATE SKIP LOCKED"
        )
        return await _rows(connection, select, lanes, most)


@dataclass(frozen=True, slots=True)
class PostgresOutlet:
    """An outbox within one transaction."""

    outbox: PostgresOutbox
    connection: Connection

    async def publish(self, publication: Publication) -> None:
        """Write *publication*; it is sent when the transaction is committed."""
        await self.outbox.add(self.connection, publication)


async def _run(connection: Connection, statement: str, *values: Any) -> None:
    match connection:
        case AsyncpgConnection():
            await connection.fetch(statement, *values)
        case PsycopgConnection():
            await connection.execute(*_for_psycopg(statement, values))
        case _:
            assert_never(connection)


async def _rows(connection: Connection, statement: str, *values: Any) -> Sequence[Any]:
    match connection:
        case AsyncpgConnection():
            return await connection.fetch(statement, *values)
        case PsycopgConnection():
            cursor = await connection.execute(*_for_psycopg(statement, values))
            return await cursor.fetchall()
        case _:
            assert_never(connection)


def _for_psycopg(statement: str, values: Sequence[Any]) -> tuple[str, tuple[Any, ...]]:
    """Return *statement* with `%s` for each `$1`, and the values in that order."""
    places = tuple(values[int(place) - 1] for place in _PLACE.findall(statement))
    return _PLACE.sub("%s", statement), places
