"""Whatever pricing does, the trips service answers what its own contract declares, and lives."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pricing_api.errors
import pricing_api.models
import pricing_api.sample
import pytest
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from trips_api import errors, results

from tests.system import pricing_by_hand
from tests.system.pricing_by_hand import Quotes
from tests.system.riders import ADA, Riders, new_key, ride, riders
from tests.system.serving import nobody, served


def refusal(running: Riders, quote_id: uuid.UUID) -> errors.RequestTripServiceUnavailable:
    """Return the refusal of a request that is itself sound."""
    with pytest.raises(errors.RequestTripServiceUnavailable) as caught:
        running.passenger.trips.request_trip(ride(ADA, quote_id), idempotency_key=new_key())
    return caught.value


def quote(**total: Any) -> dict[str, Any]:
    """Return the stub's quote with another price."""
    values = pricing_api.sample.SAMPLES.answer(pricing_api.operations.GET_QUOTE).model_dump(mode="json")
    values["offers"][0]["total"] |= total
    return values


def test_trips_go_on_while_pricing_is_down_and_new_ones_begin_when_it_is_back(quotes: Quotes) -> None:
    pricing = pricing_by_hand.application(quotes)
    body, key = ride(ADA, quotes.offer(ADA)), new_key()
    with ExitStack() as running_pricing:
        pricing_url = running_pricing.enter_context(served(pricing))
        with riders(pricing_url) as running:
            trips = running.passenger.trips
            first = trips.request_trip(body, idempotency_key=key)
            running_pricing.close()

            assert running.stranger.health.get_health().status == "degraded"
            assert refusal(running, quotes.offer(ADA)).retry_after == 5
            assert trips.request_trip(body, idempotency_key=key).body == first.body
            trips.cancel_trip(trip_id=first.body.id, if_match=first.etag)

            with served(pricing, int(pricing_url.rpartition(":")[2])):
                assert running.stranger.health.get_health().status == "ok"
                second = trips.request_trip(ride(ADA, quotes.offer(ADA)), idempotency_key=new_key())
                assert isinstance(second, results.RequestTripCreated)


def test_request_is_unavailable_where_nobody_listens() -> None:
    with nobody() as pricing_url, riders(pricing_url) as running:
        refusals = [refusal(running, uuid.uuid4()) for _ in range(2)]

        assert [(one.status, one.body.status, one.retry_after) for one in refusals] == [(503, 503, 5)] * 2
        assert running.passenger.trips.list_trips().body.items == []


def test_request_is_unavailable_when_pricing_refuses_or_fails(on_pricing: Riders, quotes: Quotes) -> None:
    def problem(status: int) -> pricing_api.models.Problem:
        return pricing_api.models.Problem(title="No", status=status)

    faults = (
        pricing_api.errors.GetQuoteBadRequest(problem(400)),
        pricing_api.errors.GetQuoteUnauthorized(problem(401), www_authenticate="ApiKey"),
        pricing_api.errors.GetQuoteError(429, problem(429)),
        pricing_api.errors.GetQuoteError(500, problem(500)),
        RuntimeError("a mistake of its author"),
    )

    for fault in faults:
        assert refusal(on_pricing, quotes.refuse(fault)).body.status == 503

    assert on_pricing.passenger.trips.list_trips().body.items == []


class Impostor:
    """Stands where pricing should be, and answers as no contract foresees."""

    def __init__(self) -> None:
        """Begin without answers."""
        self._answers: dict[str, ASGIApp] = {}

    def put(self, answer: ASGIApp) -> uuid.UUID:
        """Return the id of a quote that is answered by *answer*."""
        quote_id = uuid.uuid4()
        self._answers[f"/quotes/{quote_id}"] = answer
        return quote_id

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        if scope["type"] == "http":
            await self._answers[scope["path"]](scope, receive, send)


@pytest.fixture(scope="module")
def impostor() -> Impostor:
    """Return what stands where pricing should be."""
    return Impostor()


@pytest.fixture(scope="module")
def deceived(impostor: Impostor) -> Iterator[Riders]:
    """Yield a trips service that takes it for pricing."""
    with served(impostor) as url, riders(url) as running:
        yield running


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(Response("<p>maintenance</p>", media_type="text/html"), id="a page"),
        pytest.param(JSONResponse({"id": 7}), id="another shape"),
        pytest.param(Response(b"{", media_type="application/json"), id="half a document"),
        pytest.param(Response(b"{}", headers={"Content-Encoding": "gzip"}), id="bytes that are no gzip"),
        pytest.param(RedirectResponse("/elsewhere"), id="a redirect"),
        pytest.param(Response(status_code=204), id="nothing"),
        pytest.param(JSONResponse(quote(currency="JPY")), id="a currency that trips can't write"),
        pytest.param(JSONResponse(quote(amount="20.001")), id="a part of a cent"),
        pytest.param(JSONResponse(quote(amount="-1.00")), id="less than nothing"),
        pytest.param(JSONResponse(quote(amount="1e400")), id="more than there is"),
    ],
)
def test_request_is_unavailable_when_pricing_breaks_its_contract(
    deceived: Riders, impostor: Impostor, answer: Response
) -> None:
    assert refusal(deceived, impostor.put(answer)).body.status == 503
    assert deceived.passenger.trips.list_trips().body.items == []


def test_request_is_unavailable_when_pricing_takes_its_time(deceived: Riders, impostor: Impostor) -> None:
    async def drip(_scope: Scope, _receive: Receive, send: Send) -> None:
        """Send a byte now and then, so that no single wait is long."""
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
        for byte in json.dumps(quote()).encode():
            await send({"type": "http.response.body", "body": bytes([byte]), "more_body": True})
            await asyncio.sleep(0.05)
        await send({"type": "http.response.body"})

    assert refusal(deceived, impostor.put(drip)).body.status == 503
