"""Trips as a process: asks Pricing what a ride costs, and announces it when it is over.

`python -m tests.system.ride_events.trips LOG_URL QUEUES_URL FILE COUNT`: makes COUNT trips, and goes on where it was
when it is started again. A trip and what is said of it are written in one transaction; a relay sends it.
"""

from __future__ import annotations

import asyncio
import sys
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Final
from uuid import UUID, uuid5

from trips_api import brokers, events, models
from trips_api._support.events.outbox import Relay
from trips_api._support.events.sqlite_outbox import SqliteOutbox

from tests.system.ride_events.durable import noted, opened, rows

_NAMES: Final = UUID("3d2c1b0a-9f8e-4d7c-8b6a-594837261505")
_QUESTION: Final = models.PriceQuestion.model_validate(
    {
        "passengerId": "6f2d0a52-5c1e-4a0b-9a5c-0f0f5a6b7c01",
        "rideType": "economy",
        "pickup": {"point": {"lat": 52.5, "lon": 13.4}},
        "dropoff": {"point": {"lat": 52.4, "lon": 13.5}},
    }
)
_PATIENCE_SECONDS: Final = 2.0
_PAUSE_SECONDS: Final = 0.02


async def main(url: str, file: Path, count: int) -> None:
    """Make *count* trips, and send what waits until the process ends."""
    outbox = SqliteOutbox(file)
    await outbox.create()
    async with (
        brokers.connect(url) as transport,
        events.TripsRequests(transport) as requests,
        Relay(outbox, transport, pause_seconds=0.1),
    ):
        noted(file, "ready")
        done = len(rows(file, "SELECT id FROM trips"))
        for number in range(done, count):
            await _made(uuid5(_NAMES, str(number)), await _offer(requests), outbox, file)
            await asyncio.sleep(_PAUSE_SECONDS)
        await asyncio.Event().wait()


async def _offer(requests: events.TripsRequests) -> models.PriceOffer:
    """Return what a ride costs; ask again while nobody answers, or no driver is there yet."""
    while True:
        try:
            answer = await requests.price_asked(_QUESTION, timeout_seconds=_PATIENCE_SECONDS)
        except events.NoReply:
            continue
        if isinstance(answer, models.PriceOffer):
            return answer
        await asyncio.sleep(_PAUSE_SECONDS)


async def _made(trip: UUID, offer: models.PriceOffer, outbox: SqliteOutbox, file: Path) -> None:
    completed = models.CompletedTrip(
        kind="completed",
        trip_id=trip,
        at=datetime.now(UTC),
        distance=12_840,
        payment_method_id=uuid5(_NAMES, "card"),
        fare=models.Money(amount=Decimal("41.75"), currency=offer.total.currency),
    )
    headers = models.EventHeaders(event_id=uuid5(trip, "completed"), idempotency_key=f"{trip}:completed")
    with closing(opened(file)) as connection, connection:
        connection.execute("INSERT INTO trips (id, quote) VALUES (?, ?)", (str(trip), str(offer.quote_id)))
        await events.TripsPublisher(outbox.within(connection)).trip_completed(completed, headers)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])))
