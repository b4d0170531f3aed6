"""How long something may take, by any clock."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Self

from .clock import Clock, Timer


class TimeLimit:
    """A context that is broken off, and raises `TimeoutError`, when it takes too long: `asyncio.timeout` by a clock."""

    __slots__ = ("_cancellations", "_clock", "_is_over", "_seconds", "_task", "_timer")

    def __init__(self, clock: Clock, seconds: float) -> None:
        """Allow *seconds* of *clock*."""
        self._clock = clock
        self._seconds = seconds
        self._is_over = False
        self._task: asyncio.Task[object] | None = None
        self._timer: Timer | None = None
        self._cancellations = 0

    async def __aenter__(self) -> Self:
        self._task = asyncio.current_task()
        self._cancellations = 0 if self._task is None else self._task.cancelling()
        self._timer = self._clock.call_later(self._seconds, self._end)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if not self._is_over or self._task is None:
            return
        # Cancelled by somebody else, too, it ends as they want it (asyncio, Task.uncancel).
        if self._task.uncancel() <= self._cancellations and isinstance(error, asyncio.CancelledError):
            raise TimeoutError(f"it took longer than {self._seconds:g} s") from error

    def _end(self) -> None:
        if self._task is not None and not self._task.done():
            self._is_over = True
            self._task.cancel()
