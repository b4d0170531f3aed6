"""Pricing as its team writes it: no broker in sight."""

from __future__ import annotations

import logging

from tests.support.events.example import events, models

log = logging.getLogger(__name__)


class Pricing:
    """Prices rides by how many drivers are near."""

    def __init__(self, publisher: events.PricingPublisher) -> None:
        """Publish what changes."""
        self._publisher = publisher
        self.zones: dict[str, str] = {}

    async def on_position_changed(
        self, payload: models.PositionChanged, headers: models.PositionChangedHeaders, context: events.Context
    ) -> None:
        """Remember where the driver is, and let surge end there."""
        log.info("position %d of %s, attempt %d", headers.sequence, payload.driver_id, context.attempt)
        if payload.zone is not None and self.zones.get(payload.driver_id) != payload.zone:
            self.zones[payload.driver_id] = payload.zone
            await self._publisher.surge_changed(models.SurgeChanged(factor=1.0), zone_code=payload.zone)

    async def on_driver_went_offline(self, payload: models.DriverWentOffline, context: events.Context) -> None:
        """Forget the driver."""
        log.info("%s went offline, attempt %d", payload.driver_id, context.attempt)
        self.zones.pop(payload.driver_id, None)

    async def on_quote_requested(
        self, payload: models.QuoteRequested, context: events.Context
    ) -> models.QuotePriced | models.QuoteDeclined:
        """Offer a ride where somebody drives."""
        if payload.zone in self.zones.values():
            return models.QuotePriced(total="12.50", currency=models.Currency.EUR)
        log.info("request %s is declined", context.correlation_id)
        return models.QuoteDeclined(reason=f"nobody drives in {payload.zone}")
