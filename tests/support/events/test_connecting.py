"""A URL says which broker carries; what is wrong with it, or missing, is named."""

from __future__ import annotations

import asyncio
import importlib
from typing import Any, Final

import pytest

from apictl.support.events.addresses import Address
from apictl.support.events.connecting import Brokers
from apictl.support.events.messages import Delivery, Publication
from apictl.support.events.transport import Source

PRICING: Final = Brokers("pricing-api", ("kafka", "rabbit"))
THINGS: Final = Brokers("things-api", ("redis", "mqtt"))


@pytest.mark.parametrize("url", ["mqtt://broker", "kafkas://broker", "://broker", "localhost:9092", "broker", ""])
def test_a_url_of_no_broker_is_told_which_there_are(url: str) -> None:
    with pytest.raises(ValueError, match="begins with kafka:// or kafka\\+ssl:// or amqp:// or amqps:// or memory:,"):
        PRICING.connected(url)


@pytest.mark.parametrize("url", ["ftp://user:secret@broker", "user:secret@broker", "kafka:///user:secret"])
def test_an_error_tells_no_password(url: str) -> None:
    with pytest.raises(ValueError, match="the URL of a broker") as caught:
        PRICING.connected(url)

    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("url", ["kafka:", "kafka:broker", "kafka://u:p@", "amqp:///vhost", "kafka://?sasl=plain"])
def test_a_url_without_a_host_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="names no host"):
        PRICING.connected(url)


@pytest.mark.parametrize("url", ["redis://broker", "mqtts://broker"])
def test_a_broker_that_knows_processes_asks_for_the_name_of_this_one(url: str) -> None:
    with pytest.raises(ValueError, match="needs the name of this process, process="):
        THINGS.connected(url)


def test_a_missing_client_library_is_named_with_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    imported: Any = importlib.import_module

    def without(name: str, package: str | None = None) -> Any:
        if name.startswith(".transports"):
            raise ModuleNotFoundError("No module named 'aiokafka'")
        return imported(name, package)

    monkeypatch.setattr(importlib, "import_module", without)

    with pytest.raises(ImportError, match=r"No module named 'aiokafka'.*pip install 'pricing-api\[kafka\]'"):
        PRICING.connected("kafka://broker:9092")


def test_connections_to_one_broker_in_memory_meet() -> None:
    async def scenario() -> list[bytes]:
        seen: list[bytes] = []

        async def handle(delivery: Delivery) -> None:
            seen.append(delivery.body)

        one, two, other = map(PRICING.connected, ("memory:a", "memory:a", "memory:b"))
        async with one, two, other:
            await one.subscribe(Source(Address("t"), "g"), handle)
            await two.publish(Publication("t", b"here"))
            await other.publish(Publication("t", b"there"))
            await asyncio.sleep(0.01)
        return seen

    assert asyncio.run(scenario()) == [b"here"]
