"""The life of a trip: each step takes a record and returns the next one. Nothing here waits or remembers."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from trips_api import models

from .access import Role

UNDER_WAY: Final = frozenset({models.TripStatus.REQUESTED, models.TripStatus.ACCEPTED, models.TripStatus.STARTED})
"""States in which a passenger may not request another trip."""


LARGEST_AMOUNT: Final = Decimal("999999999.99")
"""The contract has no way to write more money than this."""


class StepRefused(Exception):
    """A step that the state of the trip does not allow."""


class CompletionRefused(Exception):
    """A completion that says what can't be.

    Attributes:
        pointer: the place in the completion.
        detail: what is wrong there.
    """

    def __init__(self, pointer: str, detail: str) -> None:
        """Keep both."""
        super().__init__(pointer, detail)
        self.pointer = pointer
        self.detail = detail


@dataclass(frozen=True, slots=True)
class TripRecord:
    """A trip and what has happened on it.

    Attributes:
        trip: as it is now.
        events: oldest first; every step adds one.
        tolls: known when the trip is completed; None when there were none.
        rating: the latest one.
    """

    trip: models.Trip
    events: tuple[models.TripEvent, ...]
    tolls: models.Money | None = None
    rating: models.Rating | None = None

    @property
    def etag(self) -> str:
        """The version: every step changes it, a rating does not."""
        return f'"v{len(self.events)}"'


def new_trip(request: models.TripRequest, fare: models.Money, now: datetime) -> TripRecord:
    """Return a new trip at the price *fare*."""
    trip = models.Trip(
        id=uuid.uuid4(),
        status=models.TripStatus.REQUESTED,
        passenger_id=request.passenger_id,
        driver_id=None,
        ride_type=request.ride_type,
        pickup=request.pickup,
        dropoff=request.dropoff,
        fare=fare,
        note=request.note,
        requested_at=now,
        completed_at=None,
    )
    return TripRecord(trip, (models.TripRequested(kind="TripRequested", at=now, quote_id=request.quote_id),))


def accepted(record: TripRecord, acceptance: models.Acceptance, now: datetime) -> TripRecord:
    """Return *record* with a driver.

    Raises:
        StepRefused: the trip is not waiting for one.
    """
    _demand(record, models.TripStatus.REQUESTED)
    event = models.TripAccepted(kind="TripAccepted", at=now, driver_id=acceptance.driver_id)
    return _after(record, event, status=models.TripStatus.ACCEPTED, driver_id=acceptance.driver_id)


def started(record: TripRecord, now: datetime) -> TripRecord:
    """Return *record* with the passenger in the car.

    Raises:
        StepRefused: no driver is on the way.
    """
    _demand(record, models.TripStatus.ACCEPTED)
    return _after(record, models.TripStarted(kind="TripStarted", at=now), status=models.TripStatus.STARTED)


def completed(record: TripRecord, completion: models.Completion) -> TripRecord:
    """Return *record* at its end.

    Raises:
        StepRefused: the trip has not started.
        CompletionRefused: it ends before it was requested, or its tolls can't be added to its fare.
    """
    _demand(record, models.TripStatus.STARTED)
    _check(record.trip, completion)
    at = completion.arrived_at
    event = models.TripCompleted(kind="TripCompleted", at=at, distance=completion.distance)
    return replace(
        _after(record, event, status=models.TripStatus.COMPLETED, completed_at=at),
        tolls=completion.tolls,
    )


def cancelled(record: TripRecord, by: Role, cancellation: models.Cancellation | None, now: datetime) -> TripRecord:
    """Return *record* called off.

    Raises:
        StepRefused: the trip is over.
    """
    _demand(record, *UNDER_WAY)
    reason = None if cancellation is None else cancellation.reason
    event = models.TripCancelled(kind="TripCancelled", at=now, by=by, reason=reason)
    return _after(record, event, status=models.TripStatus.CANCELLED)


def rated(record: TripRecord, rating: models.Rating) -> TripRecord:
    """Return *record* with *rating* in place of an earlier one; the trip stays as it is."""
    return replace(record, rating=rating)


def is_completed(record: TripRecord) -> bool:
    """Whether there is a receipt, and something to rate."""
    return record.trip.status is models.TripStatus.COMPLETED


def _demand(record: TripRecord, *allowed: models.TripStatus) -> None:
    if record.trip.status not in allowed:
        raise StepRefused(f"the trip is {record.trip.status}, not {' or '.join(sorted(allowed))}")


def _check(trip: models.Trip, completion: models.Completion) -> None:
    if completion.arrived_at < trip.requested_at:
        raise CompletionRefused("/arrivedAt", f"the trip was requested at {trip.requested_at.isoformat()}")
    tolls, fare = completion.tolls, trip.fare
    if tolls is not None and tolls.currency != fare.currency:
        raise CompletionRefused("/tolls/currency", f"the fare is in {fare.currency}")
    if tolls is not None and fare.amount + tolls.amount > LARGEST_AMOUNT:
        raise CompletionRefused("/tolls/amount", f"fare and tolls come to more than {LARGEST_AMOUNT}")


def _after(record: TripRecord, event: models.TripEvent, **changes: Any) -> TripRecord:
    return replace(record, trip=record.trip.model_copy(update=changes), events=(*record.events, event))
