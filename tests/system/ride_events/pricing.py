"""Pricing as a process: follows positions from the log, and answers what rides cost through queues.

`python -m tests.system.ride_events.pricing LOG_URL QUEUES_URL FILE`.
"""

from __future__ import annotations

import asyncio
import sys
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Final
from uuid import uuid4

from pricing_api import brokers, events, models
from pricing_api._support.events.transport import Outlet

from tests.system.ride_events.durable import noted, opened, rows

_WORK_SECONDS: Final = 0.01


class Pricing:
    """Offers rides where drivers were seen."""

    def __init__(self, outlet: Outlet, file: Path) -> None:
        """Keep positions in *file*, and announce surges through *outlet*."""
        self._publisher = events.PricingPublisher(outlet)
        self._file = file

    async def on_position_reported(
        self, payload: models.ReportedPosition, headers: models.EventHeaders, context: events.Context
    ) -> None:
        """Keep the position, and announce what rides cost there."""
        assert (context.attempt, headers.event_id.version) == (1, 5)
        await asyncio.sleep(_WORK_SECONDS)
        with closing(opened(self._file)) as connection, connection:
            entry = (str(payload.driver_id), payload.measured_at.isoformat())
            connection.execute("INSERT INTO positions (driver, measured) VALUES (?, ?)", entry)
        if payload.zone is not None:
            await self._publisher.surge_changed(models.ChangedSurge(factor=Decimal("1.25")), zone_code=payload.zone)

    async def on_driver_offline(
        self, payload: models.OfflineDriver, headers: models.EventHeaders, context: events.Context
    ) -> None:
        """Nobody goes offline in this story."""
        raise AssertionError(payload, headers, context)

    async def on_price_asked(
        self, payload: models.PriceQuestion, context: events.Context
    ) -> models.PriceOffer | models.PriceRefusal:
        """Offer a ride once a driver was seen."""
        assert (context.correlation_id is None, payload.pickup.point is None) == (False, False)
        if not rows(self._file, "SELECT driver FROM positions LIMIT 1"):
            return models.PriceRefusal(reason="noDriver")
        total = models.Money(amount=Decimal("12.50"), currency=models.Currency.EUR)
        return models.PriceOffer(quote_id=uuid4(), total=total, expires_at=datetime(2030, 1, 1, tzinfo=UTC))


async def main(log: str, queues: str, file: Path) -> None:
    """Serve until the process ends."""
    async with (
        brokers.connect(log_url=log, queues_url=queues) as transport,
        events.receiver(Pricing(transport, file), transport),
    ):
        noted(file, "ready")
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
