"""Payments as a process: charges for each completed trip once, and announces it.

`python -m tests.system.ride_events.payments LOG_URL QUEUES_URL FILE`.
"""

from __future__ import annotations

import asyncio
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from uuid import uuid5

from payments_api import brokers, events, models
from payments_api._support.events.outbox import Relay
from payments_api._support.events.sqlite_outbox import SqliteOutbox

from tests.system.ride_events.durable import noted, opened

_WORK_SECONDS: Final = 0.03


class Payments:
    """Charges."""

    def __init__(self, outbox: SqliteOutbox, file: Path) -> None:
        """Keep charges in *file*, beside *outbox*."""
        self._outbox = outbox
        self._file = file

    async def on_trip_completed(
        self, payload: models.CompletedTrip, headers: models.EventHeaders, context: events.Context
    ) -> None:
        """Charge, unless it was done before."""
        assert headers.event_id == uuid5(payload.trip_id, "completed")
        assert context.attempt == 1
        await asyncio.sleep(_WORK_SECONDS)
        charge = uuid5(payload.trip_id, "charge")
        settled = models.SettledPayment(
            charge_id=charge, trip_id=payload.trip_id, at=datetime.now(UTC), amount=payload.fare
        )
        said = models.EventHeaders(event_id=uuid5(charge, "settled"), idempotency_key=f"{charge}:settled")
        with closing(opened(self._file)) as connection, connection:
            entry = (str(payload.trip_id), str(charge))
            made = connection.execute("INSERT OR IGNORE INTO charges (trip, charge) VALUES (?, ?)", entry)
            if made.rowcount:
                await events.PaymentsPublisher(self._outbox.within(connection)).payment_settled(settled, said)


async def main(url: str, file: Path) -> None:
    """Charge until the process ends."""
    outbox = SqliteOutbox(file, lease_seconds=1.0)
    await outbox.create()
    async with (
        brokers.connect(url) as transport,
        Relay(outbox, transport, pause_seconds=0.1),
        events.receiver(Payments(outbox, file), transport),
    ):
        noted(file, "ready")
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[2], Path(sys.argv[3])))
