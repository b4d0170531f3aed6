"""What one service must do on any broker: Pricing, told step by step."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any, Final

import orjson

from apictl.support.events.addresses import Address
from apictl.support.events.dead_letters import read_dead_letter
from apictl.support.events.declarations import ByProperty, Reply, Send, Service
from apictl.support.events.errors import Rule
from apictl.support.events.headers import DEAD_LETTER
from apictl.support.events.messages import Delivery, Publication
from apictl.support.events.requester import Requester
from apictl.support.events.retries import Retries
from apictl.support.events.settings import Settings
from apictl.support.events.transport import Source, Transport
from apictl.support.events.writing import Outgoing
from tests.brokers.connections import connected
from tests.support.events.example import channels, events, models
from tests.support.events.example.service import Pricing
from tests.support.events.pricing import DEAD_LETTERS, position

_SECONDS: Final = 20.0
SETTINGS: Final = Settings(group="pricing", retries=Retries(attempts=3, first_seconds=0.01))
_REPLIES: Final = (channels.QUOTE_PRICED, channels.QUOTE_DECLINED)
_ASK_QUOTE: Final[Send[models.QuotePriced | models.QuoteDeclined]] = Send(
    id="askQuote",
    channel=channels.QUOTES,
    messages=(channels.QUOTE_REQUESTED,),
    reply=Reply(
        _REPLIES,
        address=channels.ANSWER_QUOTE.reply.address if channels.ANSWER_QUOTE.reply else None,
        plan=ByProperty({"total": channels.QUOTE_PRICED, "reason": channels.QUOTE_DECLINED}),
    ),
)
_TRIPS: Final = Service("trips", channels.SERVICE.judge, sends=(_ASK_QUOTE,))


class Noting(Pricing):
    """Pricing that notes the positions it has done, and fails when it is told to."""

    def __init__(self, publisher: events.PricingPublisher) -> None:
        """Have seen nothing."""
        super().__init__(publisher)
        self.seen: list[tuple[str, int, int]] = []
        """Driver, sequence and attempt."""
        self.faults: deque[Exception] = deque()

    async def on_position_changed(
        self, payload: models.PositionChanged, headers: models.PositionChangedHeaders, context: events.Context
    ) -> None:
        """Note the position."""
        if self.faults:
            raise self.faults.popleft()
        await super().on_position_changed(payload, headers, context)
        self.seen.append((payload.driver_id, headers.sequence, context.attempt))

    def sequences(self, driver: str) -> list[int]:
        """Return the sequences of *driver* in the order in which they were done."""
        return [sequence for name, sequence, _ in self.seen if name == driver]


class Peer:
    """The rest of the world: sends to Pricing, and notes what it says."""

    def __init__(self, transport: Transport) -> None:
        """Talk through *transport*."""
        self.transport = transport
        self.surges: list[Delivery] = []
        self.dead: list[Delivery] = []

    async def listen(self) -> None:
        """Subscribe to what Pricing sends, and answer what it asks."""
        for address, note in (
            ("zones.mitte.surge", self._noted(self.surges)),
            (DEAD_LETTERS, self._noted(self.dead)),
            ("maps.routes", self._measure),
        ):
            await self.transport.subscribe(Source(Address(address), "peer"), note)

    def _noted(self, notes: list[Delivery]) -> Callable[[Delivery], Awaitable[None]]:
        async def note(delivery: Delivery) -> None:
            notes.append(delivery)

        return note

    async def _measure(self, delivery: Delivery) -> None:
        body = orjson.dumps({"metres": 700, "correlation": delivery.correlation_id})
        reply = Publication(delivery.reply_to or "", body, content_type="application/json")
        await self.transport.publish(replace(reply, correlation_id=delivery.correlation_id))


@dataclass(frozen=True, slots=True)
class Stage:
    """Pricing, and who talks to it."""

    url: str
    pricing: Noting
    peer: Peer
    transport: Transport


@asynccontextmanager
async def stage(url: str) -> AsyncIterator[Stage]:
    """Run Pricing and its peer on the broker at *url*."""
    async with AsyncExitStack() as running:
        peer = Peer(await running.enter_async_context(opened(url, "peer")))
        await peer.listen()
        transport = await running.enter_async_context(opened(url, "pricing-1"))
        pricing = Noting(events.PricingPublisher(transport))
        await running.enter_async_context(events.receiver(pricing, transport, SETTINGS))
        yield Stage(url, pricing, peer, transport)


async def a_valid_message_is_handled_and_what_it_causes_is_published(on: Stage) -> None:
    await on.peer.transport.publish(position(1))

    await eventually(lambda: on.pricing.seen == [("d-1", 1, 1)] and len(on.peer.surges) == 1)
    assert orjson.loads(on.peer.surges[0].body) == {"factor": 1.0}
    assert on.peer.surges[0].content_type == "application/json"
    assert on.peer.surges[0].message_id
    assert not on.peer.dead


async def a_request_is_answered_to_who_asked(on: Stage) -> None:
    wanted = models.QuoteRequested(passenger_id="p-1", zone="mitte")
    async with Requester(_TRIPS, on.peer.transport, Settings(group="trips")) as requester:
        asked = [requester.ask(_ASK_QUOTE, Outgoing(channels.QUOTE_REQUESTED, wanted)) for _ in range(3)]
        answers = await asyncio.wait_for(asyncio.gather(*asked), _SECONDS)

    assert {type(answer) for answer in answers} == {models.QuotePriced}


async def the_service_asks_and_is_answered(on: Stage) -> None:
    async with events.PricingRequests(on.transport, SETTINGS) as requests:
        answer = await requests.ask_route(models.RouteAsked(from_="a", to="b"), timeout_seconds=_SECONDS)

    assert answer.metres == 700


async def an_invalid_message_is_dead_lettered_as_it_came_and_the_next_one_passes(on: Stage) -> None:
    invalid = position(2, lat=1000)
    broken = replace(invalid, body=b'\xff{"kind"', headers={**invalid.headers, "note": "größer"}, message_id="m-7")

    for publication in (invalid, broken, position(3)):
        await on.peer.transport.publish(publication)

    await eventually(lambda: on.pricing.sequences("d-1") == [1, 3] and len(on.peer.dead) == 2)
    letters = {letter.delivery.body: letter for letter in map(read_dead_letter, on.peer.dead)}
    assert letters[invalid.body].reasons[0].rule is Rule.PAYLOAD
    assert letters[invalid.body].reasons[0].pointer == "/lat"
    letter = letters[broken.body]
    assert {name: letter.delivery.headers.get(name) for name in broken.headers} == broken.headers
    assert (letter.delivery.address, letter.delivery.key) == (broken.address, "d-1")
    assert (letter.delivery.content_type, letter.delivery.message_id) == ("application/json", "m-7")
    on.peer.dead.clear()


async def what_a_handler_fails_on_is_tried_again_and_then_dead_lettered(on: Stage) -> None:
    on.pricing.faults.append(OSError("not now"))
    await on.peer.transport.publish(position(4))
    await eventually(lambda: on.pricing.seen[-1] == ("d-1", 4, 2))
    on.pricing.faults.extend(OSError("never") for _ in range(3))

    await on.peer.transport.publish(position(5))
    await on.peer.transport.publish(position(6))

    await eventually(lambda: on.pricing.seen[-1] == ("d-1", 6, 1) and len(on.peer.dead) == 1)
    letter = read_dead_letter(on.peer.dead[0])
    assert (letter.reasons[0].rule, letter.attempts) == (Rule.FAILED, 3)
    assert letter.delivery.body == position(5).body
    on.peer.dead.clear()


async def messages_of_one_key_stay_in_order(on: Stage) -> None:
    drivers, numbers = ("d-2", "d-3", "d-4"), list(range(1, 16))

    for number in numbers:
        for driver in drivers:
            await on.peer.transport.publish(position(number, driverId=driver))

    await eventually(lambda: all(len(on.pricing.sequences(driver)) >= len(numbers) for driver in drivers))
    assert {driver: on.pricing.sequences(driver) for driver in drivers} == dict.fromkeys(drivers, numbers)


async def an_address_with_parameters_is_a_pattern_for_the_broker(on: Stage) -> None:
    found: list[Delivery] = []

    async def note(delivery: Delivery) -> None:
        found.append(delivery)

    source = Source(Address("zones.{zoneCode}.surge"), "watchers")
    await on.peer.transport.subscribe(source, note)
    for address in ("zones.west.weather", "zones.north.west.surge", "zones.west.surge"):
        await on.peer.transport.publish(Publication(address, b"{}"))

    await eventually(lambda: any(delivery.address == "zones.west.surge" for delivery in found))
    # A new group may begin with what was there before it.
    assert {delivery.address for delivery in found} <= {"zones.west.surge", "zones.mitte.surge"}


STEPS: Final[Sequence[Callable[[Stage], Awaitable[None]]]] = (
    a_valid_message_is_handled_and_what_it_causes_is_published,
    a_request_is_answered_to_who_asked,
    the_service_asks_and_is_answered,
    an_invalid_message_is_dead_lettered_as_it_came_and_the_next_one_passes,
    what_a_handler_fails_on_is_tried_again_and_then_dead_lettered,
    messages_of_one_key_stay_in_order,
    an_address_with_parameters_is_a_pattern_for_the_broker,
)
"""In this order, on one stage."""


async def a_dead_letter_that_nobody_subscribes_to_is_kept(url: str) -> None:
    """RabbitMQ keeps it in a queue of its address, and no other message that nobody subscribes to."""
    found: list[Delivery] = []

    async def note(delivery: Delivery) -> None:
        found.append(delivery)

    async with opened(url, "peer") as peer:
        await peer.publish(Publication("trips.dead-letters", b"dead", {DEAD_LETTER: "{}"}))
        await peer.publish(Publication("trips.nobody", b"gone"))
        for address in ("trips.dead-letters", "trips.nobody"):
            await peer.subscribe(Source(Address(address), ""), note)
        await eventually(lambda: bool(found))
    assert [delivery.body for delivery in found] == [b"dead"]


def opened(url: str, name: str) -> contextlib.AbstractAsyncContextManager[Transport]:
    """Return a context in which the process *name* is connected to *url*."""
    transport: Any = connected(url, name)
    context: contextlib.AbstractAsyncContextManager[Transport] = transport
    return context


async def eventually(is_so: Callable[[], bool]) -> None:
    """Return when *is_so*."""
    end = asyncio.get_running_loop().time() + _SECONDS
    while not is_so():
        assert asyncio.get_running_loop().time() < end, "it has not come about in time"
        await asyncio.sleep(0.01)
