"""Which messages have been handled, so that a copy is answered again but not handled twice."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections import OrderedDict
from pathlib import Path
from typing import Protocol


class Handled(Protocol):
    """A memory of messages by key. What it forgets is handled again when another copy comes."""

    async def find(self, key: str) -> bytes | None:
        """Return what was kept with *key*; None when no message with it has been handled."""
        ...

    async def keep(self, key: str, answer: bytes) -> None:
        """Remember that the message with *key* has been handled, and its *answer*, which may be empty."""
        ...


class HandledInMemory:
    """Remembers the latest messages of this process."""

    def __init__(self, most: int = 100_000) -> None:
        """Remember *most* of them."""
        self._most = most
        self._answers: OrderedDict[str, bytes] = OrderedDict()

    async def find(self, key: str) -> bytes | None:
        """Return what was kept with *key*."""
        return self._answers.get(key)

    async def keep(self, key: str, answer: bytes) -> None:
        """Remember *key*, and forget the eldest when there are too many."""
        self._answers[key] = answer
        self._answers.move_to_end(key)
        if len(self._answers) > self._most:
            self._answers.popitem(last=False)


class HandledInSqlite:
    """Remembers messages in a file, which outlives the process."""

    def __init__(self, path: Path | str, *, most: int = 1_000_000) -> None:
        """Remember *most* messages in the file at *path*, which is made when it is missing."""
        self._most = most
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS handled"
            " (number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, answer BLOB NOT NULL)"
        )

    async def find(self, key: str) -> bytes | None:
        """Return what was kept with *key*."""
        return await asyncio.to_thread(self._find, key)

    async def keep(self, key: str, answer: bytes) -> None:
        """Remember *key*, and forget the eldest when there are too many."""
        await asyncio.to_thread(self._keep, key, answer)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def _find(self, key: str) -> bytes | None:
        with self._lock:
            row = self._connection.execute("SELECT answer FROM handled WHERE key = ?", (key,)).fetchone()
        return None if row is None else bytes(row[0])

    def _keep(self, key: str, answer: bytes) -> None:
        with self._lock:
            kept = self._connection.execute(
                "INSERT INTO handled (key, answer) VALUES (?, ?)"
                " ON CONFLICT (key) DO UPDATE SET answer = excluded.answer",
                (key, answer),
            )
            self._connection.execute("DELETE FROM handled WHERE number <= ?", ((kept.lastrowid or 0) - self._most,))
