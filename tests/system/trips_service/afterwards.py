"""Receipts and ratings: the generated protocol `AfterwardsService`, implemented."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from trips_api import models

from .access import Caller
from .book import TripBook
from .lifecycle import TripRecord, is_completed, rated
from .refusals import conflict, not_found


class Afterwards:
    """Speaks of completed trips."""

    def __init__(self, book: TripBook) -> None:
        """Find trips in *book*."""
        self._book = book

    async def get_receipt(self, *, principal: Caller, trip_id: models.TripId) -> models.Receipt | str | bytes:
        """Return what the trip cost; always as JSON, the other media types are none of this service."""
        record = self._completed(trip_id)
        return receipt(record)

    async def rate_trip(self, body: models.Rating, *, principal: Caller, trip_id: models.TripId) -> None:
        """Keep the rating in place of an earlier one."""
        record = self._completed(trip_id)
        self._book.keep(rated(record, body))

    def _completed(self, trip_id: UUID) -> TripRecord:
        record = self._book.find(trip_id)
        if record is None:
            raise not_found()
        if not is_completed(record):
            raise conflict(f"the trip is {record.trip.status}")
        return record


def receipt(record: TripRecord) -> models.Receipt:
    """Return the receipt of a completed trip: its fare, and its tolls when there were any."""
    trip, tolls = record.trip, record.tolls
    lines = [models.ReceiptLinesItem(kind="ride", amount=trip.fare)]
    if tolls is not None:
        lines.append(models.ReceiptLinesItem(kind="toll", amount=tolls))
    total = sum((line.amount.amount for line in lines), start=Decimal())
    return models.Receipt(
        trip_id=trip.id,
        issued_on=record.events[-1].at.date(),
        total=models.Money(amount=total, currency=trip.fare.currency),
        lines=lines,
    )
