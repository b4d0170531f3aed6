"""A receiver may stop, and a handler may be cancelled, at any moment under load: nothing is lost."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from apictl.support.events.errors import Reject
from apictl.support.events.idempotency import HandledInMemory
from apictl.support.events.memory_transport import MemoryTransport
from apictl.support.events.retries import Retries
from apictl.support.events.settings import Settings
from tests.support.events.example import events
from tests.support.events.pricing import World, position, quote_request

DRIVERS: Final = 3
MESSAGES: Final = 24
REJECTED: Final = 7
"""Every seventh message is rejected by its handler."""


class Load(World):
    """Pricing under load: processes that live for some turns of the event loop, one after the other."""

    def __init__(self, seed: int) -> None:
        """Choose how long handlers take by *seed*."""
        super().__init__(Settings(concurrency=4, handled=HandledInMemory(), retries=Retries(attempts=50)))
        self._random = random.Random(seed)
        self.messages = [position(number, driverId=f"d-{number % DRIVERS}") for number in range(MESSAGES)]
        self.messages += [quote_request(f"c-{number}", passengerId=f"p-{number}") for number in range(6)]
        self.began: Counter[int] = Counter()
        self.ended: Counter[int] = Counter()
        """Positions whose handler came to its end, however."""
        self.handlers.before = self._work

    async def _work(self) -> None:
        headers = self.handlers.contexts[-1].delivery.headers
        number = int(str(headers.get("sequence", -1)))
        self.began[number] += 1
        try:
            for _ in range(self._random.randrange(6)):
                await asyncio.sleep(0)
            if number > 0 and number % REJECTED == 0:
                raise Reject("unwanted")
        finally:
            self.ended[number] += 1

    async def lives(self, turns: int, *, is_graceful: bool) -> None:
        """Run a process for *turns*, then stop it as it should be stopped, or cut it off in the middle."""
        transport = MemoryTransport(self.broker, most_at_once=8)
        receiver = events.receiver(self.handlers, transport, self.settings)
        await receiver.start()
        for _ in range(turns):
            await asyncio.sleep(0)
        if is_graceful:
            await self.clock.elapse(receiver.stop())
            assert self.began == self.ended, "a handler still runs"
        await transport.stop()
        assert self.began == self.ended, "a handler outlives its connection"

    async def finishes(self) -> None:
        """Run a process until the broker has nothing left."""
        async with self.running():
            await self.clock.elapse(self.broker.drained())


LIVES: Final = st.lists(st.tuples(st.integers(0, 40), st.booleans()), max_size=6)


@given(st.integers(0, 2**32), LIVES)
@settings(max_examples=120, deadline=None)
def test_processes_that_stop_or_are_cut_off_under_load_lose_nothing(seed: int, lives: list[tuple[int, bool]]) -> None:
    load = Load(seed)

    async def scenario() -> None:
        await load.lives(0, is_graceful=True)
        for message in load.messages:
            load.broker.accept(message)
        for turns, is_graceful in lives:
            await load.lives(turns, is_graceful=is_graceful)
        await load.finishes()

    asyncio.run(scenario())

    assert load.broker.unacknowledged == 0
    seen = [sequence for _, sequence, _ in load.handlers.seen]
    dead = {int(str(letter.delivery.headers["sequence"])) for letter in load.dead_letters}
    rejected = {number for number in range(1, MESSAGES) if number % REJECTED == 0}
    # Only what was seen can have been acknowledged: all of it is, and what was rejected is dead and not done.
    assert set(seen) == set(range(MESSAGES)) - rejected
    assert dead == rejected
    for driver in range(DRIVERS):
        order = list(dict.fromkeys(number for number in seen if number % DRIVERS == driver))
        assert order == sorted(order)
    assert {reply.correlation_id for reply in load.broker.published_to("replies")} == {f"c-{n}" for n in range(6)}
    if all(is_graceful for _, is_graceful in lives):
        assert Counter(seen) == Counter(set(seen)), "a graceful stop makes nobody do anything twice"
        assert len(load.dead_letters) == len(rejected)


def test_a_cancelled_handler_is_not_acknowledged_and_its_message_comes_again() -> None:
    world = World()
    is_free = asyncio.Event()
    begun = asyncio.Event()

    async def linger() -> None:
        begun.set()
        await is_free.wait()

    async def scenario() -> None:
        async with world.running() as transport:
            world.broker.accept(position(1))
            world.handlers.before = linger
            await begun.wait()
            for consumer in transport._consumers:
                for task in consumer.tasks.values():
                    task.cancel()
            for _ in range(5):
                await asyncio.sleep(0)
            assert world.handlers.seen == []
            assert world.broker.unacknowledged == 1
            is_free.set()
            await world.clock.elapse(world.broker.drained())

    asyncio.run(scenario())

    assert world.handlers.seen == [("d-1", 1, 1)]
    assert [context.delivery.redeliveries for context in world.handlers.contexts] == [0, 1]
    assert world.dead_letters == ()
