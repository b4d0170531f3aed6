"""The generated client of the example system: lists, tokens, retries and hooks, as a user of it writes them."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx2
import pytest
from trips_api import errors, models
from trips_api._support.clock import Clock
from trips_api.client import (
    Answered,
    AsyncTripsClient,
    ClientCredentials,
    Credentials,
    Hooks,
    Retries,
    TokenRefused,
    TripsClient,
)

BASE = "https://trips.example.test/v2"
ROBOT = Credentials(login=ClientCredentials(client_id="robot", client_secret="s3cret"))


class Platform:
    """Trips and their login: two pages of trips, to be seen with a token."""

    def __init__(self, trip: dict[str, Any]) -> None:
        """List *trip* three times."""
        self.trip = trip
        self.asked: list[str] = []
        self.failures = 0

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        """Answer *request*."""
        self.asked.append(f"{request.method} {request.url.host}{request.url.path}")
        if request.url.host == "login.rides.example":
            if request.method == "GET":
                return httpx2.Response(200, json={"token_endpoint": "https://login.rides.example/token"})
            return httpx2.Response(200, json={"access_token": "t-1", "token_type": "Bearer", "expires_in": 60})
        if request.headers.get("authorization") != "Bearer t-1":
            problem = {"title": "Who are you?", "status": 401}
            return httpx2.Response(401, json=problem, headers={"Content-Type": "application/problem+json"})
        if self.failures:
            self.failures -= 1
            return httpx2.Response(503, headers={"Retry-After": "2"})
        page: dict[str, Any] = {"items": [self.trip] * 2, "nextCursor": "c2"}
        if request.url.params.get("cursor") == "c2":
            page = {"items": [self.trip], "nextCursor": None}
        return httpx2.Response(200, json=page)


@pytest.fixture
def platform(root: Path) -> Platform:
    """Return the platform."""
    samples = json.loads((root / "generated/trips/python/trips_api/samples.json").read_bytes())
    return Platform(samples["getTrip"]["200"]["body"])


def test_list_yields_typed_items_of_all_pages_with_a_token_that_was_discovered(platform: Platform) -> None:
    with httpx2.Client(base_url=BASE, transport=httpx2.MockTransport(platform)) as http:
        trips = list(TripsClient(http, credentials=ROBOT).trips.iterate_list_trips(limit=2))

    assert [type(trip) for trip in trips] == [models.Trip] * 3
    assert platform.asked == [
        "GET login.rides.example/.well-known/openid-configuration",
        "POST login.rides.example/token",
        "GET trips.example.test/v2/trips",
        "GET trips.example.test/v2/trips",
    ]


def test_asynchronous_list_goes_on_after_failures_and_tells_of_each(platform: Platform) -> None:
    pauses, seen = list[float](), list[str]()
    platform.failures = 2

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    def tell(answered: Answered) -> None:
        outcome = answered.outcome
        status = outcome.status_code if isinstance(outcome, httpx2.Response) else 0
        seen.append(f"{answered.attempt.operation_id} {answered.attempt.number} {status}")

    async def run() -> int:
        async with httpx2.AsyncClient(base_url=BASE, transport=httpx2.MockTransport(platform)) as http:
            retries = Retries(clock=Clock(chance=lambda: 0.0, pause_async=pause))
            client = AsyncTripsClient(http, credentials=ROBOT, retries=retries, hooks=Hooks(on_response=tell))
            return len([trip async for trip in client.trips.iterate_list_trips()])

    assert asyncio.run(run()) == 3
    assert pauses == [2.0, 2.0]
    assert seen == ["listTrips 1 503", "listTrips 2 503", "listTrips 3 200", "listTrips 1 200"]


def test_token_that_nobody_accepts_is_a_declared_refusal() -> None:
    platform = Platform({})

    with httpx2.Client(base_url=BASE, transport=httpx2.MockTransport(platform)) as http:
        client = TripsClient(http, credentials=Credentials(login="another"))
        with pytest.raises(errors.ListTripsUnauthorized) as refused:
            client.trips.list_trips()

    assert refused.value.body.title == "Who are you?"


def test_login_that_is_down_is_told_as_what_it_is() -> None:
    transport = httpx2.MockTransport(lambda _: httpx2.Response(400, json={"error": "invalid_client"}))

    with httpx2.Client(base_url=BASE, transport=transport) as http, pytest.raises(TokenRefused, match="invalid_client"):
        TripsClient(http, credentials=ROBOT).trips.list_trips()
