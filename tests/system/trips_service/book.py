"""Where trips are kept: in memory. No method waits, so nothing comes between reading and writing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from trips_api import models

from .lifecycle import UNDER_WAY, TripRecord

KEYS_ARE_KEPT: Final = timedelta(days=1)
"""How long an Idempotency-Key means the same request."""


@dataclass(frozen=True, slots=True)
class RequestKey:
    """An Idempotency-Key; two callers may choose the same one."""

    caller: str
    key: str


@dataclass(frozen=True, slots=True)
class EarlierRequest:
    """A request that made a trip."""

    body: models.TripRequest
    trip_id: UUID
    at: datetime


class TripBook:
    """All trips, and the requests that made them."""

    def __init__(self) -> None:
        """Begin without trips."""
        self._records: dict[UUID, TripRecord] = {}
        self._requests: dict[RequestKey, EarlierRequest] = {}

    def find(self, trip_id: UUID) -> TripRecord | None:
        """Return the trip with this id; None when there is none."""
        return self._records.get(trip_id)

    def keep(self, record: TripRecord) -> TripRecord:
        """Keep and return *record*: a new trip, or another state of one."""
        self._records[record.trip.id] = record
        return record

    def newest_first(self) -> Iterator[TripRecord]:
        """Yield every trip."""
        return reversed(self._records.values())

    def has_trip_under_way(self, passenger_id: UUID) -> bool:
        """Whether the passenger waits for a ride or sits in one."""
        return any(
            record.trip.passenger_id == passenger_id and record.trip.status in UNDER_WAY
            for record in self._records.values()
        )

    def remember(self, key: RequestKey, request: EarlierRequest) -> None:
        """Let *key* mean *request* for a day, and forget the keys of former days."""
        self._requests = {
            known: earlier for known, earlier in self._requests.items() if request.at - earlier.at < KEYS_ARE_KEPT
        }
        self._requests[key] = request

    def recall(self, key: RequestKey, now: datetime) -> EarlierRequest | None:
        """Return what *key* means; None when it is new, or a day old."""
        earlier = self._requests.get(key)
        return earlier if earlier is not None and now - earlier.at < KEYS_ARE_KEPT else None
