"""What is handled when: in order of the key, no more at once than is set, and nothing after the end."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from apictl.support.events.errors import NotAcknowledged
from apictl.support.events.memory_transport import MemoryTransport
from apictl.support.events.messages import delivered
from apictl.support.events.settings import Settings
from tests.support.events.example import events
from tests.support.events.pricing import World, position


def test_messages_of_one_key_are_handled_one_by_one_and_those_of_others_beside_them() -> None:
    world = World()
    running: list[str] = []
    most = [0]

    async def linger() -> None:
        running.append("")
        most[0] = max(most[0], len(running))
        await asyncio.sleep(0.001)
        running.pop()

    world.handlers.before = linger
    messages = [position(number, driverId=f"d-{driver}") for number in range(5) for driver in range(4)]

    asyncio.run(world.sent(*messages))

    assert most == [4]
    for driver in range(4):
        assert [sequence for name, sequence, _ in world.handlers.seen if name == f"d-{driver}"] == list(range(5))


def test_the_key_in_the_message_keeps_order_where_the_transport_knows_no_keys() -> None:
    world = World()
    world.handlers.faults.append(OSError("once"))

    asyncio.run(world.sent(*(replace(position(number), key=None) for number in range(4))))

    assert [sequence for _, sequence, _ in world.handlers.seen] == [0, 1, 2, 3]


def test_no_more_is_handled_at_once_than_is_set() -> None:
    world = World(Settings(concurrency=3))
    running = [0]
    most = [0]

    async def linger() -> None:
        running[0] += 1
        most[0] = max(most[0], running[0])
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        running[0] -= 1

    world.handlers.before = linger

    asyncio.run(world.sent(*(position(1, driverId=f"d-{driver}") for driver in range(20))))

    assert most == [3]
    assert len(world.handlers.seen) == 20


def test_stopping_ends_what_has_begun_and_begins_nothing() -> None:
    world = World(Settings(concurrency=1))
    begun, end = asyncio.Event(), asyncio.Event()

    async def linger() -> None:
        begun.set()
        await end.wait()

    async def scenario() -> None:
        world.handlers.before = linger
        async with world.running() as transport:
            for driver in range(3):
                await transport.publish(position(1, driverId=f"d-{driver}"))
            await begun.wait()
            asyncio.get_running_loop().call_later(0.01, end.set)

    asyncio.run(scenario())

    assert world.handlers.seen == [("d-0", 1, 1)]
    world.handlers.before = None
    asyncio.run(world.sent())
    assert sorted(name for name, _, _ in world.handlers.seen) == ["d-0", "d-1", "d-2"]


def test_stopping_waits_no_longer_than_it_is_told_and_what_is_not_done_comes_again() -> None:
    world = World()
    never = asyncio.Event()

    async def linger() -> None:
        await never.wait()

    async def scenario() -> float:
        world.handlers.before = linger
        transport = MemoryTransport(world.broker)
        receiver = events.receiver(world.handlers, transport, world.settings)
        await receiver.start()
        await transport.publish(position(1))
        await asyncio.sleep(0.001)
        began = world.clock.now()
        await world.clock.elapse(receiver.stop(within_seconds=5))
        waited = (world.clock.now() - began).total_seconds()
        await transport.stop()
        return waited

    waited = asyncio.run(scenario())
    world.handlers.before = None
    asyncio.run(world.sent())

    assert waited == 5
    assert world.handlers.seen == [("d-1", 1, 1)]
    assert world.handlers.contexts[-1].delivery.redeliveries == 1


def test_what_waits_behind_a_message_that_comes_again_comes_again_after_it() -> None:
    world = World(Settings(concurrency=1))
    begun = asyncio.Event()

    async def linger() -> None:
        begun.set()
        await asyncio.Event().wait()

    async def scenario() -> list[object]:
        async with world.running() as transport:
            handle = events.receiver(world.handlers, transport, world.settings)._endpoints[0].handle
            world.handlers.before = linger
            tasks = [asyncio.create_task(handle(delivered(position(number)))) for number in range(3)]
            await begun.wait()
            tasks[0].cancel()
            return list(await asyncio.gather(*tasks, return_exceptions=True))

    outcomes = asyncio.run(scenario())

    assert [type(outcome) for outcome in outcomes] == [asyncio.CancelledError, NotAcknowledged, NotAcknowledged]
    assert world.handlers.seen == []
    assert len(world.handlers.contexts) == 1
