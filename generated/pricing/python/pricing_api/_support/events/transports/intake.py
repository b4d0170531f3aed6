"""What a broker delivers, handled at once up to a bound; what fails comes again here, in order, before anything newer.

Few brokers can give a delivery back without losing its place. So none is asked to: a delivery stays unacknowledged
until its handler returns, and is given back only when the process ends. While something is tried again, nothing new
begins, because only the receiver knows which deliveries are of one key.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from ..addresses import Address
from ..messages import Delivery
from ..transport import Handler

log = logging.getLogger(__name__)


async def nothing() -> None:
    """Tell the broker nothing: it wants no answer."""


def always() -> bool:
    """Return that it is so."""
    return True


@dataclass(slots=True, eq=False)
class Parcel:
    """A delivery, and what to tell the broker of it.

    Attributes:
        delivery: as the handler sees it.
        acknowledge: called when the handler has returned.
        hold: called from time to time while it is handled, so that the broker doesn't give it to somebody else.
        is_ours: whether it may still be begun; a broker may have given it to somebody else.
        number: in the order of their coming.
    """

    delivery: Delivery
    acknowledge: Callable[[], Awaitable[None]]
    hold: Callable[[], Awaitable[None]] = nothing
    is_ours: Callable[[], bool] = always
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much is taken, and how failures are met.

    Attributes:
        most_at_once: deliveries of one subscription that are not acknowledged yet.
        pause_seconds: before what failed is tried again; twice as long each time, as long as something fails.
        most_pause_seconds: the longest pause.
        hold_seconds: between two calls of `Parcel.hold`.
    """

    most_at_once: int = 100
    pause_seconds: float = 0.5
    most_pause_seconds: float = 30.0
    hold_seconds: float = 10.0


class Intake:
    """The deliveries of one subscription."""

    def __init__(self, address: Address, handler: Handler, limits: Limits) -> None:
        """Hand to *handler* what is of *address*."""
        self._address = address
        self._handler = handler
        self._limits = limits
        self._entry = asyncio.Lock()
        """Fair: who waits for room comes in in the order of coming."""
        self._changed = asyncio.Event()
        self._running: dict[asyncio.Task[None], Parcel] = {}
        self._failed: list[Parcel] = []
        self._helpers: dict[str, asyncio.Task[None]] = {}
        self._numbers = count(1)
        self._is_closed = False
        self._is_paused = False
        self._is_repeating = False

    async def take(self, parcel: Parcel) -> None:
        """Return when *parcel* is being handled; when the intake is closed it is neither handled nor acknowledged."""
        if self._address.values(parcel.delivery.address) is None:
            # The pattern that the broker was given may be wider than the address.
            await _told(parcel.acknowledge)
            return
        async with self._entry:
            await self._until(lambda: self._is_closed or self._has_room())
            if not self._is_closed and parcel.is_ours():
                parcel.number = next(self._numbers)
                self._begin(parcel)
                self._help("hold", self._holding)

    def close(self) -> None:
        """Begin nothing more."""
        self._is_closed = True
        self._changed.set()

    def pause(self) -> None:
        """Begin nothing until `resume`."""
        self._is_paused = True

    def resume(self) -> None:
        """Go on."""
        self._is_paused = False
        self._changed.set()

    async def emptied(self) -> None:
        """Return when nothing is handled, or waits to be tried again."""
        await self._until(lambda: not self._running and (self._is_closed or not self._failed))

    async def abort(self) -> None:
        """Break off everything; what was not acknowledged is the broker's again."""
        self.close()
        tasks = [*self._running, *self._helpers.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _has_room(self) -> bool:
        return not self._is_repeating and not self._is_paused and len(self._running) < self._limits.most_at_once

    def _begin(self, parcel: Parcel) -> None:
        self._running[asyncio.get_running_loop().create_task(self._handled(parcel))] = parcel

    async def _handled(self, parcel: Parcel) -> None:
        task = asyncio.current_task()
        try:
            await self._handler(parcel.delivery)
        except Exception:  # whatever a handler raises, the delivery comes again
            log.warning("%.200r: to be delivered again", parcel.delivery.address, exc_info=True)
            self._failed.append(parcel)
            self._is_repeating = True
            if not self._is_closed:
                self._help("repeat", self._repeating)
        else:
            await _told(parcel.acknowledge)
        finally:
            if task is not None:
                self._running.pop(task, None)
            self._changed.set()

    async def _repeating(self) -> None:
        pause = self._limits.pause_seconds
        while self._failed:
            await self._until(lambda: not self._running)
            await asyncio.sleep(pause)
            pause = min(2 * pause, self._limits.most_pause_seconds)
            again, self._failed = sorted(self._failed, key=lambda parcel: parcel.number), []
            for parcel in again:
                parcel.delivery = replace(parcel.delivery, redeliveries=parcel.delivery.redeliveries + 1)
                self._begin(parcel)
            await self._until(lambda: not self._running)
        self._is_repeating = False
        self._changed.set()

    async def _holding(self) -> None:
        while not self._is_closed or self._running:
            await asyncio.sleep(self._limits.hold_seconds)
            for parcel in (*self._running.values(), *self._failed):
                await _told(parcel.hold)

    def _help(self, name: str, work: Callable[[], Any]) -> None:
        helper = self._helpers.get(name)
        if helper is None or helper.done():
            self._helpers[name] = asyncio.get_running_loop().create_task(work())

    async def _until(self, is_so: Callable[[], bool]) -> None:
        while not is_so():
            self._changed.clear()
            await self._changed.wait()


class Row:
    """Puts acknowledgements into the order of delivery, for brokers that count up to a position."""

    def __init__(self) -> None:
        """Be empty."""
        self._waiting: dict[int, Any] = {}
        self._done: set[int] = set()
        self._numbers = count(1)

    def enter(self, item: Any) -> int:
        """Return the place of *item*."""
        number = next(self._numbers)
        self._waiting[number] = item
        return number

    def leave(self, number: int) -> tuple[Any, ...]:
        """Return what can be acknowledged now that the item at place *number* is done, in order."""
        if number not in self._waiting:
            return ()
        self._done.add(number)
        free: list[Any] = []
        for place in list(self._waiting):
            if place not in self._done:
                break
            self._done.discard(place)
            free.append(self._waiting.pop(place))
        return tuple(free)


async def _told(tell: Callable[[], Awaitable[None]]) -> None:
    """Tell the broker; when it can't be told, it delivers again, which is what its receiver is ready for."""
    try:
        await tell()
    except Exception:  # each client library has errors of its own
        log.warning("the broker could not be told of a delivery", exc_info=True)
