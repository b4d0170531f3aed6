"""Messages that are written in the transaction of what they tell of, and sent when it is committed.

What `add` wrote is sent at least once, in order of address and key, by however many relays; a transaction that is
rolled back sends nothing. Of two transactions that run at once, the one whose `add` came first is sent first.
"""

from __future__ import annotations

import asyncio
import logging
import re
from types import TracebackType
from typing import Final, Protocol, Self

from .clock import Clock, SystemClock
from .messages import Publication
from .retries import Retries
from .transport import Outlet

log = logging.getLogger(__name__)

_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,50}")


class Outbox(Protocol):
    """Messages that wait to be sent."""

    async def forward(self, outlet: Outlet, *, most: int) -> int:
        """Send *most* messages that wait, the eldest first, and return how many were sent.

        Raises:
            Exception: one could not be sent; those before it are marked as sent, it and all after it still wait.
        """
        ...


class Relay:
    """Sends what waits in an outbox while it is entered as a context, or between `start` and `stop`."""

    def __init__(
        self, outbox: Outbox, outlet: Outlet, *, clock: Clock | None = None, pause_seconds: float = 0.5, most: int = 100
    ) -> None:
        """Look every *pause_seconds*, and send *most* messages at a time."""
        self._outbox = outbox
        self._outlet = outlet
        self._clock = clock or SystemClock()
        self._retries = Retries(first_seconds=pause_seconds)
        self._most = most
        self._is_stopping = False
        self._is_asleep = False
        self._task: asyncio.Task[None] | None = None

    async def drain(self) -> int:
        """Send all that waits, and return how many were sent."""
        total = 0
        while sent := await self._outbox.forward(self._outlet, most=self._most):
            total += sent
        return total

    async def start(self) -> None:
        """Begin to look."""
        self._is_stopping = False
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def stop(self) -> None:
        """Finish what is being sent, and look no more."""
        self._is_stopping = True
        task, self._task = self._task, None
        if task is not None:
            if self._is_asleep:
                task.cancel()
            await asyncio.wait([task])

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def _run(self) -> None:
        failures = 0
        while not self._is_stopping:
            try:
                sent = await self._outbox.forward(self._outlet, most=self._most)
            except Exception:  # the broker or the database is away: what waits is safe, so wait, too
                failures += 1
                log.exception("the outbox can't be sent; %d failures so far", failures)
                await self._sleep(self._retries.pause_seconds(failures))
                continue
            failures = 0
            if not sent:
                await self._sleep(self._retries.first_seconds)

    async def _sleep(self, seconds: float) -> None:
        if self._is_stopping:
            return
        self._is_asleep = True
        await self._clock.sleep(seconds)
        self._is_asleep = False


def lane_of(publication: Publication) -> str:
    """Return what *publication* stays in order with: its address and key, or its address alone."""
    return publication.address if publication.key is None else f"{publication.address}\n{publication.key}"


def checked_table(name: str) -> str:
    """Return *name*, which becomes part of statements.

    Raises:
        ValueError: it is no plain name.
    """
    if _NAME.fullmatch(name) is None:
        raise ValueError(f"{name!r} is no name of a table")
    return name
