"""The trips service of a test, running on a real port, and who calls it."""

from __future__ import annotations

import ssl
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx2
from pricing_api.client import AsyncPricingClient
from pricing_api.client import Credentials as PricingCredentials
from trips_api import models, results
from trips_api.client import Credentials, TripsClient

from tests.system.pricing_by_hand import Quotes
from tests.system.serving import served
from tests.system.trips_service.access import ALL_SCOPES, Caller, Tokens
from tests.system.trips_service.application import application

TOKENS = Tokens(
    {
        "everything": Caller("operator", "system", ALL_SCOPES),
        "passenger": Caller("Ada", "passenger", frozenset({"trips:read", "trips:write"})),
        "driver": Caller("Bo", "driver", frozenset({"trips:read", "trips:drive"})),
    }
)
PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Trusts nobody: these tests speak plain HTTP, and to load whom to trust would take longer than most of them."""
ADA = UUID("6f2d0a52-5c1e-4a0b-9a5c-0f0f5a6b7c01")
"""The passenger for whom the stub of pricing quotes."""
BO = UUID("c1a3b7d9-2e4f-4b6a-8c0d-1f2e3d4c5b03")
ALEXANDERPLATZ = models.Place(point=models.GeoPoint(lat=52.5219, lon=13.4132), label="Alexanderplatz")
AIRPORT = models.Place(point=models.GeoPoint(lat=52.3667, lon=13.5033))


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        """Begin on a winter morning."""
        self.now = datetime(2026, 11, 21, 8, 31, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now

    def wait(self, **duration: float) -> None:
        """Let a `timedelta` pass."""
        self.now += timedelta(**duration)


@dataclass(frozen=True)
class Riders:
    """The running service, and clients with a token each.

    Attributes:
        url: of the service.
        clock: of the service.
        everybody: may do everything.
        passenger: may read, request, cancel and rate.
        driver: may read and drive.
        stranger: shows no token.
    """

    url: str
    clock: Clock
    everybody: TripsClient
    passenger: TripsClient
    driver: TripsClient
    stranger: TripsClient


@contextmanager
def riders(pricing_url: str) -> Iterator[Riders]:
    """Run the service on the pricing at *pricing_url*, without trips."""
    clock = Clock()
    pricing = AsyncPricingClient(
        httpx2.AsyncClient(base_url=pricing_url, verify=PLAIN),
        credentials=PricingCredentials(service_key="sample-token"),
    )
    with served(application(pricing, TOKENS, clock=clock)) as url, httpx2.Client(base_url=url, verify=PLAIN) as http:
        yield Riders(
            url,
            clock,
            everybody=TripsClient(http, credentials=Credentials(login="everything")),
            passenger=TripsClient(http, credentials=Credentials(login="passenger")),
            driver=TripsClient(http, credentials=Credentials(login="driver")),
            stranger=TripsClient(http),
        )


def ride(passenger_id: UUID, quote_id: UUID) -> models.TripRequest:
    """Return the request of an economy ride to the airport."""
    return models.TripRequest(
        passenger_id=passenger_id,
        quote_id=quote_id,
        ride_type=models.RideType.ECONOMY,
        payment_method_id=uuid.UUID(int=7),
        pickup=ALEXANDERPLATZ,
        dropoff=AIRPORT,
    )


def new_key() -> str:
    """Return an Idempotency-Key that nobody has chosen before."""
    return uuid.uuid4().hex


def requested(on_pricing: Riders, quotes: Quotes, passenger_id: UUID = ADA) -> results.RequestTripCreated:
    """Return a new trip with its ETag."""
    body = ride(passenger_id, quotes.offer(passenger_id))
    answer = on_pricing.everybody.trips.request_trip(body, idempotency_key=new_key())
    assert isinstance(answer, results.RequestTripCreated)
    return answer


def bearer(token: str) -> dict[str, str]:
    """Return the header that shows *token*."""
    return {"Authorization": f"Bearer {token}"}
