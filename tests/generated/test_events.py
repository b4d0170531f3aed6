"""Generated events work: two services talk over a broker in memory, and the tests that come along find faults."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from pricing_api import channels, events
from pricing_api import models as pricing_models
from pricing_api._support.events.declarations import ByValue
from pricing_api._support.events.memory import MemoryBroker
from pricing_api._support.events.memory_transport import MemoryTransport
from pricing_api._support.events.messages import Publication
from trips_api import events as trips
from trips_api import models
from trips_api._support.events.memory_transport import MemoryTransport as TripsTransport

from tests.generated.events_by_hand import Pricing
from tests.generated.packages import generate_into

SERVED = "tests.generated.events_by_hand:served"
SERVICES = ("drivers", "payments", "pricing", "trips")
POSITION = Publication(
    "drivers.positions",
    b'{"kind": "reported", "driverId": "c1a3b7d9-2e4f-4b6a-8c0d-1f2e3d4c5b03", "zone": "mitte",'
    b' "point": {"lat": 52.5, "lon": 13.4}, "measuredAt": "2026-11-21T08:30:00Z"}',
    {"eventId": "51b7c1de-0d8c-4f4e-9a53-7d1e6a1f0b11"},
    content_type="application/json",
)
QUESTION = models.PriceQuestion.model_validate(
    {
        "passengerId": "6f2d0a52-5c1e-4a0b-9a5c-0f0f5a6b7c01",
        "rideType": "economy",
        "pickup": {"point": {"lat": 52.5, "lon": 13.4}},
        "dropoff": {"point": {"lat": 52.4, "lon": 13.5}},
    }
)


def test_one_service_asks_another_over_memory() -> None:
    broker = MemoryBroker()

    async def scenario() -> object:
        async with (
            MemoryTransport(broker) as transport,
            events.receiver(Pricing(transport), transport),
            TripsTransport(broker) as other,  # type: ignore[arg-type]  # the support of another package
            trips.TripsRequests(other) as requests,
        ):
            await transport.publish(POSITION)
            await broker.drained()
            return await requests.price_asked(QUESTION, timeout_seconds=5)

    reply = asyncio.run(scenario())

    assert isinstance(reply, models.PriceOffer)
    assert reply.total.currency == "EUR"
    (surge,) = broker.published_to("zones.mitte.surge")
    assert surge.body == b'{"factor":"1.00"}'


def test_message_that_breaks_the_contract_is_dead_lettered_and_never_seen() -> None:
    broker = MemoryBroker()

    async def scenario() -> Pricing:
        async with MemoryTransport(broker) as transport:
            pricing = Pricing(transport)
            async with events.receiver(pricing, transport):
                await transport.publish(Publication("drivers.positions", b'{"kind": "reported"}', POSITION.headers))
                await broker.drained()
            return pricing

    pricing = asyncio.run(scenario())

    assert pricing.zones == {}
    (letter,) = broker.published_to("pricing.dead-letters")
    assert letter.body == b'{"kind": "reported"}'


def test_publisher_refuses_what_breaks_the_contract() -> None:
    broker = MemoryBroker()

    async def scenario() -> None:
        async with MemoryTransport(broker) as transport:
            publisher = events.PricingPublisher(transport)
            surge = pricing_models.ChangedSurge(factor=Decimal(20))
            await publisher.surge_changed(surge, zone_code="mitte")

    with pytest.raises(events.InvalidMessage):
        asyncio.run(scenario())

    assert not broker.published


def test_declarations_know_how_messages_are_told_apart() -> None:
    plan = channels.POSITIONS_CHANNEL.plan

    assert isinstance(plan, ByValue)
    assert plan.kinds == {"reported": channels.POSITION_REPORTED, "offline": channels.DRIVER_OFFLINE}


@pytest.fixture(scope="module")
def services(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the generated packages of all services that have events."""
    folder = tmp_path_factory.mktemp("services")
    generate_into(folder, root, SERVICES)
    return folder


def event_tests(services: Path, name: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Return the run of the tests of the events of *name*."""
    tests = services / name / "python" / "contract_tests" / "test_events.py"
    command = [sys.executable, "-m", "pytest", str(tests), "-q", *options]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.run(command, cwd=tests.parent, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", SERVICES)
def test_untouched_stub_passes_the_tests_of_its_events(services: Path, name: str) -> None:
    run = event_tests(services, name)

    assert run.returncode == 0, run.stdout + run.stderr
    assert "skipped" not in run.stdout


def test_handlers_that_are_not_there_are_no_breach(services: Path) -> None:
    run = event_tests(services, "pricing", "--handlers=tests.generated.events_by_hand:Nobody")

    assert run.returncode == 4
    assert "--handlers tests.generated.events_by_hand:Nobody" in run.stderr


def test_what_is_sent_unasked_is_only_asked_of_a_whole_service(services: Path) -> None:
    assert "test_what_is_sent_unasked" in event_tests(services, "pricing", f"--service={SERVED}", "--co").stdout
    assert "test_what_is_sent_unasked" not in event_tests(services, "pricing", "--co").stdout


def test_handlers_and_a_service_exclude_each_other(services: Path) -> None:
    run = event_tests(services, "pricing", f"--service={SERVED}", "--handlers=tests.generated.events_by_hand:Pricing")

    assert run.returncode == 4
    assert "--handlers and --service exclude each other" in run.stderr


def test_a_service_that_does_not_start_says_so(services: Path) -> None:
    run = event_tests(services, "pricing", "--service=tests.generated.events_by_hand:unable", "-k=accepts")

    assert run.returncode == 1
    assert "the service does not start: RuntimeError: no database here" in run.stdout


@pytest.mark.parametrize(
    "name, test, told",
    [
        ("Failing", "test_on_driver_offline", "no database here"),
        ("Inventive", "test_on_price_asked", "reply"),
        ("Talkative", "test_on_driver_offline", "lets the service send what it may not"),
        ("Impostor", "test_on_driver_offline", "lets the service send what it may not"),
    ],
)
def test_handlers_that_break_the_contract_are_found(services: Path, name: str, test: str, told: str) -> None:
    run = event_tests(services, "pricing", f"--handlers=tests.generated.events_by_hand:{name}", "-k=accepts")

    assert run.returncode == 1, run.stdout + run.stderr
    assert told in run.stdout
    assert f"_ {test}[accepts] _" in run.stdout
    assert "1 failed" in run.stdout
    assert "specs/common/events.yaml#/components/messages/" in run.stdout


def test_what_random_messages_find_is_shrunk_and_comes_again_with_the_seed(services: Path) -> None:
    options = ("--service=tests.generated.faulty_receivers:RefusesTheSouth", "-k=explores", "--seed=7")

    run, again = event_tests(services, "pricing", *options), event_tests(services, "pricing", *options)

    assert run.returncode == 1, run.stdout + run.stderr
    assert "is out of range" in run.stdout
    assert "--seed 7" in run.stdout
    assert told_by(run) == told_by(again)


def told_by(run: subprocess.CompletedProcess[str]) -> str:
    """Return what *run* says of the failure."""
    return run.stdout.partition("breaks its contract")[2].partition("See it again")[0]
