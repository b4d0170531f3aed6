"""Lists of trips, page by page, over a socket."""

from __future__ import annotations

import uuid
from uuid import UUID

import httpx2
import pytest
from trips_api import errors, models, results

from tests.system.pricing_by_hand import Quotes
from tests.system.riders import ADA, BO, Riders, bearer, requested


def test_pages_walk_over_all_trips_once_newest_first(on_pricing: Riders, quotes: Quotes) -> None:
    made = [requested(on_pricing, quotes, uuid.uuid4()).body.id for _ in range(6)]

    sizes: list[int] = []
    seen: list[UUID] = []
    page = on_pricing.passenger.trips.list_trips(limit=3).body
    while True:
        sizes.append(len(page.items))
        seen.extend(trip.id for trip in page.items)
        if page.next_cursor is None:
            break
        page = on_pricing.passenger.trips.list_trips(limit=3, cursor=page.next_cursor).body

    assert sizes == [3, 3]
    assert seen == made[::-1]


def test_filters_choose_trips(on_pricing: Riders, quotes: Quotes) -> None:
    trips = on_pricing.everybody.trips
    early = requested(on_pricing, quotes, ADA)
    trips.cancel_trip(trip_id=early.body.id, if_match=early.etag)
    on_pricing.clock.wait(hours=1)
    late = requested(on_pricing, quotes, ADA)
    requested(on_pricing, quotes, BO)

    def found(answer: results.ListTripsOK) -> list[UUID]:
        return [trip.id for trip in answer.body.items]

    since = models.ListTripsRequested(from_=late.body.requested_at)
    before = models.ListTripsRequested(until=late.body.requested_at)
    assert found(trips.list_trips(passenger_id=ADA)) == [late.body.id, early.body.id]
    assert found(trips.list_trips(passenger_id=ADA, requested=since)) == [late.body.id]
    assert found(trips.list_trips(requested=before)) == [early.body.id]
    assert found(trips.list_trips(status=[models.TripStatus.CANCELLED, models.TripStatus.STARTED])) == [early.body.id]


def test_link_leads_to_the_next_page_of_the_same_list(on_pricing: Riders, quotes: Quotes) -> None:
    requested(on_pricing, quotes, BO)
    for _ in range(3):
        new = requested(on_pricing, quotes)
        on_pricing.everybody.trips.cancel_trip(trip_id=new.body.id, if_match=new.etag)
    since = models.ListTripsRequested(from_=on_pricing.clock.now)
    asked = {"passengerId": str(ADA), "status": "cancelled", "requested[from]": on_pricing.clock.now.isoformat()}

    first = httpx2.get(f"{on_pricing.url}/trips", params={**asked, "limit": "2"}, headers=bearer("passenger"))
    second = httpx2.get(first.url.join(first.links["next"]["url"]), headers=bearer("passenger"))

    everything = on_pricing.passenger.trips.list_trips(passenger_id=ADA, requested=since).body.items
    assert [trip["id"] for answer in (first, second) for trip in answer.json()["items"]] == [
        str(trip.id) for trip in everything
    ]
    assert "next" not in second.links


def test_cursor_is_good_for_an_hour_and_only_if_it_came_from_here(on_pricing: Riders, quotes: Quotes) -> None:
    for _ in range(2):
        requested(on_pricing, quotes, uuid.uuid4())
    cursor = on_pricing.passenger.trips.list_trips(limit=1).body.next_cursor
    assert cursor is not None

    on_pricing.clock.wait(minutes=59)
    assert on_pricing.passenger.trips.list_trips(cursor=cursor).body.items
    on_pricing.clock.wait(minutes=2)
    for refused in (cursor, "invented", "_" * 200):
        with pytest.raises(errors.ListTripsBadRequest, match="cursor"):
            on_pricing.passenger.trips.list_trips(cursor=refused)
