"""A trips service written by hand, on pricing, driven by the generated client: every call goes over a socket."""

from __future__ import annotations

import asyncio
import uuid
from datetime import timedelta
from decimal import Decimal

import httpx2
import pricing_api.errors
import pricing_api.models
import pricing_api.sample
import pytest
from trips_api import errors, models, results
from trips_api.client import AsyncTripsClient, Credentials

from tests.system.pricing_by_hand import Quotes
from tests.system.riders import ADA, BO, PLAIN, Riders, bearer, new_key, requested, ride, riders
from tests.system.serving import served

# ------------------------------------------------------------------------------------------------------- the price


def test_trip_costs_what_the_stub_of_pricing_quotes() -> None:
    with served(pricing_api.sample.app) as pricing_url, riders(pricing_url) as on_stub:
        answer = on_stub.passenger.trips.request_trip(ride(ADA, uuid.uuid4()), idempotency_key=new_key())

        assert isinstance(answer, results.RequestTripCreated)
        assert answer.body.fare == models.Money(amount=Decimal("41.75"), currency=models.Currency.EUR)
        assert answer.body.status is models.TripStatus.REQUESTED
        assert answer.location == f"/trips/{answer.body.id}"


def test_trip_costs_what_its_own_quote_says(on_pricing: Riders, quotes: Quotes) -> None:
    quotes.offer(ADA, "99.99")
    quote_id = quotes.offer(ADA, "12.30")

    answer = on_pricing.passenger.trips.request_trip(ride(ADA, quote_id), idempotency_key=new_key())

    assert answer.body.fare.amount == Decimal("12.30")
    assert on_pricing.passenger.trips.get_trip(trip_id=answer.body.id).body == answer.body


def test_quote_that_does_not_hold_refuses_the_trip_at_its_place(on_pricing: Riders, quotes: Quotes) -> None:
    gone = pricing_api.errors.GetQuoteGone(pricing_api.models.Problem(title="Gone", status=410))
    unsound = {
        "there is no such quote": uuid.uuid4(),
        "the quote has expired": quotes.refuse(gone),
        "the quote is another passenger's": quotes.offer(uuid.uuid4()),
    }

    for reason, quote_id in unsound.items():
        with pytest.raises(errors.RequestTripUnprocessableEntity) as caught:
            on_pricing.passenger.trips.request_trip(ride(ADA, quote_id), idempotency_key=new_key())

        assert caught.value.body.errors == [models.ProblemPlace(pointer="/quoteId", detail=reason)]


def test_quote_without_the_type_of_ride_refuses_the_trip(on_pricing: Riders, quotes: Quotes) -> None:
    by_van = ride(ADA, quotes.offer(ADA)).model_copy(update={"ride_type": models.RideType.VAN})

    with pytest.raises(errors.RequestTripUnprocessableEntity, match="/rideType"):
        on_pricing.passenger.trips.request_trip(by_van, idempotency_key=new_key())


# ---------------------------------------------------------------------------------------------------- the lifecycle


def test_trip_goes_from_request_to_rating(on_pricing: Riders, quotes: Quotes) -> None:
    trips, afterwards = on_pricing.everybody.trips, on_pricing.everybody.afterwards
    new = requested(on_pricing, quotes)
    trip_id, requested_at = new.body.id, new.body.requested_at

    accepted = trips.accept_trip(models.Acceptance(driver_id=BO), trip_id=trip_id, if_match=new.etag)
    started = trips.start_trip(trip_id=trip_id, if_match=accepted.etag)
    completed = trips.complete_trip(
        models.Completion(
            distance=24_310,
            arrived_at=requested_at + timedelta(minutes=40),
            tolls=models.Money(amount=Decimal("2.50"), currency=models.Currency.EUR),
        ),
        trip_id=trip_id,
        if_match=started.etag,
    )
    afterwards.rate_trip(models.Rating(stars=5, praise=["friendly"]), trip_id=trip_id)

    assert (accepted.body.driver_id, started.body.status) == (BO, models.TripStatus.STARTED)
    assert isinstance(completed, results.CompleteTripAccepted)
    assert completed.body == trips.get_trip(trip_id=trip_id).body
    assert completed.body.completed_at == requested_at + timedelta(minutes=40)
    receipt = afterwards.get_receipt(trip_id=trip_id)
    assert isinstance(receipt, models.Receipt)
    assert receipt.total.amount == Decimal("22.50")
    kinds = [event.kind for event in trips.list_trip_events(trip_id=trip_id)]
    assert kinds == ["TripRequested", "TripAccepted", "TripStarted", "TripCompleted"]


