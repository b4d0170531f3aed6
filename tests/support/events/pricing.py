"""Pricing under test: handlers that note what reaches them and do as they are told, on a broker in memory."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import orjson

from apictl.support.events.clock import ManualClock
from apictl.support.events.context import Context
from apictl.support.events.dead_letters import DeadLetter, read_dead_letter
from apictl.support.events.memory import Checkpoint, MemoryBroker
from apictl.support.events.memory_transport import MemoryTransport
from apictl.support.events.messages import Publication, delivered
from apictl.support.events.settings import Settings
from tests.support.events.example import events, models

DEAD_LETTERS = "pricing.dead-letters"


def position(number: int, **changed: Any) -> Publication:
    """Return a valid position, the *number*-th of its driver; *changed* replaces parts of its payload."""
    payload = {"kind": "position", "driverId": "d-1", "lat": 52.5, "lon": 13.4, "zone": "mitte"} | changed
    body = orjson.dumps({name: value for name, value in payload.items() if value is not ...})
    headers = {"eventId": f"{payload['driverId']}/{number}", "sequence": str(number)}
    return Publication("drivers.positions", body, headers, str(payload["driverId"]), "application/json")


def quote_request(correlation_id: str = "c-1", reply_to: str = "replies", **changed: Any) -> Publication:
    """Return a valid request for a quote."""
    payload = {"passengerId": "p-1", "zone": "mitte"} | changed
    headers = {"correlationId": correlation_id, "replyTo": reply_to}
    return Publication("pricing.quotes", orjson.dumps(payload), headers, content_type="application/json")


class Handlers:
    """Notes what reaches it; fails as often as it is told, and answers what it is told."""

    def __init__(self) -> None:
        """Have seen nothing."""
        self.seen: list[tuple[str, int, int]] = []
        """Driver, sequence and attempt of each position."""
        self.offline: list[str] = []
        self.asked: list[str] = []
        self.contexts: list[Context] = []
        self.faults: deque[Exception] = deque()
        """Raised one after the other, before anything is done."""
        self.reply: Any = models.QuotePriced(total="9.90", currency=models.Currency.EUR)
        self.before: Callable[[], Awaitable[None]] | None = None

    async def on_position_changed(
        self, payload: models.PositionChanged, headers: models.PositionChangedHeaders, context: Context
    ) -> None:
        await self._begin(context)
        self.seen.append((payload.driver_id, headers.sequence, context.attempt))

    async def on_driver_went_offline(self, payload: models.DriverWentOffline, context: Context) -> None:
        await self._begin(context)
        self.offline.append(payload.driver_id)

    async def on_quote_requested(
        self, payload: models.QuoteRequested, context: Context
    ) -> models.QuotePriced | models.QuoteDeclined:
        await self._begin(context)
        self.asked.append(payload.passenger_id)
        reply: models.QuotePriced | models.QuoteDeclined = self.reply
        return reply

    async def _begin(self, context: Context) -> None:
        self.contexts.append(context)
        if self.before is not None:
            await self.before()
        if self.faults:
            raise self.faults.popleft()


class World:
    """A broker, a clock, and Pricing."""

    def __init__(self, settings: Settings | None = None, checkpoint: Checkpoint | None = None) -> None:
        """Stand still."""
        self.clock = ManualClock()
        self.broker = MemoryBroker(clock=self.clock, checkpoint=checkpoint, redelivery_seconds=1.0)
        self.handlers = Handlers()
        self.settings = replace(settings or Settings(), clock=self.clock, chance=lambda: 0.0)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[MemoryTransport]:
        """Run one instance of Pricing."""
        async with MemoryTransport(self.broker) as transport, events.receiver(self.handlers, transport, self.settings):
            yield transport

    async def sent(self, *publications: Publication) -> None:
        """Run Pricing until it is done with *publications*."""
        async with self.running() as transport:
            for publication in publications:
                await transport.publish(publication)
            await self.clock.elapse(self.broker.drained())

    @property
    def dead_letters(self) -> tuple[DeadLetter, ...]:
        """The dead letters, in their order."""
        return tuple(read_dead_letter(delivered(one)) for one in self.broker.published_to(DEAD_LETTERS))

    @property
    def rules(self) -> list[str]:
        """The first reason of each dead letter."""
        return [letter.reasons[0].rule.value for letter in self.dead_letters]
