"""Futures that are awaited no longer than so long: one timer for all of them, because most never expire."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Final

from .clock import Clock, Timer

_STEP_SECONDS: Final = 0.01
"""How long after its time a future may expire, so that many of them expire together."""


class Deadlines:
    """Fails futures whose time is over."""

    def __init__(self, clock: Clock, fail: Callable[[], Exception]) -> None:
        """Fail them with what *fail* returns."""
        self._clock = clock
        self._fail = fail
        self._due: dict[asyncio.Future[Any], float] = {}
        self._timer: Timer | None = None
        self._armed_for = 0.0

    def add(self, awaited: asyncio.Future[Any], *, within_seconds: float) -> None:
        """Fail *awaited* when it is not done *within_seconds*, unless it is removed before."""
        due = self._clock.seconds() + within_seconds
        self._due[awaited] = due
        if self._timer is None or due < self._armed_for:
            self._arm(due, within_seconds)

    def remove(self, awaited: asyncio.Future[Any]) -> None:
        """Forget *awaited*."""
        self._due.pop(awaited, None)

    def close(self) -> None:
        """Fail nothing any more."""
        self._due.clear()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _arm(self, due: float, seconds: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._armed_for = due
        self._timer = self._clock.call_later(seconds, self._expire)

    def _expire(self) -> None:
        self._timer = None
        now = self._clock.seconds()
        for awaited in [awaited for awaited, due in self._due.items() if due <= now]:
            del self._due[awaited]
            if not awaited.done():
                awaited.set_exception(self._fail())
        if self._due:
            due = max(min(self._due.values()), now + _STEP_SECONDS)
            self._arm(due, due - now)
