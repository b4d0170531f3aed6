# mypy: disable-error-code="import-not-found"
"""Many streams of Redis as one source: those that match an address with parameters, known or still to come.

Redis has no patterns for streams. So who publishes notes the name of each new stream in the set `events:streams`
before its first message, and who subscribes reads that set every `discover_seconds`; streams of others, who note
nothing, are found by SCAN every `scan_seconds`, and when a subscription starts. A new stream is read from its
beginning, so that being found late delays a message and loses none; only what was there when the group first
subscribed, noted in the set `events:groups`, is behind it. All streams are read by one connection and one command.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from redis.exceptions import RedisError, ResponseError

from ..addresses import Address
from ..transport import Source

log = logging.getLogger(__name__)

STREAMS: Final = "events:streams"
"""Set of the names of streams that were published to."""
GROUPS: Final = "events:groups"
"""Set of the groups, with their addresses, that have subscribed to an address with parameters."""

_MOST_KNOWN: Final = 100_000
_PAUSE_SECONDS: Final = 1.0
_BLOCK_SECONDS: Final = 0.1
_STOP_SECONDS: Final = 5.0
_GLOB: Final = str.maketrans({mark: f"\\{mark}" for mark in "\\*?[]^"})

Take: TypeAlias = "Callable[[bytes, dict[bytes, bytes]], Awaitable[None]]"
"""Takes an entry: its id and its fields."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How often streams are looked for and looked after, and how many entries are read at once."""

    discover_seconds: float = 0.5
    scan_seconds: float = 30.0
    claim_seconds: float = 60.0
    most_at_once: int = 100


class Notes:
    """The names of streams that this process has published to; each is noted once."""

    def __init__(self) -> None:
        """Know none."""
        self._known: set[str] = set()

    async def note(self, client: Any, stream: str) -> None:
        """Return when *stream* is among those that subscribers look at."""
        if stream in self._known:
            return
        await client.sadd(STREAMS, stream)
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        self._known.add(stream)


class Streams:
    """A subscription to all streams of an address."""

    def __init__(self, client: Any, source: Source, *, name: str, pace: Pace, taking: Callable[[str], Take]) -> None:
        """Read as the consumer *name*, and give each entry to what *taking* returns for its stream."""
        self._client = client
        self._source = source
        self._name = name
        self._pace = pace
        self._taking = taking
        self._takes: dict[str, Take] = {}
        """Of every stream that was read in this life; what is inside of them outlives their reading."""
        self._read: set[str] = set()
        self._is_stopped = False
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Subscribe to what is there, and begin to read."""
        member = f"{self._source.group} {self._source.address.template}"
        is_new = not await self._client.sismember(GROUPS, member)
        async for stream in self._scanned():
            await self._join(stream, "$" if is_new else "0")
        await self._client.sadd(GROUPS, member)
        # In the background: a handler that is slow with what was pending is no reason to wait here.
        self._tasks = [asyncio.create_task(each) for each in (self._reading(), self._discovering(), self._claiming())]

    async def stop(self) -> None:
        """Read no more; may be called twice."""
        self._is_stopped = True
        tasks, self._tasks = self._tasks, []
        for task in tasks[1:]:
            task.cancel()
        if tasks:
            # Not cancelled: the server would go on reading for us, and nobody would see what it found.
            await asyncio.wait(tasks[:1], timeout=_STOP_SECONDS)
            tasks[0].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _reading(self) -> None:
        recovered: set[str] = set()
        while not self._is_stopped:
            try:
                for stream in self._read - recovered:
                    await self._recover(stream)
                    recovered.add(stream)
                if not self._read:
                    await asyncio.sleep(_BLOCK_SECONDS)
                    continue
                most = max(1, self._pace.most_at_once // len(self._read))
                wanted = dict.fromkeys(sorted(self._read), ">")
                found = await self._client.xreadgroup(
                    self._source.group, self._name, wanted, count=most, block=int(_BLOCK_SECONDS * 1000)
                )
                for stream, entries in found or ():
                    for entry, fields in entries:
                        await self._takes[stream.decode()](entry, fields)
            except RedisError as error:
                log.warning("streams of %s can't be read: %s", self._source.address.template, error)
                if "NOGROUP" in str(error):
                    # One was deleted: those that are still there, or there again, are found again.
                    self._read.clear()
                await asyncio.sleep(_PAUSE_SECONDS)

    async def _discovering(self) -> None:
        turns = max(1, round(self._pace.scan_seconds / self._pace.discover_seconds))
        turn = 0
        while True:
            await asyncio.sleep(self._pace.discover_seconds)
            turn = (turn + 1) % turns
            try:
                async for stream in self._noted() if turn else self._scanned():
                    await self._join(stream, "0")
            except RedisError as error:
                log.warning("streams of %s can't be looked for: %s", self._source.address.template, error)

    async def _claiming(self) -> None:
        """Take what other consumers of the group have left behind."""
        idle = max(1, int(self._pace.claim_seconds * 1000))
        while True:
            await asyncio.sleep(self._pace.claim_seconds / 2)
            for stream in sorted(self._read):
                try:
                    await self._claim(stream, idle)
                except RedisError as error:
                    log.warning("%.200r: nothing can be claimed: %s", stream, error)

    async def _claim(self, stream: str, idle_milliseconds: int) -> None:
        cursor: Any = "0-0"
        while True:
            cursor, entries, *_ = await self._client.xautoclaim(
                stream, self._source.group, self._name, idle_milliseconds, cursor, count=self._pace.most_at_once
            )
            for entry, fields in entries:
                await self._takes[stream](entry, fields)
            if cursor in {b"0-0", "0-0"}:
                return

    async def _recover(self, stream: str) -> None:
        """Take what this process, before it was started again, had read and not acknowledged."""
        last: Any = "0"
        group = self._source.group
        while True:
            found = await self._client.xreadgroup(group, self._name, {stream: last}, count=self._pace.most_at_once)
            entries = [entry for _, of_stream in found for entry in of_stream]
            if not entries:
                return
            for entry, fields in entries:
                last = entry
                if fields:
                    await self._takes[stream](entry, fields)
                else:
                    # Trimmed since: there is nothing left to handle.
                    await self._client.xack(stream, group, entry)

    async def _join(self, stream: str, since: str) -> None:
        if stream in self._read:
            return
        try:
            await self._client.xgroup_create(stream, self._source.group, since, mkstream=False)
        except ResponseError as error:
            if "BUSYGROUP" not in str(error):
                # Its first message is still on its way, or it was deleted, or it is no stream.
                return
        if stream not in self._takes:
            self._takes[stream] = self._taking(stream)
        self._read.add(stream)

    async def _noted(self) -> AsyncIterator[str]:
        for raw in sorted(await self._client.smembers(STREAMS)):
            if (stream := _matching(self._source.address, raw)) is not None:
                yield stream

    async def _scanned(self) -> AsyncIterator[str]:
        """Yield every stream of the database that matches, noted or not."""
        glob = "*".join(literal.translate(_GLOB) for literal in self._source.address.literals)
        async for raw in self._client.scan_iter(match=glob, count=1000, _type="STREAM"):
            if (stream := _matching(self._source.address, raw)) is not None:
                yield stream


def _matching(address: Address, raw: bytes) -> str | None:
    try:
        stream = raw.decode()
    except UnicodeDecodeError:
        return None
    return None if address.values(stream) is None else stream
