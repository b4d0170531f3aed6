"""A generated package reaches the brokers of its contract; here they are in memory."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Coroutine
from types import ModuleType
from typing import Any

import pytest
from pricing_api import brokers, events
from pricing_api._support.events.addresses import Address
from pricing_api._support.events.messages import Delivery, Publication
from pricing_api._support.events.transport import Handler, Source

from tests.architecture.sources import ROOT
from tests.generated.events_by_hand import Pricing

POSITION = Publication(
    "drivers.positions",
    b'{"kind": "reported", "driverId": "c1a3b7d9-2e4f-4b6a-8c0d-1f2e3d4c5b03", "zone": "mitte",'
    b' "point": {"lat": 52.5, "lon": 13.4}, "measuredAt": "2026-11-21T08:30:00Z"}',
    {"eventId": "51b7c1de-0d8c-4f4e-9a53-7d1e6a1f0b11"},
    content_type="application/json",
)
QUESTION = Publication("pricing.prices", b"no question", content_type="application/json")


def test_each_message_of_a_contract_with_two_brokers_stays_at_its_own() -> None:
    log, queues = (brokers.BROKERS.connected(f"memory:two-{name}") for name in ("log", "queues"))

    async def scenario() -> list[tuple[str, str]]:
        seen: asyncio.Queue[tuple[str, str]] = asyncio.Queue()

        def noting(broker: str) -> Handler:
            async def note(delivery: Delivery) -> None:
                seen.put_nowait((broker, delivery.address))

            return note

        transport = brokers.connect(log_url="memory:two-log", queues_url="memory:two-queues")
        async with asyncio.timeout(5), log, queues, transport, events.receiver(Pricing(transport), transport):
            for name, broker in (("log", log), ("queues", queues)):
                for address in ("zones.mitte.surge", "pricing.dead-letters"):
                    await broker.subscribe(Source(Address(address), "test"), noting(name))
            await log.publish(POSITION)
            await queues.publish(QUESTION)
            return [await seen.get(), await seen.get()]

    seen = asyncio.run(scenario())

    assert sorted(seen) == [("log", "zones.mitte.surge"), ("queues", "pricing.dead-letters")]


@pytest.mark.parametrize("service", ["pricing", "trips"])
def test_what_the_read_me_says_of_events_runs(service: str) -> None:
    text = (ROOT / f"generated/{service}/python/README.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(import asyncio.*?)```", text, re.DOTALL)
    code, count = re.subn(r'url="[a-z]+://[^"]+"', f'url="memory:{service}"', code)
    module = ModuleType("read_me")

    exec(code.replace("asyncio.run(main())", ""), module.__dict__)  # noqa: S102 - the project's own text

    assert count
    assert _failures(module.main) == []


def _failures(main: Callable[[], Coroutine[Any, Any, None]]) -> list[object]:
    """Return what *main*, which runs until it is stopped, came to by itself."""

    async def scenario() -> list[object]:
        task = asyncio.create_task(main())
        done, _ = await asyncio.wait([task], timeout=0.2)
        task.cancel()
        return [each.exception() for each in done]

    return asyncio.run(scenario())