def test_cancelled_trip_says_who_cancelled_it_and_why(on_pricing: Riders, quotes: Quotes) -> None:
    new = requested(on_pricing, quotes)

    cancelled = on_pricing.passenger.trips.cancel_trip(
        models.Cancellation(reason=models.CancelReason.CHANGED_PLANS), trip_id=new.body.id, if_match=new.etag
    )

    assert cancelled.body.status is models.TripStatus.CANCELLED
    last = on_pricing.passenger.trips.list_trip_events(trip_id=new.body.id)[-1]
    assert isinstance(last, models.TripCancelled)
    assert (last.by, last.reason) == ("passenger", models.CancelReason.CHANGED_PLANS)


def test_trip_is_cancelled_without_a_reason_too(on_pricing: Riders, quotes: Quotes) -> None:
    new = requested(on_pricing, quotes)

    on_pricing.passenger.trips.cancel_trip(trip_id=new.body.id, if_match=new.etag)

    last = on_pricing.passenger.trips.list_trip_events(trip_id=new.body.id)[-1]
    assert isinstance(last, models.TripCancelled)
    assert last.reason is None


def test_steps_that_the_state_does_not_allow_are_conflicts(on_pricing: Riders, quotes: Quotes) -> None:
    trips, afterwards = on_pricing.everybody.trips, on_pricing.everybody.afterwards
    new = requested(on_pricing, quotes)
    trip_id = new.body.id
    arrival = models.Completion(distance=1, arrived_at=new.body.requested_at)

    with pytest.raises(errors.StartTripConflict, match="the trip is requested, not accepted"):
        trips.start_trip(trip_id=trip_id, if_match=new.etag)
    with pytest.raises(errors.CompleteTripConflict):
        trips.complete_trip(arrival, trip_id=trip_id, if_match=new.etag)
    with pytest.raises(errors.GetReceiptConflict):
        afterwards.get_receipt(trip_id=trip_id)
    with pytest.raises(errors.RateTripConflict):
        afterwards.rate_trip(models.Rating(stars=1), trip_id=trip_id)
    cancelled = trips.cancel_trip(trip_id=trip_id, if_match=new.etag)
    with pytest.raises(errors.AcceptTripConflict) as caught:
        trips.accept_trip(models.Acceptance(driver_id=BO), trip_id=trip_id, if_match=cancelled.etag)
    with pytest.raises(errors.CancelTripConflict):
        trips.cancel_trip(trip_id=trip_id, if_match=cancelled.etag)

    assert (caught.value.status, caught.value.body.status) == (409, 409)
    assert len(trips.list_trip_events(trip_id=trip_id)) == 2


def test_completion_that_can_not_be_is_unprocessable_and_changes_nothing(on_pricing: Riders, quotes: Quotes) -> None:
    trips = on_pricing.everybody.trips
    new = requested(on_pricing, quotes)
    trip_id, then = new.body.id, new.body.requested_at
    accepted = trips.accept_trip(models.Acceptance(driver_id=BO), trip_id=trip_id, if_match=new.etag)
    started = trips.start_trip(trip_id=trip_id, if_match=accepted.etag)
    dollars = models.Money(amount=Decimal("2.50"), currency=models.Currency.USD)
    riches = models.Money(amount=Decimal("999999999.99"), currency=models.Currency.EUR)
    impossible = {
        "/arrivedAt": models.Completion(distance=1, arrived_at=then - timedelta(seconds=1)),
        "/tolls/currency": models.Completion(distance=1, arrived_at=then, tolls=dollars),
        "/tolls/amount": models.Completion(distance=1, arrived_at=then, tolls=riches),
    }

    for pointer, completion in impossible.items():
        with pytest.raises(errors.CompleteTripUnprocessableEntity) as caught:
            trips.complete_trip(completion, trip_id=trip_id, if_match=started.etag)
        assert caught.value.body.errors is not None
        assert [place.pointer for place in caught.value.body.errors] == [pointer]

    assert trips.get_trip(trip_id=trip_id).etag == started.etag


def test_trip_that_does_not_exist_is_not_found(on_pricing: Riders) -> None:
    trips, afterwards, unknown = on_pricing.everybody.trips, on_pricing.everybody.afterwards, uuid.uuid4()

    with pytest.raises(errors.GetTripNotFound):
        trips.get_trip(trip_id=unknown)
    with pytest.raises(errors.CancelTripNotFound):
        trips.cancel_trip(trip_id=unknown, if_match='"v1"')
    with pytest.raises(errors.ListTripEventsNotFound):
        trips.list_trip_events(trip_id=unknown)
    with pytest.raises(errors.RateTripNotFound):
        afterwards.rate_trip(models.Rating(stars=1), trip_id=unknown)


# -------------------------------------------------------------------------------------- repetition and concurrency


def test_same_key_with_the_same_body_finds_the_same_trip_as_it_is_now(on_pricing: Riders, quotes: Quotes) -> None:
    trips, body, key = on_pricing.everybody.trips, ride(ADA, quotes.offer(ADA)), new_key()
    first = trips.request_trip(body, idempotency_key=key)
    accepted = trips.accept_trip(models.Acceptance(driver_id=BO), trip_id=first.body.id, if_match=first.etag)
    asked = quotes.asked

    again = trips.request_trip(body, idempotency_key=key)

    assert isinstance(again, results.RequestTripOK)
    assert (again.body, again.etag) == (accepted.body, accepted.etag)
    assert quotes.asked == asked


