"""Handlers of Pricing as its team writes them, and some that break the contract."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from pricing_api import events, models
from pricing_api._support.events.idempotency import HandledInMemory
from pricing_api._support.events.messages import Publication
from pricing_api._support.events.transport import Outlet, Transport

QUOTE = UUID("9e8d7c6b-5a49-4837-9261-504f3e2d1c04")


class Pricing:
    """Offers rides where drivers were seen."""

    def __init__(self, outlet: Outlet) -> None:
        """Publish what changes to *outlet*."""
        self.outlet = outlet
        self.publisher = events.PricingPublisher(outlet)
        self.zones: dict[UUID, str] = {}

    async def on_position_reported(
        self, payload: models.ReportedPosition, headers: models.EventHeaders, context: events.Context
    ) -> None:
        """Remember the driver, and end the surge there."""
        assert isinstance(headers.event_id, UUID)
        assert context.attempt == 1
        if payload.zone is not None:
            self.zones[payload.driver_id] = payload.zone
            await self.publisher.surge_changed(models.ChangedSurge(factor=Decimal("1.00")), zone_code=payload.zone)

    async def on_driver_offline(
        self, payload: models.OfflineDriver, headers: models.EventHeaders, context: events.Context
    ) -> None:
        """Forget the driver."""
        assert isinstance(headers.event_id, UUID)
        assert context.attempt == 1
        self.zones.pop(payload.driver_id, None)

    async def on_price_asked(
        self, payload: models.PriceQuestion, context: events.Context
    ) -> models.PriceOffer | models.PriceRefusal:
        """Offer a ride where there are drivers."""
        assert isinstance(payload.passenger_id, UUID)
        assert context.correlation_id
        if not self.zones:
            return models.PriceRefusal(reason="noDriver")
        total = models.Money(amount=Decimal("12.50"), currency=models.Currency.EUR)
        return models.PriceOffer(quote_id=QUOTE, total=total, expires_at=datetime(2026, 11, 21, tzinfo=UTC))


@asynccontextmanager
async def served(transport: Transport) -> AsyncIterator[None]:
    """Receive with these handlers, and forget copies: the whole service, as it is run."""
    settings = events.Settings(handled=HandledInMemory())
    async with events.receiver(Pricing(transport), transport, settings):
        yield


def unable(_: Transport) -> AbstractAsyncContextManager[None]:
    """Fail to start."""
    raise RuntimeError("no database here")


class Hasty(Pricing):
    """Does its work in a task of its own, and returns before it is done."""

    tasks: ClassVar[set[asyncio.Task[None]]] = set()

    async def on_driver_offline(self, *_: Any) -> None:
        """Begin to publish."""
        surge = models.ChangedSurge(factor=Decimal("2.00"))
        self.tasks.add(asyncio.create_task(self.publisher.surge_changed(surge, zone_code="mitte")))


class Failing(Pricing):
    """Fails on what is valid."""

    async def on_driver_offline(self, *_: Any) -> None:
        """Fail."""
        raise RuntimeError("no database here")


class Inventive(Pricing):
    """Replies with what the contract does not have."""

    async def on_price_asked(self, *_: Any) -> Any:
        """Return a text."""
        return "free of charge"


class Talkative(Pricing):
    """Sends what the contract does not have, around the publisher."""

    async def on_driver_offline(self, *_: Any) -> None:
        """Publish to where nobody listens."""
        await self.outlet.publish(Publication("gossip", b"{}", content_type="application/json"))


class Impostor(Pricing):
    """Sends an invalid message where valid ones belong, around the publisher."""

    async def on_driver_offline(self, *_: Any) -> None:
        """Publish a surge without its factor."""
        await self.outlet.publish(Publication("zones.mitte.surge", b"{}", content_type="application/json"))
