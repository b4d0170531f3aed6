"""Time as it is given to what waits: the system's, or one that tests move."""

from __future__ import annotations

import asyncio
import heapq
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol, TypeVar

_Value = TypeVar("_Value")

_EPOCH: Final = datetime(2020, 1, 1, tzinfo=UTC)
_IDLE_TURNS: Final = 20


class Timer(Protocol):
    """A call that is due later."""

    def cancel(self) -> None:
        """Call nothing."""
        ...


class Clock(Protocol):
    """Tells the time and waits."""

    def now(self) -> datetime:
        """Return the time, aware."""
        ...

    def seconds(self) -> float:
        """Return seconds since some time in the past; they never go back."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Return in *seconds*."""
        ...

    def call_later(self, seconds: float, call: Callable[[], None]) -> Timer:
        """Make *call* in *seconds*, unless the timer is cancelled."""
        ...


class SystemClock:
    """The time of the system and of the running event loop."""

    def now(self) -> datetime:
        """Return the time in UTC."""
        return datetime.now(UTC)

    def seconds(self) -> float:
        """Return seconds since some time in the past."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Return in *seconds*."""
        await asyncio.sleep(seconds)

    def call_later(self, seconds: float, call: Callable[[], None]) -> Timer:
        """Make *call* in *seconds*, unless the timer is cancelled."""
        return asyncio.get_running_loop().call_later(seconds, call)


class _Call:
    """One call of a manual clock."""

    def __init__(self, due: tuple[datetime, int], call: Callable[[], None]) -> None:
        self.due = due
        self.call = call
        self.is_cancelled = False

    def cancel(self) -> None:
        self.is_cancelled = True

    def __lt__(self, other: _Call) -> bool:
        return self.due < other.due


class ManualClock:
    """A clock that stands still until it is moved; what is due is called in order of time, then of asking."""

    def __init__(self, now: datetime = _EPOCH) -> None:
        """Stand at *now*."""
        self._now = now
        self._calls: list[_Call] = []
        self._asked = 0

    def now(self) -> datetime:
        """Return the time that it stands at."""
        return self._now

    def seconds(self) -> float:
        """Return seconds since the epoch."""
        return self._now.timestamp()

    async def sleep(self, seconds: float) -> None:
        """Return when the clock has been moved by *seconds*."""
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        timer = self.call_later(seconds, lambda: None if woken.done() else woken.set_result(None))
        try:
            await woken
        finally:
            timer.cancel()

    def call_later(self, seconds: float, call: Callable[[], None]) -> Timer:
        """Make *call* when the clock has been moved by *seconds*."""
        self._asked += 1
        timer = _Call((self._now + timedelta(seconds=seconds), self._asked), call)
        heapq.heappush(self._calls, timer)
        return timer

    def advance(self, seconds: float) -> None:
        """Move by *seconds*, and make the calls that become due."""
        end = self._now + timedelta(seconds=seconds)
        while self._calls and self._calls[0].due[0] <= end:
            timer = heapq.heappop(self._calls)
            if not timer.is_cancelled:
                self._now = timer.due[0]
                timer.call()
        self._now = end

    async def elapse(self, until: Awaitable[_Value]) -> _Value:
        """Return what *until* returns, moving on to what is due next whenever everything waits for the clock."""
        task = asyncio.ensure_future(until)
        idle = 0
        try:
            while not task.done():
                await asyncio.sleep(0)
                idle += 1
                if idle > _IDLE_TURNS and self._move_on():
                    idle = 0
            return task.result()
        finally:
            task.cancel()

    def _move_on(self) -> bool:
        while self._calls and self._calls[0].is_cancelled:
            heapq.heappop(self._calls)
        if not self._calls:
            return False
        self.advance((self._calls[0].due[0] - self._now).total_seconds())
        return True
