"""Several brokers as one transport: what lives where, and what leaves by which of them."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from typing import Any, Final

import pytest

from apictl.support.events.addresses import Address
from apictl.support.events.context import Context
from apictl.support.events.declarations import Channel, MessageKind, Parameter, Receive, Reply, Send, Service
from apictl.support.events.memory import MemoryBroker
from apictl.support.events.memory_transport import MemoryTransport
from apictl.support.events.messages import Delivery, Publication
from apictl.support.events.outbox import Relay
from apictl.support.events.publisher import Publisher
from apictl.support.events.receiver import Receiver, Reception
from apictl.support.events.requester import Requester
from apictl.support.events.settings import Settings
from apictl.support.events.sqlite_outbox import SqliteOutbox
from apictl.support.events.switchboard import Switchboard
from apictl.support.events.transport import Source
from apictl.support.events.writing import Outgoing
from apictl.support.judge import Judge

NUMBER: Final = MessageKind("number", int, "number")
JUDGE: Final = Judge.of({"number": {"type": "integer"}})

POSITIONS: Final = Channel("positions", Address("positions"), (NUMBER,), servers=("log",))
PRICES: Final = Channel("prices", Address("prices"), (NUMBER,), servers=("queues", "spare"))
SURGE: Final = Channel("surge", Address("zones.{zone}"), (NUMBER,), (Parameter("zone", "zone"),), servers=("log",))
ORDERS: Final = Channel("orders", Address("orders"), (NUMBER,), servers=("queues",))
ANSWERS: Final = Channel("answers", None, (NUMBER,), servers=("log",))

FOLLOW: Final = Receive("follow", POSITIONS, (NUMBER,))
PRICE: Final = Receive("price", PRICES, (NUMBER,), Reply((NUMBER,)))
PRICE_FAR: Final = Receive("priceFar", PRICES, (NUMBER,), Reply((NUMBER,), ANSWERS))
ANNOUNCE: Final[Send[None]] = Send("announce", SURGE, (NUMBER,))
ORDER: Final[Send[None]] = Send("order", ORDERS, (NUMBER,))
ASK: Final[Send[int]] = Send("ask", PRICES, (NUMBER,), Reply((NUMBER,)))


class Two:
    """Two brokers, and a switchboard of them."""

    def __init__(self, *operations: Receive | Send[Any]) -> None:
        """Have a service that does *operations*."""
        self.log, self.queues = MemoryTransport(MemoryBroker()), MemoryTransport(MemoryBroker())
        receives = tuple(one for one in operations if isinstance(one, Receive))
        self.service = Service(
            "here", JUDGE, receives, tuple(one for one in operations if not isinstance(one, Receive))
        )
        self.both = Switchboard(self.service, {"log": self.log, "queues": self.queues})

    @property
    def published(self) -> tuple[list[str], list[str]]:
        """The addresses that were published to, at the log and at the queues."""
        brokers = (self.log.broker, self.queues.broker)
        log, queues = ([one.address for one in broker.published] for broker in brokers)
        return log, queues

    def receiver(self, seen: list[int]) -> Receiver:
        """Return what receives into *seen*, answers with the double, and refuses what is negative."""

        async def handle(payload: int, _context: Context) -> int:
            seen.append(payload)
            return payload * 2

        receptions = [Reception(each, {NUMBER: handle}) for each in self.service.receives]
        return Receiver(self.service, self.both, receptions, Settings())

    async def drained(self) -> None:
        """Return when both brokers are."""
        await self.log.broker.drained()
        await self.queues.broker.drained()


def test_each_channel_is_received_from_the_broker_where_it_lives() -> None:
    two, seen = Two(FOLLOW, PRICE), list[int]()

    async def scenario() -> None:
        async with two.both, two.receiver(seen):
            for transport, start in ((two.log, 0), (two.queues, 10)):
                for number, address in enumerate(("positions", "prices"), start):
                    await transport.publish(Publication(address, b"%d" % number, reply_to="r"))
            await two.drained()

    asyncio.run(scenario())

    assert sorted(seen) == [0, 11]


def test_a_reply_and_a_dead_letter_leave_by_the_broker_of_their_message() -> None:
    two = Two(FOLLOW, PRICE)

    async def scenario() -> None:
        async with two.both, two.receiver([]):
            await two.log.publish(Publication("positions", b"no number"))
            await two.queues.publish(Publication("prices", b"2", reply_to="replies"))
            await two.drained()

    asyncio.run(scenario())

    assert two.published == (["positions", "here.dead-letters"], ["prices", "replies"])


def test_a_reply_leaves_by_another_broker_when_the_contract_has_its_channel_there() -> None:
    two = Two(PRICE_FAR)

    async def scenario() -> None:
        async with two.both, two.receiver([]):
            await two.queues.publish(Publication("prices", b"2", reply_to="replies"))
            await two.drained()

    asyncio.run(scenario())

    assert two.published == (["replies"], ["prices"])


def test_what_is_sent_goes_to_the_broker_of_its_channel() -> None:
    two = Two(ANNOUNCE, ORDER)

    async def scenario() -> None:
        async with two.both:
            publisher = Publisher(two.service, two.both, Settings())
            await publisher.send(ANNOUNCE, Outgoing(NUMBER, 1, parameters={"zone": "mitte"}))
            await publisher.send(ORDER, Outgoing(NUMBER, 1))
            await publisher.publish(Publication("orders", b"2"))

    asyncio.run(scenario())

    assert two.published == (["zones.mitte"], ["orders", "orders"])


def test_what_waits_in_an_outbox_goes_to_the_broker_of_the_channel_with_its_address(tmp_path: Path) -> None:
    two, outbox = Two(ANNOUNCE, ORDER), SqliteOutbox(tmp_path / "outbox.db")
    connection = sqlite3.connect(tmp_path / "outbox.db", isolation_level=None)

    async def scenario() -> None:
        await outbox.create()
        publisher = Publisher(two.service, outbox.within(connection), Settings())
        await publisher.send(ANNOUNCE, Outgoing(NUMBER, 1, parameters={"zone": "mitte"}))
        await publisher.send(ORDER, Outgoing(NUMBER, 1))
        async with two.both:
            await Relay(outbox, two.both).drain()

    asyncio.run(scenario())

    assert two.published == (["zones.mitte"], ["orders"])


def test_a_reply_is_awaited_at_the_broker_of_its_request() -> None:
    asking, answering = Two(ANNOUNCE, ASK), Two(PRICE)
    answering.both = Switchboard(answering.service, {"spare": asking.queues})

    async def scenario() -> int:
        receiver = answering.receiver([])
        async with asking.both, receiver, Requester(asking.service, asking.both, Settings()) as requester:
            return await requester.ask(ASK, Outgoing(NUMBER, 21), timeout_seconds=1)

    assert asyncio.run(scenario()) == 42
    assert asking.published[0] == []


def test_a_reply_is_awaited_at_another_broker_when_the_contract_has_its_channel_there() -> None:
    far: Send[int] = Send("askFar", PRICES, (NUMBER,), Reply((NUMBER,), ANSWERS))
    asking, answering = Two(far), Two(PRICE_FAR)
    answering.both = Switchboard(answering.service, {"spare": asking.queues, "log": asking.log})

    async def scenario() -> int:
        receiver = answering.receiver([])
        async with asking.both, receiver, Requester(asking.service, asking.both, Settings()) as requester:
            return await requester.ask(far, Outgoing(NUMBER, 21), timeout_seconds=1)

    assert asyncio.run(scenario()) == 42
    assert (len(asking.published[0]), asking.published[1]) == (1, ["prices"])


def test_a_channel_with_a_better_claim_takes_nothing_away_at_another_broker() -> None:
    one = Channel("one", Address("trips.{id}"), (NUMBER,), (Parameter("id", "trip"),), servers=("log",))
    new = Channel("new", Address("trips.new"), (NUMBER,), servers=("queues",))
    two, seen = Two(Receive("one", one, (NUMBER,)), Receive("new", new, (NUMBER,))), list[tuple[int, str]]()

    async def handle(payload: int, _context: Context, *, trip: str = "") -> None:
        seen.append((payload, trip))

    async def scenario() -> None:
        receptions = [Reception(each, {NUMBER: handle}) for each in two.service.receives]
        async with two.both, Receiver(two.service, two.both, receptions, Settings()):
            await two.log.publish(Publication("trips.new", b"1"))
            await two.drained()

    asyncio.run(scenario())

    assert seen == [(1, "new")]


def test_what_no_channel_has_is_subscribed_to_everywhere_and_published_nowhere() -> None:
    two, seen = Two(ANNOUNCE, ORDER), list[bytes]()

    async def handle(delivery: Delivery) -> None:
        seen.append(delivery.body)

    async def scenario() -> None:
        async with two.both:
            subscription = await two.both.subscribe(Source(Address("here.dead-letters"), "clerk"), handle)
            await two.log.publish(Publication("here.dead-letters", b"log"))
            await two.queues.publish(Publication("here.dead-letters", b"queues"))
            await two.drained()
            await subscription.cancel()
            await two.log.publish(Publication("here.dead-letters", b"late"))
            with pytest.raises(ValueError, match=r"here has no channel with the address 'here\.dead-letters'"):
                await two.both.publish(Publication("here.dead-letters", b""))

    asyncio.run(scenario())

    assert sorted(seen) == [b"log", b"queues"]


def test_an_address_of_channels_at_two_brokers_is_none_to_publish_to() -> None:
    twin = Channel("twin", Address("orders"), (NUMBER,), servers=("log",))
    two = Two(ORDER, Send("twin", twin, (NUMBER,)))

    async def scenario() -> None:
        async with two.both:
            await Publisher(two.service, two.both, Settings()).send(two.service.sends[1], Outgoing(NUMBER, 1))
            with pytest.raises(ValueError, match="channels at several brokers have the address 'orders'"):
                await two.both.publish(Publication("orders", b"1"))

    asyncio.run(scenario())

    assert two.published == (["orders"], [])


def test_a_channel_without_a_transport_is_named() -> None:
    service = Service("here", JUDGE, (FOLLOW, PRICE))

    with pytest.raises(ValueError, match="channel 'prices' is at 'queues' or 'spare', and there are only transports"):
        Switchboard(service, {"log": MemoryTransport()})


class Stubborn(MemoryTransport):
    """Notes what it is told, and fails at some of it."""

    def __init__(self, said: list[str], name: str, fails_at: str = "") -> None:
        """Append to *said*."""
        super().__init__()
        self._said, self._name, self._fails_at = said, name, fails_at

    async def start(self) -> None:
        """Fail, or start."""
        self._tell("start")

    async def stop(self) -> None:
        """Fail, or stop."""
        self._tell("stop")

    def _tell(self, what: str) -> None:
        self._said.append(f"{what} {self._name}")
        if what == self._fails_at:
            raise ConnectionError(f"{self._name} can't {what}")


def switched(*transports: MemoryTransport) -> Switchboard:
    """Return *transports* as one."""
    return Switchboard(Service("here", JUDGE), {str(number): each for number, each in enumerate(transports)})


def test_when_one_does_not_start_those_that_did_are_stopped() -> None:
    said: list[str] = []
    three = switched(Stubborn(said, "a", "stop"), Stubborn(said, "b"), Stubborn(said, "c", "start"))

    with pytest.raises(ConnectionError, match="c can't start"):
        asyncio.run(three.start())

    assert said == ["start a", "start b", "start c", "stop b", "stop a"]


def test_when_one_does_not_stop_the_others_do() -> None:
    said: list[str] = []
    three = switched(Stubborn(said, "a"), Stubborn(said, "b", "stop"), Stubborn(said, "c"))

    with pytest.raises(ConnectionError, match="b can't stop"):
        asyncio.run(three.stop())

    assert sorted(said) == ["stop a", "stop b", "stop c"]


def test_a_transport_of_two_servers_is_started_once() -> None:
    said: list[str] = []
    one = Stubborn(said, "a")

    asyncio.run(switched(one, one).start())

    assert said == ["start a"]
