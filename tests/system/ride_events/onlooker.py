"""Who looks on: collects what the services say, from both brokers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import orjson
from trips_api._support.events.addresses import Address
from trips_api._support.events.messages import Delivery
from trips_api._support.events.transport import Source, Transport

_GROUP = "onlooker"


class Onlooker:
    """What came, by address."""

    def __init__(self) -> None:
        """Have seen nothing."""
        self.came: defaultdict[str, list[Delivery]] = defaultdict(list)

    async def note(self, delivery: Delivery) -> None:
        """Note *delivery*."""
        self.came[delivery.address].append(delivery)

    def values(self, address: str, member: str) -> list[str]:
        """Return the text of *member* of each payload that came at *address*."""
        return [str(orjson.loads(delivery.body)[member]) for delivery in self.came[address]]

    @asynccontextmanager
    async def watching(self, transport: Transport, addresses: Sequence[str]) -> AsyncIterator[None]:
        """Note what comes at *addresses* of *transport*, which is connected for as long."""
        async with transport:
            for address in addresses:
                await transport.subscribe(Source(Address(address), _GROUP), self.note)
            yield
