"""What the services of this system keep: a table each, in an SQLite file that outlives its process."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS trips (id TEXT PRIMARY KEY, quote TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS charges (trip TEXT PRIMARY KEY, charge TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS positions (number INTEGER PRIMARY KEY, driver TEXT NOT NULL, measured TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS steps (number INTEGER PRIMARY KEY, what TEXT NOT NULL);
"""


def opened(path: Path) -> sqlite3.Connection:
    """Return a connection to the file at *path*, whose tables are there; commit is the caller's."""
    connection = sqlite3.connect(path, timeout=10.0)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.executescript(_TABLES)
    return connection


def noted(path: Path, what: str) -> None:
    """Keep that *what* has happened."""
    with closing(opened(path)) as connection, connection:
        connection.execute("INSERT INTO steps (what) VALUES (?)", (what,))


def rows(path: Path, query: str) -> list[tuple[str, ...]]:
    """Return what *query* finds in the file at *path*; nothing while it is not there."""
    if not path.exists():
        return []
    with closing(opened(path)) as connection:
        return connection.execute(query).fetchall()