def test_same_request_twice_at_the_same_time_makes_one_trip(on_pricing: Riders, quotes: Quotes) -> None:
    body, key = ride(ADA, quotes.offer(ADA)), new_key()

    async def both() -> list[results.RequestTripOK | results.RequestTripCreated]:
        async with httpx2.AsyncClient(base_url=on_pricing.url, verify=PLAIN) as http:
            trips = AsyncTripsClient(http, credentials=Credentials(login="everything")).trips
            return await asyncio.gather(*(trips.request_trip(body, idempotency_key=key) for _ in range(2)))

    answers = asyncio.run(both())

    assert {type(answer) for answer in answers} == {results.RequestTripCreated, results.RequestTripOK}
    assert answers[0].body == answers[1].body


def test_same_key_with_another_body_is_a_conflict(on_pricing: Riders, quotes: Quotes) -> None:
    trips, body, key = on_pricing.everybody.trips, ride(ADA, quotes.offer(ADA)), new_key()
    trips.request_trip(body, idempotency_key=key)

    with pytest.raises(errors.RequestTripConflict, match="another body"):
        trips.request_trip(body.model_copy(update={"note": "with a dog"}), idempotency_key=key)


def test_same_key_of_another_caller_is_another_request(on_pricing: Riders, quotes: Quotes) -> None:
    key = new_key()
    first = on_pricing.everybody.trips.request_trip(ride(ADA, quotes.offer(ADA)), idempotency_key=key)

    other = on_pricing.passenger.trips.request_trip(ride(BO, quotes.offer(BO)), idempotency_key=key)

    assert isinstance(other, results.RequestTripCreated)
    assert other.body.id != first.body.id


def test_key_is_forgotten_after_a_day(on_pricing: Riders, quotes: Quotes) -> None:
    trips, body, key = on_pricing.everybody.trips, ride(ADA, quotes.offer(ADA)), new_key()
    first = trips.request_trip(body, idempotency_key=key)
    trips.cancel_trip(trip_id=first.body.id, if_match=first.etag)

    on_pricing.clock.wait(days=1)
    again = trips.request_trip(body, idempotency_key=key)

    assert isinstance(again, results.RequestTripCreated)
    assert again.body.id != first.body.id


def test_passenger_has_one_trip_at_a_time(on_pricing: Riders, quotes: Quotes) -> None:
    requested(on_pricing, quotes)

    with pytest.raises(errors.RequestTripConflict, match="under way"):
        requested(on_pricing, quotes)


def test_change_based_on_an_old_version_fails_and_changes_nothing(on_pricing: Riders, quotes: Quotes) -> None:
    trips = on_pricing.everybody.trips
    new = requested(on_pricing, quotes)
    accepted = trips.accept_trip(models.Acceptance(driver_id=BO), trip_id=new.body.id, if_match=new.etag)

    with pytest.raises(errors.CancelTripPreconditionFailed) as caught:
        trips.cancel_trip(trip_id=new.body.id, if_match=new.etag)

    assert caught.value.body.status == 412
    assert trips.get_trip(trip_id=new.body.id) == results.GetTripOK(accepted.body, etag=accepted.etag)


def test_change_that_names_no_version_is_refused(on_pricing: Riders, quotes: Quotes) -> None:
    new = requested(on_pricing, quotes)

    with pytest.raises(errors.CancelTripPreconditionRequired):
        on_pricing.everybody.trips.cancel_trip(trip_id=new.body.id)


# ------------------------------------------------------------------------------------------------ who may do what


def test_caller_without_a_token_is_told_how_to_authenticate(on_pricing: Riders, quotes: Quotes) -> None:
    with pytest.raises(errors.ListTripsUnauthorized) as caught:
        on_pricing.stranger.trips.list_trips()
    with pytest.raises(errors.RequestTripUnauthorized):
        on_pricing.stranger.trips.request_trip(ride(ADA, quotes.offer(ADA)), idempotency_key=new_key())

    assert (caught.value.status, caught.value.www_authenticate) == (401, 'Bearer realm="api"')
    assert httpx2.get(f"{on_pricing.url}/trips", headers=bearer("of nobody")).status_code == 401
    assert on_pricing.stranger.health.get_health().status == "ok"


def test_caller_without_the_scope_is_forbidden(on_pricing: Riders, quotes: Quotes) -> None:
    new = requested(on_pricing, quotes)

    with pytest.raises(errors.StartTripForbidden, match="not trips:drive"):
        on_pricing.passenger.trips.start_trip(trip_id=new.body.id, if_match=new.etag)
    with pytest.raises(errors.CancelTripForbidden):
        on_pricing.driver.trips.cancel_trip(trip_id=new.body.id, if_match=new.etag)
