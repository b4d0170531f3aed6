"""Trips and the steps of their life: the generated protocol `TripsService`, implemented."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import TypeAlias
from uuid import UUID

from trips_api import errors, models, results

from . import listing
from .access import Caller
from .book import EarlierRequest, RequestKey, TripBook
from .fares import Fares
from .lifecycle import CompletionRefused, StepRefused, TripRecord, accepted, cancelled, completed, new_trip, started
from .refusals import conflict, not_found, problem, stale, unconditional, unprocessable

Clock: TypeAlias = Callable[[], datetime]
"""Says what time it is, with its offset from UTC."""
Step: TypeAlias = Callable[[TripRecord], TripRecord]
"""Makes the next record of a trip; raises when it may not."""


class Trips:
    """Keeps trips in a book, at the prices of pricing."""

    def __init__(self, book: TripBook, fares: Fares, clock: Clock) -> None:
        """Keep trips in *book*."""
        self._book = book
        self._fares = fares
        self._clock = clock

    async def list_trips(
        self,
        *,
        principal: Caller,
        passenger_id: models.PassengerId | None,
        status: list[models.TripStatus] | None,
        requested: models.ListTripsRequested | None,
        cursor: models.Cursor | None,
        limit: int,
    ) -> results.ListTripsOK:
        """Return a page of the trips that are asked for, newest first."""
        now = self._clock()
        try:
            after = None if cursor is None else listing.read_cursor(cursor, now)
        except listing.CursorRefused as refused:
            body = problem(HTTPStatus.BAD_REQUEST, str(refused), pointer="query cursor")
            raise errors.BadRequest(body) from None
        asked = listing.TripFilter(passenger_id, status, requested)
        found = (record for record in self._book.newest_first() if asked.admits(record.trip))
        trips, has_more = listing.page(found, after, limit)
        next_cursor = listing.write_cursor(trips[-1].id, now) if has_more else None
        return results.ListTripsOK(
            models.TripPage(items=trips, next_cursor=next_cursor),
            link=listing.link(asked, limit, next_cursor),
        )

    async def request_trip(
        self, body: models.TripRequest, *, principal: Caller, idempotency_key: str
    ) -> results.RequestTripOK | results.RequestTripCreated:
        """Make a trip at the price of its quote; the same request again finds the same trip."""
        key = RequestKey(principal.name, idempotency_key)
        known = self._requested_before(key, body)
        if known is not None:
            return known
        fare = await self._fares.fare(body)
        # While pricing was asked, the same request may have come again.
        known = self._requested_before(key, body)
        if known is not None:
            return known
        if self._book.has_trip_under_way(body.passenger_id):
            raise conflict("the passenger has a trip under way")
        now = self._clock()
        record = self._book.keep(new_trip(body, fare, now))
        self._book.remember(key, EarlierRequest(body, record.trip.id, now))
        return results.RequestTripCreated(record.trip, etag=record.etag, location=f"/trips/{record.trip.id}")

    async def get_trip(self, *, principal: Caller, trip_id: models.TripId) -> results.GetTripOK:
        """Return the trip as it is now."""
        record = self._found(trip_id)
        return results.GetTripOK(record.trip, etag=record.etag)

    async def accept_trip(
        self, body: models.Acceptance, *, principal: Caller, trip_id: models.TripId, if_match: str | None
    ) -> results.AcceptTripOK:
        """Give the trip its driver."""
        now = self._clock()
        record = self._take(trip_id, if_match, step=lambda trip: accepted(trip, body, now))
        return results.AcceptTripOK(record.trip, etag=record.etag)

    async def start_trip(
        self, *, principal: Caller, trip_id: models.TripId, if_match: str | None
    ) -> results.StartTripOK:
        """Let the trip begin."""
        now = self._clock()
        record = self._take(trip_id, if_match, step=lambda trip: started(trip, now))
        return results.StartTripOK(record.trip, etag=record.etag)

    async def complete_trip(
        self, body: models.Completion, *, principal: Caller, trip_id: models.TripId, if_match: str | None
    ) -> results.CompleteTripOK | results.CompleteTripAccepted:
        """End the trip; payments charges for it later, hence 202."""
        try:
            record = self._take(trip_id, if_match, step=lambda trip: completed(trip, body))
        except CompletionRefused as refused:
            raise unprocessable(refused.pointer, refused.detail) from None
        return results.CompleteTripAccepted(record.trip, etag=record.etag)

    async def cancel_trip(
        self, body: models.Cancellation | None, *, principal: Caller, trip_id: models.TripId, if_match: str | None
    ) -> results.CancelTripOK:
        """Call the trip off."""
        by, now = principal.role, self._clock()
        record = self._take(trip_id, if_match, step=lambda trip: cancelled(trip, by, body, now))
        return results.CancelTripOK(record.trip, etag=record.etag)

    async def list_trip_events(self, *, principal: Caller, trip_id: models.TripId) -> list[models.TripEvent]:
        """Return what has happened, oldest first."""
        return list(self._found(trip_id).events)

    def _requested_before(self, key: RequestKey, body: models.TripRequest) -> results.RequestTripOK | None:
        earlier = self._book.recall(key, self._clock())
        if earlier is None:
            return None
        if earlier.body != body:
            raise conflict("the Idempotency-Key came with another body before")
        record = self._found(earlier.trip_id)
        return results.RequestTripOK(record.trip, etag=record.etag)

    def _found(self, trip_id: UUID) -> TripRecord:
        record = self._book.find(trip_id)
        if record is None:
            raise not_found()
        return record

    def _take(self, trip_id: UUID, if_match: str | None, *, step: Step) -> TripRecord:
        """Take a trip one *step* further, if the caller has seen its latest version."""
        record = self._found(trip_id)
        if if_match is None:
            raise unconditional()
        if if_match != record.etag:
            raise stale(if_match, record.etag)
        try:
            return self._book.keep(step(record))
        except StepRefused as refused:
            raise conflict(str(refused)) from None
