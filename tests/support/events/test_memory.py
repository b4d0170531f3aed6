"""The broker in memory keeps the promises of a broker."""

from __future__ import annotations

import asyncio
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from apictl.support.events.addresses import Address
from apictl.support.events.clock import ManualClock
from apictl.support.events.memory import MemoryBroker
from apictl.support.events.memory_transport import MemoryTransport
from apictl.support.events.messages import Delivery, Publication
from apictl.support.events.transport import Source
from tests.support.events.pricing import World, position


def test_each_group_gets_every_message_and_each_member_a_part() -> None:
    got: list[tuple[str, bytes]] = []

    async def scenario() -> None:
        broker = MemoryBroker()
        for name, group in (("a1", "a"), ("a2", "a"), ("b1", "b")):

            async def take(delivery: Delivery, name: str = name) -> None:
                got.append((name, delivery.body))
                await asyncio.sleep(0)

            await MemoryTransport(broker).subscribe(Source(Address("t.{x}"), group), take)
        for number in range(4):
            await MemoryTransport(broker).publish(Publication(f"t.{number}", b"%d" % number))
        await MemoryTransport(broker).publish(Publication("elsewhere", b"x"))
        await broker.drained()

    asyncio.run(scenario())

    assert Counter(name for name, _ in got) == {"a1": 2, "a2": 2, "b1": 4}
    assert Counter(body for _, body in got) == {b"%d" % number: 2 for number in range(4)}


def test_a_group_keeps_messages_while_none_of_its_members_is_there() -> None:
    world = World()
    asyncio.run(world.sent(position(1)))
    asyncio.run(MemoryTransport(world.broker).publish(position(2)))

    asyncio.run(world.sent())

    assert [sequence for _, sequence, _ in world.handlers.seen] == [1, 2]


def test_what_is_private_is_forgotten_with_its_subscriber() -> None:
    async def take(_delivery: Delivery) -> None:
        """Take it."""

    async def scenario() -> int:
        broker = MemoryBroker()
        async with MemoryTransport(broker) as transport:
            address = transport.private_address()
            await transport.subscribe(Source(Address(address), "g", is_private=True), take)
        await MemoryTransport(broker).publish(Publication(address, b"1"))
        return broker.unacknowledged

    assert asyncio.run(scenario()) == 0


@given(
    st.lists(st.tuples(st.sampled_from(["a", "b", None]), st.integers(0, 3)), max_size=25),
    st.integers(1, 4),
    st.sampled_from([0.0, 1.0]),
)
@settings(max_examples=60)
def test_every_message_comes_until_it_is_acknowledged_and_in_order_of_its_key(
    messages: list[tuple[str | None, int]], most: int, pause: float
) -> None:
    acknowledged: list[int] = []
    failures = {number: count for number, (_, count) in enumerate(messages)}
    redeliveries: list[tuple[int, int]] = []

    async def take(delivery: Delivery) -> None:
        number = int(delivery.body)
        redeliveries.append((delivery.redeliveries, messages[number][1] - failures[number]))
        await asyncio.sleep(0)
        if failures[number]:
            failures[number] -= 1
            raise OSError
        acknowledged.append(number)

    async def scenario() -> None:
        clock = ManualClock()
        broker = MemoryBroker(clock=clock, redelivery_seconds=pause)
        async with MemoryTransport(broker, most_at_once=most) as transport:
            await transport.subscribe(Source(Address("t"), "g"), take)
            for number, (key, _) in enumerate(messages):
                await transport.publish(Publication("t", b"%d" % number, key=key))
            await clock.elapse(broker.drained())
        assert broker.unacknowledged == 0

    asyncio.run(scenario())

    assert sorted(acknowledged) == list(range(len(messages)))
    assert all(said == true for said, true in redeliveries)
    for key in ("a", "b"):
        own = [number for number in acknowledged if messages[number][0] == key]
        assert own == sorted(own)


def test_the_same_story_is_told_the_same_way_twice() -> None:
    def story() -> list[tuple[str, int, int]]:
        world = World()
        world.handlers.faults.extend([OSError("a"), OSError("b")])

        async def linger() -> None:
            await world.clock.sleep(0.5)

        world.handlers.before = linger
        asyncio.run(world.sent(*(position(number, driverId=f"d-{number % 3}") for number in range(12))))
        return world.handlers.seen

    assert story() == story()


def test_a_handler_that_is_cancelled_gives_its_message_back() -> None:
    tries = [0]

    async def take(_delivery: Delivery) -> None:
        tries[0] += 1
        if tries[0] == 1:
            raise asyncio.CancelledError

    async def scenario() -> None:
        broker = MemoryBroker()
        async with MemoryTransport(broker) as transport:
            await transport.subscribe(Source(Address("t"), "g"), take)
            await transport.publish(Publication("t", b"1"))
            await broker.drained()

    asyncio.run(asyncio.wait_for(scenario(), 5))

    assert tries == [2]
