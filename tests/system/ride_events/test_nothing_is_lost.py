"""Trips, Pricing and Payments over a real Kafka and a real RabbitMQ: two are killed in the middle, nothing is lost."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Final
from uuid import UUID, uuid5

import pytest
from drivers_api import brokers as drivers_brokers
from drivers_api import events as drivers_events
from drivers_api import models as drivers_models
from trips_api import brokers as trips_brokers

from tests.brokers.processes import BROKERS, NotThere
from tests.system.ride_events.durable import rows
from tests.system.ride_events.onlooker import Onlooker
from tests.system.ride_events.processes import Stage, eventually, running

TRIPS: Final = 60
POSITIONS: Final = 150
NAMES: Final = UUID("c1a3b7d9-2e4f-4b6a-8c0d-1f2e3d4c5b03")
START: Final = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
DRIVERS: Final = tuple(uuid5(NAMES, str(number)) for number in range(3))
SENT: Final = [(str(driver), START + timedelta(seconds=step)) for step in range(POSITIONS // 3) for driver in DRIVERS]
DEAD_LETTERS: Final = tuple(f"{service}.dead-letters" for service in ("payments", "pricing", "trips"))


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """Run Kafka and RabbitMQ."""
    if find_spec("faststream") is None:
        pytest.skip("the package faststream is not installed")
    with ExitStack() as brokers:
        urls = {}
        for name in ("apache-kafka", "rabbitmq"):
            folder = tmp_path / name
            folder.mkdir()
            try:
                urls[name] = brokers.enter_context(BROKERS[name](folder))
            except NotThere as missing:
                pytest.skip(f"{name}: {missing}")
        yield Stage(urls["apache-kafka"], urls["rabbitmq"], tmp_path)


def test_services_that_are_killed_in_the_middle_lose_nothing(stage: Stage) -> None:
    onlooker = asyncio.run(told(stage))

    trips = [trip for (trip,) in rows(stage.file("trips"), "SELECT id FROM trips")]
    assert len(trips) == TRIPS
    assert {trip for (trip,) in rows(stage.file("payments"), "SELECT trip FROM charges")} == set(trips)
    assert set(onlooker.values("payments.settled", "tripId")) == set(trips)
    followed = rows(stage.file("pricing"), "SELECT driver, measured FROM positions ORDER BY number")
    # What was worked on when the process died is done again.
    once = list(dict.fromkeys(followed))
    assert sorted(once) == sorted((driver, when.isoformat()) for driver, when in SENT)
    for driver in map(str, DRIVERS):
        assert [when for who, when in once if who == driver] == [
            when.isoformat() for who, when in SENT if who == driver
        ]
    assert len(onlooker.came["zones.mitte.surge"]) >= POSITIONS
    assert [address for address in DEAD_LETTERS if onlooker.came[address]] == []


async def told(stage: Stage) -> Onlooker:
    """Tell the story: positions are published and trips are made, while Pricing and Payments are killed once each."""
    onlooker = Onlooker()
    log, queues = drivers_brokers.connect(stage.log), trips_brokers.connect(stage.queues)
    async with (
        onlooker.watching(log, ("zones.mitte.surge", *DEAD_LETTERS)),  # type: ignore[arg-type]  # of another package
        onlooker.watching(queues, ("payments.settled", *DEAD_LETTERS)),
    ):
        publisher = drivers_events.DriversPublisher(log)
        async with (
            running(stage, "payments") as payments,
            running(stage, "pricing") as pricing,
            running(stage, "trips", str(TRIPS)),
        ):
            publishing = asyncio.create_task(published(publisher))
            await eventually("a third of the positions is followed", lambda: followed(stage) >= POSITIONS // 3)
            pricing.send_signal(signal.SIGKILL)
            await pricing.wait()
            assert followed(stage) < POSITIONS, "Pricing was killed too late to tell"
            async with running(stage, "pricing"):
                await eventually("a third of the trips is charged", lambda: charged(stage) >= TRIPS // 3)
                payments.send_signal(signal.SIGKILL)
                await payments.wait()
                assert charged(stage) < TRIPS, "Payments was killed too late to tell"
                async with running(stage, "payments"):
                    await publishing
                    await eventually("all trips are settled", lambda: settled(onlooker) == TRIPS)
                    await eventually("all positions are followed", lambda: followed(stage) >= POSITIONS)
                    await eventually("all surges are told", lambda: surges(onlooker) >= POSITIONS)
    return onlooker


async def published(publisher: drivers_events.DriversPublisher) -> None:
    """Publish all positions, some in a moment."""
    for driver, when in SENT:
        position = drivers_models.ReportedPosition.model_validate(
            {
                "kind": "reported",
                "driverId": driver,
                "zone": "mitte",
                "point": {"lat": 52.5, "lon": 13.4},
                "measuredAt": when.isoformat(),
            }
        )
        event = uuid5(NAMES, f"{driver} {when}")
        headers = drivers_models.EventHeaders(event_id=event, idempotency_key=str(event))
        await publisher.position_reported(position, headers)
        await asyncio.sleep(0.005)


def followed(stage: Stage) -> int:
    """Return how many positions Pricing has followed."""
    return len(set(rows(stage.file("pricing"), "SELECT driver, measured FROM positions")))


def charged(stage: Stage) -> int:
    """Return how many trips Payments has charged for."""
    return len(rows(stage.file("payments"), "SELECT trip FROM charges"))


def settled(onlooker: Onlooker) -> int:
    """Return how many trips are announced as paid."""
    return len(set(onlooker.values("payments.settled", "tripId")))


def surges(onlooker: Onlooker) -> int:
    """Return how often a surge was announced."""
    return len(onlooker.came["zones.mitte.surge"])
