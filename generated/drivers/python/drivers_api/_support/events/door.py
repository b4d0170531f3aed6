"""Who is inside, and whether more may come."""

from __future__ import annotations

import asyncio
from types import TracebackType

from .clock import Clock
from .errors import NotAcknowledged


class Door:
    """Counts the deliveries that are being handled, and lets no more in when it is closed."""

    def __init__(self) -> None:
        """Be open."""
        self.is_closed = False
        self._inside = 0
        self._emptied = asyncio.Event()

    def check(self) -> None:
        """Raise when nothing new may begin.

        Raises:
            NotAcknowledged: the receiver stops.
        """
        if self.is_closed:
            raise NotAcknowledged("the receiver stops")

    def __enter__(self) -> None:
        self.check()
        self._inside += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._inside -= 1
        if self.is_closed and not self._inside:
            self._emptied.set()

    async def close(self, clock: Clock, *, within_seconds: float) -> None:
        """Let nobody in, and return when all are out or the time is over."""
        self.is_closed = True
        if not self._inside:
            return
        timer = clock.call_later(within_seconds, self._emptied.set)
        try:
            await self._emptied.wait()
        finally:
            timer.cancel()
