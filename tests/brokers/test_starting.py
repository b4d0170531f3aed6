"""A transport starts on the broker that its URL says, or tells why it can't."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from apictl.support.events.addresses import Address
from apictl.support.events.connecting import Brokers
from apictl.support.events.messages import Delivery, Publication
from apictl.support.events.transport import Source
from tests.brokers.processes import BROKERS, NotThere

pytest.importorskip("faststream", reason="the package faststream is not installed")

ALL = Brokers("apictl", ("kafka", "rabbit", "nats", "redis", "mqtt"))


@pytest.mark.parametrize("name", ["kafka", "rabbitmq", "nats", "redis", "mqtt"])
def test_a_url_alone_is_enough_to_send_and_receive(name: str, tmp_path: Path) -> None:
    async def scenario(url: str) -> Delivery:
        seen: asyncio.Queue[Delivery] = asyncio.Queue()
        async with asyncio.timeout(20), ALL.connected(url, process="clerk-1") as transport:
            await transport.subscribe(Source(Address("things.made"), "clerks"), seen.put)
            await transport.publish(Publication("things.made", b"1", {"colour": "red"}, "key"))
            return await seen.get()

    try:
        with BROKERS[name](tmp_path) as url:
            delivery = asyncio.run(scenario(url))
    except NotThere as missing:
        pytest.skip(f"{name}: {missing}")

    assert (delivery.address, delivery.body, delivery.key) == ("things.made", b"1", "key")
    assert delivery.headers["colour"] == "red"


def test_nats_that_does_not_encrypt_is_no_nats_over_tls(tmp_path: Path) -> None:
    async def scenario(url: str) -> None:
        with pytest.raises(ConnectionError, match="does not encrypt"):
            await ALL.connected(url).start()

    try:
        with BROKERS["nats"](tmp_path) as url:
            asyncio.run(scenario(url.replace("nats:", "tls:")))
    except NotThere as missing:
        pytest.skip(f"nats: {missing}")


@pytest.mark.parametrize("scheme", ["kafka", "amqp", "redis"])
def test_a_broker_that_is_not_there_is_told_when_it_is_started(scheme: str) -> None:
    async def scenario() -> None:
        # Nobody listens at the port of tcpmux.
        await ALL.connected(f"{scheme}://127.0.0.1:1", process="clerk-1").start()

    with pytest.raises(Exception, match=r"(?i)connect"):
        asyncio.run(asyncio.wait_for(scenario(), 10))
