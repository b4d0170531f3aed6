"""An outbox in an SQLite database, beside the tables of the service."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from .clock import Clock, SystemClock
from .messages import Publication
from .outbox import checked_table
from .packing import packed, unpacked
from .settings import fresh_id
from .transport import Outlet


class SqliteOutbox:
    """Messages in a table of the database at a path.

    One relay at a time sends; should it die, another one takes over when its lease ends.
    """

    def __init__(
        self, path: Path | str, *, table: str = "outbox", clock: Clock | None = None, lease_seconds: float = 60.0
    ) -> None:
        """Use *table*, which `create` makes; sending one message takes less than *lease_seconds*."""
        self._path = path
        self._table = checked_table(table)
        self._clock = clock or SystemClock()
        self._lease_seconds = lease_seconds
        self._owner = fresh_id()
        self._lock = threading.Lock()
        self._own: sqlite3.Connection | None = None

    @property
    def schema(self) -> str:
        """The statements that make the tables, for who migrates databases otherwise."""
        return (
            f"CREATE TABLE IF NOT EXISTS {self._table} (number INTEGER PRIMARY KEY AUTOINCREMENT,"
            " publication BLOB NOT NULL, sent_at REAL);"
            f"CREATE INDEX IF NOT EXISTS {self._table}_unsent ON {self._table} (number) WHERE sent_at IS NULL;"
            f"CREATE TABLE IF NOT EXISTS {self._table}_relay"
            " (only_one INTEGER PRIMARY KEY CHECK (only_one = 1), owner TEXT NOT NULL, until REAL NOT NULL);"
        )

    async def create(self) -> None:
        """Make the tables, unless they are there."""
        await asyncio.to_thread(self._create)

    async def add(self, connection: sqlite3.Connection, publication: Publication) -> None:
        """Write *publication* in the transaction that *connection* is in."""
        connection.execute(
            f"INSERT INTO {self._table} (publication) VALUES (?)",  # noqa: S608 - a checked name
            (packed(publication),),
        )

    def within(self, connection: sqlite3.Connection) -> SqliteOutlet:
        """Return where a publisher sends to within the transaction of *connection*."""
        return SqliteOutlet(self, connection)

    async def forward(self, outlet: Outlet, *, most: int) -> int:
        """Send *most* messages that wait, the eldest first, and return how many were sent."""
        waiting = await asyncio.to_thread(self._claimed, most)
        sent = 0
        for number, publication in waiting:
            await outlet.publish(publication)
            # One by one, so that a crash repeats one message and not all; who lost the lease stops.
            if not await asyncio.to_thread(self._marked, number):
                break
            sent += 1
        return sent

    async def purge(self, before: datetime) -> None:
        """Delete messages that were sent before the time *before*."""
        await asyncio.to_thread(self._purge, before.timestamp())

    def close(self) -> None:
        """Close the connection that relays use."""
        with self._lock:
            if self._own is not None:
                self._own.close()
                self._own = None

    def _connection(self) -> sqlite3.Connection:
        if self._own is None:
            self._own = sqlite3.connect(self._path, check_same_thread=False, isolation_level=None, timeout=5.0)
        return self._own

    def _create(self) -> None:
        with self._lock:
            connection = self._connection()
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(self.schema)

    def _claimed(self, most: int) -> Sequence[tuple[int, Publication]]:
        """Return what waits; nothing while another relay has the lease."""
        select = f"SELECT number, publication FROM {self._table} WHERE sent_at IS NULL ORDER BY number LIMIT ?"  # noqa: S608
        with self._lock:
            # To look is free; the lease is written, which a transaction of the service may have to wait for.
            if self._connection().execute(select, (1,)).fetchone() is None or not self._has_lease():
                return ()
            rows = self._connection().execute(select, (most,)).fetchall()
        return [(number, unpacked(raw)) for number, raw in rows]

    def _marked(self, number: int) -> bool:
        now = self._clock.now().timestamp()
        with self._lock:
            self._connection().execute(f"UPDATE {self._table} SET sent_at = ? WHERE number = ?", (now, number))  # noqa: S608
            return self._has_lease()

    def _has_lease(self) -> bool:
        """Take or prolong the lease, and return whether it is ours."""
        now = self._clock.now().timestamp()
        taken = self._connection().execute(
            f"INSERT INTO {self._table}_relay (only_one, owner, until) VALUES (1, ?, ?)"  # noqa: S608 - a checked name
            " ON CONFLICT (only_one) DO UPDATE SET owner = excluded.owner, until = excluded.until"
            " WHERE owner = excluded.owner OR until < ?",
            (self._owner, now + self._lease_seconds, now),
        )
        return taken.rowcount == 1

    def _purge(self, before: float) -> None:
        with self._lock:
            self._connection().execute(f"DELETE FROM {self._table} WHERE sent_at < ?", (before,))  # noqa: S608


@dataclass(frozen=True, slots=True)
class SqliteOutlet:
    """An outbox within one transaction."""

    outbox: SqliteOutbox
    connection: sqlite3.Connection

    async def publish(self, publication: Publication) -> None:
        """Write *publication*; it is sent when the transaction is committed."""
        await self.outbox.add(self.connection, publication)
