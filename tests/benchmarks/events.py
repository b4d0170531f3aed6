"""Round trips a second in memory: what a validated request and its validated reply cost, beside FastStream.

    python -m tests.benchmarks.events [--seconds 3] [--trials 5]

One round trip: the request is judged and published; delivered, judged, made a model and handled; the reply is judged
and published, delivered, judged and made a model for who awaits it. `in flight` is how many requests are awaited at
once. FastStream runs beside it where it is installed: its own test broker, in memory, with pydantic as judge.

CPU time, on one core, is what counts: wall time says as much about the other work of the machine. The best of the
trials is printed, as the one that was disturbed least.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import importlib
import importlib.util
import logging
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeAlias

from pydantic import BaseModel

from apictl.support.events.declarations import ByProperty, Reply, Send, Service
from apictl.support.events.locations import Location
from apictl.support.events.memory_transport import MemoryTransport
from apictl.support.events.requester import Requester
from apictl.support.events.settings import Settings
from apictl.support.events.writing import Outgoing
from tests.support.events.example import channels, events, models, service

Trip: TypeAlias = "Callable[[], Awaitable[object]]"

TARGET_A_SECOND: Final = 15_000
_SLICE: Final = 2_000

ASK_QUOTE: Final[Send[models.QuotePriced | models.QuoteDeclined]] = Send(
    id="askQuote",
    channel=channels.QUOTES,
    messages=(channels.QUOTE_REQUESTED,),
    reply=Reply(
        (channels.QUOTE_PRICED, channels.QUOTE_DECLINED),
        address=Location("header", "/replyTo"),
        plan=ByProperty({"total": channels.QUOTE_PRICED, "reason": channels.QUOTE_DECLINED}),
    ),
)
TRIPS: Final = Service("trips", channels.SERVICE.judge, sends=(ASK_QUOTE,))


async def measured(trip: Trip, *, in_flight: int, seconds: float) -> tuple[int, float]:
    """Return how many round trips were made in about *seconds* of CPU time, and what they took."""

    async def make(count: int) -> None:
        for _ in range(count):
            await trip()

    each = max(1, _SLICE // in_flight)
    await asyncio.gather(*(make(each) for _ in range(in_flight)))
    made = 0
    gc.collect()
    began = time.process_time()
    while (taken := time.process_time() - began) < seconds:
        await asyncio.gather(*(make(each) for _ in range(in_flight)))
        made += each * in_flight
    return made, taken


async def own_trips(in_flight: int, seconds: float) -> tuple[int, float]:
    """Measure the receiver and the requester of the example."""
    async with MemoryTransport() as transport:
        pricing = service.Pricing(events.PricingPublisher(transport))
        pricing.zones["d-1"] = "mitte"
        async with events.receiver(pricing, transport), Requester(TRIPS, transport, Settings()) as requester:

            async def trip() -> object:
                request = models.QuoteRequested(passenger_id="p-1", zone="mitte", seats=2)
                reply = await requester.ask(ASK_QUOTE, Outgoing(channels.QUOTE_REQUESTED, request))
                assert isinstance(reply, models.QuotePriced)
                return reply

            return await measured(trip, in_flight=in_flight, seconds=seconds)


class Request(BaseModel):
    """What FastStream's handler gets."""

    passenger_id: str
    zone: str
    seats: int | None = None


class Priced(BaseModel):
    """What FastStream's handler returns."""

    total: str
    currency: str


async def peer_trips(in_flight: int, seconds: float) -> tuple[int, float]:
    """Measure FastStream's test broker of NATS, which knows requests; the caller makes a model of the reply."""
    nats: Any = importlib.import_module("faststream.nats")  # where it is installed
    broker = nats.NatsBroker(logger=None)

    async def handle(request: Request) -> Priced:
        return Priced(total="12.50" if request.zone else "0.00", currency="EUR")

    broker.subscriber("pricing.quotes")(handle)
    async with nats.TestNatsBroker(broker) as tested:

        async def trip() -> object:
            request = Request(passenger_id="p-1", zone="mitte", seats=2)
            reply = await tested.request(request, "pricing.quotes", timeout=30)
            return Priced.model_validate(await reply.decode())

        return await measured(trip, in_flight=in_flight, seconds=seconds)


def main() -> int:
    """Print the table, and return 0 when the target is met."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=3.0, help="CPU time of each trial")
    parser.add_argument("--trials", type=int, default=5)
    chosen = parser.parse_args()
    logging.disable(logging.CRITICAL)
    runs = {"apictl": own_trips}
    if importlib.util.find_spec("faststream") is None or importlib.util.find_spec("nats") is None:
        sys.stdout.write("FastStream is not installed, with NATS: no comparison\n")
    else:
        runs["faststream"] = peer_trips
    sys.stdout.write(f"{'':12}{'in flight':>10}{'CPU us':>10}{'a second':>12}\n")
    best = 0.0
    for in_flight in (1, 100):
        for name, run in runs.items():
            # In turn, so that both meet the same machine.
            results = [asyncio.run(run(in_flight, chosen.seconds)) for _ in range(chosen.trials)]
            cost = min(taken / made for made, taken in results)
            sys.stdout.write(f"{name:12}{in_flight:10}{cost * 1e6:10.1f}{1 / cost:12,.0f}\n")
            if name == "apictl":
                best = max(best, 1 / cost)
    verdict = "met" if best >= TARGET_A_SECOND else "missed"
    sys.stdout.write(f"target: {TARGET_A_SECOND:,} a second on one core: {verdict}\n")
    return 0 if best >= TARGET_A_SECOND else 1


if __name__ == "__main__":
    sys.exit(main())
