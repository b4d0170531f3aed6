"""Order and bounds of what is handled at once: one delivery a lane, and so many in all."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Hashable
from types import TracebackType
from typing import Self

from .errors import NotAcknowledged


class Lanes:
    """Lets deliveries in: those of one lane one after the other in the order of asking, those of others beside them.

    When one fails, those that already wait behind it fail, too, without being tried: they are to come again after it.
    """

    def __init__(self, most: int) -> None:
        """Let *most* in at once."""
        self._free = most
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._lanes: dict[Hashable, deque[asyncio.Future[None]]] = {}

    def enter(self, lane: Hashable | None) -> Turn:
        """Return a context that is entered when it is the caller's turn; None is nobody's lane."""
        return Turn(self, lane)

    def try_take(self, lane: Hashable | None) -> bool:
        """Take a turn if it can be had at once."""
        if not self._free or lane in self._lanes:
            return False
        self._free -= 1
        if lane is not None:
            self._lanes[lane] = deque()
        return True

    async def take(self, lane: Hashable | None) -> None:
        """Return when it is the caller's turn.

        Raises:
            NotAcknowledged: the one before it failed.
        """
        if lane is not None:
            await self._queue_up(lane)
        try:
            await self._take_place()
        except BaseException:
            self._leave_lane(lane, has_failed=True)
            raise

    def leave(self, lane: Hashable | None, *, has_failed: bool) -> None:
        """End the turn that `take` began."""
        self._free += 1
        while self._waiting and self._free:
            woken = self._waiting.popleft()
            if not woken.done():
                self._free -= 1
                woken.set_result(None)
        self._leave_lane(lane, has_failed=has_failed)

    async def _queue_up(self, lane: Hashable) -> None:
        queue = self._lanes.get(lane)
        if queue is None:
            self._lanes[lane] = deque()
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        queue.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and turn.exception() is None:
                self._leave_lane(lane, has_failed=True)
            raise

    async def _take_place(self) -> None:
        if self._free:
            self._free -= 1
            return
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        try:
            await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled():
                self.leave(None, has_failed=False)
            raise

    def _leave_lane(self, lane: Hashable | None, *, has_failed: bool) -> None:
        if lane is None:
            return
        queue = self._lanes[lane]
        while queue:
            turn = queue.popleft()
            if turn.done():
                continue
            if not has_failed:
                turn.set_result(None)
                return
            turn.set_exception(NotAcknowledged("an earlier delivery of the same key is to come again"))
        del self._lanes[lane]


class Turn:
    """One turn in a lane."""

    __slots__ = ("_lane", "_lanes")

    def __init__(self, lanes: Lanes, lane: Hashable | None) -> None:
        """Wait in *lane*."""
        self._lanes = lanes
        self._lane = lane

    async def __aenter__(self) -> Self:
        if not self._lanes.try_take(self._lane):
            await self._lanes.take(self._lane)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lanes.leave(self._lane, has_failed=error is not None)
