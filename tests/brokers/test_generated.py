"""The contract tests of a generated package, as a user runs them, on the brokers that are there."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.brokers.processes import BROKERS, NotThere
from tests.generated.packages import generate_into

ANYWHERE = """\
asyncapi: 3.0.0
info: {title: Rides, version: '1'}
defaultContentType: application/json
channels:
  started:
    address: rides.started
    messages: {started: {payload: {type: object, required: [id], properties: {id: {type: string, maxLength: 20}}}}}
  asked:
    address: rides.asked
    messages:
      asked:
        headers: {type: object, required: [replyTo], properties: {replyTo: {type: string, minLength: 1}}}
        payload: {type: object, required: [seats], properties: {seats: {type: integer, minimum: 1, maximum: 4}}}
  told: {address: null, messages: {told: {payload: {type: object, properties: {price: {type: integer}}}}}}
operations:
  follow: {action: receive, channel: {$ref: '#/channels/started'}}
  answer:
    action: receive
    channel: {$ref: '#/channels/asked'}
    reply: {address: {location: '$message.header#/replyTo'}, channel: {$ref: '#/channels/told'}}
"""
"""Without servers: then every broker will do."""


@pytest.fixture(scope="module")
def urls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    """Run a Kafka and a RabbitMQ; return their URLs."""
    if find_spec("faststream") is None:
        pytest.skip("the package faststream is not installed")
    with ExitStack() as running:
        try:
            yield {
                name: running.enter_context(BROKERS[name](tmp_path_factory.mktemp(name)))
                for name in ("kafka", "rabbitmq")
            }
        except NotThere as missing:
            pytest.skip(str(missing))


@pytest.fixture(scope="module")
def services(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with generated packages."""
    folder = tmp_path_factory.mktemp("services")
    generate_into(folder, root, ("pricing", "payments"))
    return folder


def event_tests(services: Path, service: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Return the run of the tests of the events of *service*."""
    folder = services / service / "python" / "contract_tests"
    command = [sys.executable, "-m", "pytest", "test_events.py", "-q", *options]
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root), str(root / "generator")])}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=300
    )


def test_handlers_that_keep_their_contract_pass_on_two_brokers(services: Path, urls: Mapping[str, str]) -> None:
    brokers = (f"--broker=log={urls['kafka']}", f"--broker=queues={urls['rabbitmq']}")

    run = event_tests(services, "pricing", "--handlers=tests.generated.events_by_hand:Pricing", *brokers)

    assert run.returncode == 0, run.stdout + run.stderr
    assert "skipped" not in run.stdout


def test_service_that_keeps_its_contract_passes_on_a_broker(services: Path, urls: Mapping[str, str]) -> None:
    service = "--service=tests.generated.event_services:Payments"

    run = event_tests(services, "payments", service, f"--broker={urls['rabbitmq']}")

    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize(
    "fault, law, told",
    [
        ("MissingHeader", "accepts", "lets the service send what it may not"),
        ("ChargesTwice", "ignores_copies", "has a message to 'payments.settled' sent again"),
    ],
)
def test_service_that_breaks_its_contract_is_found_on_a_broker(
    services: Path, urls: Mapping[str, str], fault: str, law: str, told: str
) -> None:
    service = f"--service=tests.generated.faulty_events:{fault}"

    run = event_tests(services, "payments", service, f"--broker={urls['rabbitmq']}", f"-k={law}")

    assert run.returncode == 1, run.stdout + run.stderr
    assert told in run.stdout
    assert "amqp://…@127.0.0.1" in run.stdout


@pytest.mark.parametrize(
    "broker, told",
    [
        ("smoke://signals", "ERROR: --broker: the URL of a broker begins with"),
        ("log=memory:", "ERROR: --broker is one URL for all, or log=URL, queues=URL"),
    ],
)
def test_broker_that_is_none_or_not_enough_is_no_breach(services: Path, broker: str, told: str) -> None:
    run = event_tests(services, "pricing", f"--broker={broker}")

    assert run.returncode == 4
    assert told in run.stderr


@pytest.mark.parametrize("name", BROKERS)
def test_one_service_passes_on_every_broker(name: str, tmp_path: Path) -> None:
    if find_spec("faststream") is None:
        pytest.skip("the package faststream is not installed")
    contract = tmp_path / "root" / "specs" / "rides" / "asyncapi.yaml"
    contract.parent.mkdir(parents=True)
    contract.write_text(ANYWHERE)
    generate_into(tmp_path, tmp_path / "root", ("rides",))
    with ExitStack() as running:
        try:
            url = running.enter_context(BROKERS[name](tmp_path))
        except NotThere as missing:
            pytest.skip(f"{name}: {missing}")
        run = event_tests(tmp_path, "rides", f"--broker={url}")

    assert run.returncode == 0, run.stdout + run.stderr
    assert "skipped" not in run.stdout
