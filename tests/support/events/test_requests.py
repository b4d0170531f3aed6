"""Asking, and being answered."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Final

import orjson
import pytest

from apictl.support.events.addresses import Address
from apictl.support.events.clock import ManualClock
from apictl.support.events.declarations import ByProperty, Channel, Reply, Send, Service
from apictl.support.events.errors import InvalidMessage, InvalidReply, NoReply, UndeclaredMessage
from apictl.support.events.memory import MemoryBroker
from apictl.support.events.memory_transport import MemoryTransport
from apictl.support.events.messages import Delivery, Publication
from apictl.support.events.requester import Requester
from apictl.support.events.settings import Settings
from apictl.support.events.transport import Source
from apictl.support.events.writing import Outgoing
from tests.support.events.example import channels, events, models
from tests.support.events.pricing import World

REPLIES: Final = (channels.QUOTE_PRICED, channels.QUOTE_DECLINED)
ASK_QUOTE: Final[Send[models.QuotePriced | models.QuoteDeclined]] = Send(
    id="askQuote",
    channel=channels.QUOTES,
    messages=(channels.QUOTE_REQUESTED,),
    reply=Reply(
        REPLIES,
        address=channels.ANSWER_QUOTE.reply.address if channels.ANSWER_QUOTE.reply else None,
        plan=ByProperty({"total": channels.QUOTE_PRICED, "reason": channels.QUOTE_DECLINED}),
    ),
)
TRIPS: Final = Service("trips", channels.SERVICE.judge, sends=(ASK_QUOTE,))
REQUEST: Final = Outgoing(channels.QUOTE_REQUESTED, models.QuoteRequested(passenger_id="p-1", zone="mitte"))


class Maps:
    """A broker, and who answers on it: *answer* makes each reply."""

    def __init__(self, answer: Callable[[Delivery], Publication]) -> None:
        """Answer nothing yet."""
        self.clock = ManualClock()
        self.broker = MemoryBroker(clock=self.clock)
        self._answer = answer

    @asynccontextmanager
    async def requests(self) -> AsyncIterator[events.PricingRequests]:
        """Answer, and let be asked."""
        settings = Settings(clock=self.clock)
        async with MemoryTransport(self.broker) as transport, events.PricingRequests(transport, settings) as requests:

            async def answer(delivery: Delivery) -> None:
                await transport.publish(self._answer(delivery))

            await transport.subscribe(Source(Address("maps.routes"), "maps"), answer)
            yield requests

    def ask(self) -> models.RouteMeasured:
        """Ask once."""

        async def scenario() -> models.RouteMeasured:
            async with self.requests() as requests:
                return await self.clock.elapse(requests.ask_route(models.RouteAsked(from_="a", to="b")))

        return asyncio.run(scenario())


def measured(delivery: Delivery) -> Publication:
    """Return a valid reply to *delivery*."""
    body = orjson.dumps({"metres": 700, "correlation": delivery.correlation_id})
    return Publication(delivery.reply_to or "", body, content_type="application/json")


def test_a_reply_is_returned_as_the_typed_value_that_it_is() -> None:
    reply = Maps(measured).ask()

    assert isinstance(reply, models.RouteMeasured)
    assert reply.metres == 700


def test_the_correlation_id_is_where_the_contract_says_and_where_the_transport_has_it() -> None:
    maps = Maps(measured)

    maps.ask()

    (request,) = maps.broker.published_to("maps.routes")
    assert orjson.loads(request.body)["correlation"] == request.correlation_id
    assert request.reply_to is not None


def test_a_correlation_id_that_the_caller_put_into_the_message_is_kept() -> None:
    maps = Maps(measured)

    async def scenario() -> models.RouteMeasured:
        async with maps.requests() as requests:
            return await requests.ask_route(models.RouteAsked(from_="a", to="b", correlation="mine"))

    assert asyncio.run(scenario()).correlation == "mine"


def test_a_reply_that_breaks_the_contract_is_dead_lettered_and_raised_to_the_caller() -> None:
    body = b'{"metres": -1}'
    maps = Maps(lambda asked: replace(measured(asked), body=body, correlation_id=asked.correlation_id))

    with pytest.raises(InvalidReply, match="metres"):
        maps.ask()

    (letter,) = maps.broker.published_to("pricing.dead-letters")
    assert letter.body == body


@pytest.mark.parametrize("correlation", ["another", "", None])
def test_a_reply_to_another_request_is_none(correlation: str | None) -> None:
    body = orjson.dumps({"metres": 1, "correlation": correlation or ""})
    maps = Maps(lambda delivery: replace(measured(delivery), body=body))

    with pytest.raises(NoReply):
        maps.ask()

    assert maps.broker.published_to("pricing.dead-letters") == ()


def test_replies_reach_who_asked_in_whatever_order_they_come() -> None:
    waiting: list[Delivery] = []

    async def scenario() -> list[int]:
        broker = MemoryBroker()
        async with MemoryTransport(broker) as transport, events.PricingRequests(transport) as requests:

            async def answer(delivery: Delivery) -> None:
                waiting.append(delivery)
                if len(waiting) == 3:
                    for number, each in reversed(list(enumerate(waiting))):
                        body = orjson.dumps({"metres": number, "correlation": each.correlation_id})
                        await transport.publish(replace(measured(each), body=body))

            await transport.subscribe(Source(Address("maps.routes"), "maps"), answer)
            asked = [requests.ask_route(models.RouteAsked(from_=str(number), to="b")) for number in range(3)]
            return [reply.metres for reply in await asyncio.gather(*asked)]

    assert asyncio.run(scenario()) == [0, 1, 2]


def test_a_request_that_breaks_the_contract_is_not_sent() -> None:
    broker = MemoryBroker()

    async def scenario() -> None:
        async with MemoryTransport(broker) as transport, events.PricingRequests(transport) as requests:
            await requests.ask_route(models.RouteAsked(from_="a", to=5))  # type: ignore[arg-type]  # that is the point

    with pytest.raises((InvalidMessage, ValueError)):
        asyncio.run(scenario())

    assert not broker.published


def test_a_request_that_the_contract_does_not_have_is_not_sent() -> None:
    broker = MemoryBroker()

    async def scenario() -> None:
        async with MemoryTransport(broker) as transport:
            requester = Requester(TRIPS, transport, Settings())
            await requester.ask(ASK_QUOTE, Outgoing(channels.SURGE_CHANGED, models.SurgeChanged(factor=1.5)))

    with pytest.raises(UndeclaredMessage):
        asyncio.run(scenario())

    assert not broker.published


@pytest.mark.parametrize("is_fixed", [False, True])
def test_two_services_generated_from_one_contract_understand_each_other(is_fixed: bool) -> None:  # noqa: FBT001
    world = World()
    world.handlers.reply = models.QuoteDeclined(reason="nobody drives there")
    channel = Channel("replies", Address("trips.replies"), REPLIES) if is_fixed else None
    assert ASK_QUOTE.reply is not None
    operation = replace(ASK_QUOTE, reply=replace(ASK_QUOTE.reply, channel=channel))

    async def scenario() -> models.QuotePriced | models.QuoteDeclined:
        async with world.running() as transport, Requester(TRIPS, transport, world.settings) as requester:
            return await requester.ask(operation, REQUEST)

    assert asyncio.run(scenario()) == models.QuoteDeclined(reason="nobody drives there")


def test_when_the_broker_is_gone_the_caller_is_told_and_nobody_waits() -> None:
    async def scenario() -> int:
        transport = MemoryTransport()
        requester = Requester(TRIPS, transport, Settings())
        inbox = await requester._opened(ASK_QUOTE, ASK_QUOTE.reply) if ASK_QUOTE.reply else None
        transport.crash()
        with pytest.raises(ConnectionError):
            await requester.ask(ASK_QUOTE, REQUEST)
        assert inbox is not None
        return len(inbox._awaited)

    assert asyncio.run(scenario()) == 0


def test_who_still_awaits_a_reply_when_the_requester_stops_is_told() -> None:
    async def scenario() -> None:
        async with MemoryTransport() as transport:
            requester = Requester(TRIPS, transport, Settings())
            asked = asyncio.ensure_future(requester.ask(ASK_QUOTE, REQUEST))
            await asyncio.sleep(0.001)
            await requester.stop()
            await asked

    with pytest.raises(NoReply, match="stopped"):
        asyncio.run(asyncio.wait_for(scenario(), 5))
