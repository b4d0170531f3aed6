"""A group of consumers in memory: the messages it keeps, their order, and who has them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from .clock import Clock
from .messages import Delivery, Publication, delivered
from .transport import Source


class Entry:
    """A message that a group keeps until it is acknowledged."""

    __slots__ = ("lane", "number", "publication", "redeliveries", "time")

    def __init__(self, publication: Publication, number: int, time: datetime) -> None:
        """Keep *publication*, which came at *time*; of two, the later one has the greater *number*."""
        self.publication = publication
        self.number = number
        self.time = time
        self.redeliveries = 0
        self.lane = None if publication.key is None else (publication.address, publication.key)
        """What it stays in order with."""

    @property
    def delivery(self) -> Delivery:
        """The message as a consumer gets it."""
        return delivered(self.publication, redeliveries=self.redeliveries, timestamp=self.time)


class Consumer(Protocol):
    """Who takes messages of a group."""

    def can_take(self) -> bool:
        """Return whether there is room for one more."""
        ...

    def take(self, entry: Entry) -> None:
        """Begin to handle *entry*."""
        ...


class Group:
    """Gives each message to one consumer; of one address and key, the next one when the one before is acknowledged."""

    def __init__(self, source: Source, clock: Clock, redelivery_seconds: float, settled: Callable[[], None]) -> None:
        """Keep the messages of *source*; *settled* is told of every acknowledgement."""
        self.source = source
        self._clock = clock
        self._redelivery_seconds = redelivery_seconds
        self._settled = settled
        self._ready: deque[Entry] = deque()
        self._lanes: dict[tuple[str, str], deque[Entry]] = {}
        self.unacknowledged = 0
        """How many messages it keeps."""
        self._consumers: deque[Consumer] = deque()

    @property
    def is_empty(self) -> bool:
        """Whether everything has been acknowledged."""
        return not self.unacknowledged

    @property
    def has_consumers(self) -> bool:
        """Whether somebody takes messages."""
        return bool(self._consumers)

    def matches(self, address: str) -> bool:
        """Return whether messages to *address* are for this group."""
        return self.source.address.values(address) is not None

    def join(self, consumer: Consumer) -> None:
        """Give messages to *consumer*, too."""
        self._consumers.append(consumer)
        self.pump()

    def leave(self, consumer: Consumer) -> None:
        """Give *consumer* no more messages."""
        if consumer in self._consumers:
            self._consumers.remove(consumer)
            self._settled()

    def add(self, entry: Entry) -> None:
        """Keep *entry*, after all others of its lane."""
        self.unacknowledged += 1
        lane = entry.lane
        if lane is not None:
            queue = self._lanes.get(lane)
            if queue is not None:
                queue.append(entry)
                return
            self._lanes[lane] = deque()
        self._ready.append(entry)
        self.pump()

    def acknowledge(self, entry: Entry) -> None:
        """Forget *entry*, and let the next one of its lane come."""
        self.unacknowledged -= 1
        lane = entry.lane
        if lane is not None:
            queue = self._lanes[lane]
            if queue:
                self._ready.append(queue.popleft())
            else:
                del self._lanes[lane]
        self._settled()
        self.pump()

    def give_back(self, entry: Entry) -> None:
        """Let *entry* come again, before everything else."""
        entry.redeliveries += 1
        if self._redelivery_seconds:
            self._clock.call_later(self._redelivery_seconds, lambda: self._again(entry))
            self.pump()
        else:
            self._again(entry)

    def pump(self) -> None:
        """Hand over what is ready, in turn to each consumer that has room."""
        while self._ready:
            taker = self._taker()
            if taker is None:
                return
            taker.take(self._ready.popleft())

    def _again(self, entry: Entry) -> None:
        self._ready.appendleft(entry)
        self.pump()

    def _taker(self) -> Consumer | None:
        if len(self._consumers) == 1:  # nearly always, and asked of each message
            return self._consumers[0] if self._consumers[0].can_take() else None
        for _ in range(len(self._consumers)):
            consumer = self._consumers[0]
            self._consumers.rotate(-1)
            if consumer.can_take():
                return consumer
        return None
