"""A broker in memory: ordered by address and key, redelivering, deterministic; for tests and single processes.

It keeps what a broker keeps: groups with their unacknowledged messages outlive the connections that made them.
"""

from __future__ import annotations

import asyncio
import enum
from collections import deque
from collections.abc import Awaitable, Callable
from itertools import count
from typing import Final, TypeAlias

from .clock import Clock, SystemClock
from .memory_group import Entry, Group
from .messages import Delivery, Publication
from .transport import Source

_REMEMBERED: Final = 100_000


class Point(enum.Enum):
    """Where a connection may fail."""

    PUBLISHING = "publishing"
    """The broker has not got the message yet."""
    PUBLISHED = "published"
    """The broker keeps the message, and has not said so yet."""
    DELIVERING = "delivering"
    """The broker has sent the message, and nobody has seen it yet."""
    HANDLED = "handled"
    """The handler has returned, and the broker doesn't know it yet."""


Checkpoint: TypeAlias = "Callable[[Point, Publication | Delivery], Awaitable[None]]"
"""Called at every point; what it raises happens there: to raise at `HANDLED` is to lose the acknowledgement."""


class ConnectionLost(ConnectionError):
    """The connection to the broker is gone."""


class MemoryBroker:
    """What connections to one broker share."""

    def __init__(
        self, *, clock: Clock | None = None, checkpoint: Checkpoint | None = None, redelivery_seconds: float = 0.0
    ) -> None:
        """Deliver what was not acknowledged again after *redelivery_seconds* of *clock*."""
        self.published: deque[Publication] = deque(maxlen=_REMEMBERED)
        """What was published, in its order, dead letters included; of very much, the latest."""
        self.checkpoint = checkpoint
        self._clock = clock or SystemClock()
        self._redelivery_seconds = redelivery_seconds
        self._groups: dict[tuple[str, str], Group] = {}
        self._by_address: dict[str, tuple[Group, ...]] = {}
        self._numbers = count(1)
        self._awaiting: list[asyncio.Future[None]] = []

    def published_to(self, address: str) -> tuple[Publication, ...]:
        """Return all that was published to *address*, in its order."""
        return tuple(publication for publication in self.published if publication.address == address)

    def accept(self, publication: Publication) -> None:
        """Keep *publication* for every group that subscribes to its address."""
        self.published.append(publication)
        groups = self._by_address.get(publication.address)
        if groups is None:
            if len(self._by_address) >= _REMEMBERED:
                self._by_address.clear()
            found = (group for group in self._groups.values() if group.matches(publication.address))
            groups = self._by_address[publication.address] = tuple(found)
        now = self._clock.now()
        for group in groups:
            group.add(Entry(publication, next(self._numbers), now))

    def group(self, source: Source) -> Group:
        """Return the group of *source*; it keeps messages from now on."""
        name = (source.address.template, source.group)
        group = self._groups.get(name)
        if group is None:
            group = self._groups[name] = Group(source, self._clock, self._redelivery_seconds, self._settled)
            self._by_address.clear()
        return group

    def forget(self, group: Group) -> None:
        """Drop *group* with all that it keeps."""
        self._groups = {name: other for name, other in self._groups.items() if other is not group}
        self._by_address.clear()
        self._settled()

    def private_address(self) -> str:
        """Return an address that was never given before."""
        return f"private.{next(self._numbers)}"

    async def drained(self) -> None:
        """Return when every message that somebody subscribes to now has been acknowledged."""
        while not self.is_drained:
            # Futures of this call: a broker outlives event loops.
            settled: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._awaiting.append(settled)
            await settled

    @property
    def is_drained(self) -> bool:
        """Whether no group with a subscriber has an unacknowledged message."""
        return all(group.is_empty or not group.has_consumers for group in self._groups.values())

    @property
    def unacknowledged(self) -> int:
        """How many messages are kept, also for groups without a subscriber."""
        return sum(group.unacknowledged for group in self._groups.values())

    def _settled(self) -> None:
        awaiting, self._awaiting = self._awaiting, []
        for settled in awaiting:
            if not settled.done():
                settled.set_result(None)
