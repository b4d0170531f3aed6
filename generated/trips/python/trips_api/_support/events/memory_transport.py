"""A connection to a broker in memory, which can be cut."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from types import TracebackType
from typing import Final, Self

from .memory import ConnectionLost, MemoryBroker, Point
from .memory_group import Entry, Group
from .messages import Publication, header_text
from .transport import Handler, Source

MOST_AT_ONCE: Final = 100


class MemoryTransport:
    """A connection to *broker*."""

    def __init__(self, broker: MemoryBroker | None = None, *, most_at_once: int = MOST_AT_ONCE) -> None:
        """Take *most_at_once* deliveries a subscription that are not acknowledged yet."""
        self.broker = broker or MemoryBroker()
        self._most = most_at_once
        self._consumers: list[MemoryConsumer] = []
        self._is_lost = False

    async def start(self) -> None:
        """Connect, again if the connection was lost."""
        self._is_lost = False

    async def stop(self) -> None:
        """Disconnect: what is being handled is broken off and given back."""
        tasks = [task for consumer in self._consumers for task in consumer.tasks.values()]
        self.crash()
        await asyncio.gather(*tasks, return_exceptions=True)

    def crash(self) -> None:
        """Cut the connection as if the process had died: nothing that its handlers still do reaches the broker."""
        self._is_lost = True
        consumers, self._consumers = self._consumers, []
        for consumer in consumers:
            consumer.die()

    async def publish(self, publication: Publication) -> None:
        """Return when the broker keeps *publication*.

        Raises:
            ConnectionLost: the connection was cut.
        """
        self._check()
        checkpoint = self.broker.checkpoint
        if checkpoint is None:
            self.broker.accept(_as_texts(publication))
            return
        await checkpoint(Point.PUBLISHING, publication)
        self._check()
        self.broker.accept(_as_texts(publication))
        await checkpoint(Point.PUBLISHED, publication)
        self._check()

    async def subscribe(self, source: Source, handler: Handler) -> MemoryConsumer:
        """Call *handler* with every delivery of *source* from now on."""
        self._check()
        consumer = MemoryConsumer(self.broker, self.broker.group(source), handler, self._most)
        self._consumers.append(consumer)
        consumer.join()
        return consumer

    def private_address(self) -> str:
        """Return an address that nobody else reads."""
        return self.broker.private_address()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    def _check(self) -> None:
        if self._is_lost:
            raise ConnectionLost("the connection to the broker in memory was cut")


class MemoryConsumer:
    """A subscription: one task a delivery."""

    def __init__(self, broker: MemoryBroker, group: Group, handler: Handler, most: int) -> None:
        """Take *most* deliveries of *group* at once."""
        self.tasks: dict[Entry, asyncio.Task[None]] = {}
        self._broker = broker
        self._group = group
        self._handler = handler
        self._most = most
        self._taken: set[Entry] = set()

    def join(self) -> None:
        """Begin to take deliveries."""
        self._group.join(self)

    async def cancel(self) -> None:
        """Take no more deliveries."""
        self._leave()

    def can_take(self) -> bool:
        """Return whether there is room for one more."""
        return len(self._taken) < self._most

    def take(self, entry: Entry) -> None:
        """Begin to handle *entry*."""
        self._taken.add(entry)
        task = asyncio.get_running_loop().create_task(self._handled(entry))
        self.tasks[entry] = task

    def die(self) -> None:
        """Break off everything, and give back what was not acknowledged, the eldest first."""
        self._leave()
        for task in self.tasks.values():
            task.cancel()
        taken, self._taken = self._taken, set()
        for entry in sorted(taken, key=lambda entry: entry.number, reverse=True):
            self._group.give_back(entry)

    async def _handled(self, entry: Entry) -> None:
        delivery = entry.delivery
        try:
            if self._broker.checkpoint is not None:
                await self._broker.checkpoint(Point.DELIVERING, delivery)
            await self._handler(delivery)
            if self._broker.checkpoint is not None:
                await self._broker.checkpoint(Point.HANDLED, delivery)
        except asyncio.CancelledError:
            self._end(entry, self._group.give_back)
            raise
        except Exception:  # noqa: BLE001 - whatever a handler raises, the delivery comes again
            self._end(entry, self._group.give_back)
        else:
            self._end(entry, self._group.acknowledge)

    def _end(self, entry: Entry, tell: Callable[[Entry], None]) -> None:
        """Tell the broker what became of *entry*, unless the connection was cut and it comes again anyway."""
        self.tasks.pop(entry, None)
        if entry in self._taken:
            self._taken.discard(entry)
            tell(entry)

    def _leave(self) -> None:
        self._group.leave(self)
        if self._group.source.is_private and not self._group.has_consumers:
            self._broker.forget(self._group)


def _as_texts(publication: Publication) -> Publication:
    """Return *publication* with headers as most brokers have them: a type that is lost there is lost here."""
    for value in publication.headers.values():
        if not isinstance(value, (str, bytes)):
            break
    else:
        return publication
    texts = {
        name: value if isinstance(value, bytes) else header_text(value) for name, value in publication.headers.items()
    }
    return replace(publication, headers=texts)
