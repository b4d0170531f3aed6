"""A value that an enum does not name: it survives in the client, and the server refuses it."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx2
import pytest
from trips_api import errors, models, sample
from trips_api.client import AsyncTripsClient, Credentials, TripsClient


@pytest.fixture
def trip(root: Path) -> dict[str, Any]:
    """Return a trip whose state nobody has heard of."""
    samples = json.loads((root / "generated/trips/python/trips_api/samples.json").read_bytes())
    body: dict[str, Any] = samples["getTrip"]["200"]["body"]
    return body | {"status": "teleported"}


def test_client_reads_it_keeps_it_and_sends_it_on(trip: dict[str, Any]) -> None:
    transport = httpx2.MockTransport(lambda _: httpx2.Response(200, json=trip, headers={"ETag": '"1"'}))

    with httpx2.Client(base_url="https://trips.example", transport=transport) as http:
        read = TripsClient(http).trips.get_trip(trip_id=trip["id"]).body

    assert read.status == "teleported"
    assert isinstance(read.status, models.TripStatus)
    assert not read.status.is_known
    assert read.model_dump(mode="json", exclude_unset=True)["status"] == "teleported"


def test_server_refuses_it() -> None:
    async def run() -> None:
        transport = httpx2.ASGITransport(app=sample.app)
        async with httpx2.AsyncClient(base_url="http://stub", transport=transport) as http:
            client = AsyncTripsClient(http, credentials=Credentials(login="sample-token"))
            await client.trips.list_trips(status=[models.TripStatus("teleported")])

    with pytest.raises(errors.ListTripsBadRequest) as refused:
        asyncio.run(run())
    assert "teleported" in (refused.value.body.detail or "")
