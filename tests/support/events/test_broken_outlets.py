"""A broker that takes nothing for a while: what a handler has done is not done again for it, and nothing is lost."""

from __future__ import annotations

import asyncio
import itertools
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apictl.support.events.errors import Reject
from apictl.support.events.idempotency import HandledInMemory
from apictl.support.events.memory import ConnectionLost, Point
from apictl.support.events.memory_transport import MemoryTransport
from apictl.support.events.messages import Delivery, Publication
from apictl.support.events.retries import Retries
from apictl.support.events.settings import Settings
from tests.support.events.example import events
from tests.support.events.pricing import DEAD_LETTERS, World, position, quote_request


class Outlet:
    """Refuses publications as it is told, before it takes them."""

    def __init__(self, refuses: Callable[[Publication, int], bool]) -> None:
        """Refuse what *refuses* says of a publication and how often its address was tried before."""
        self.tried: Counter[str] = Counter()
        self._refuses = refuses

    async def __call__(self, point: Point, what: Publication | Delivery) -> None:
        if point is not Point.PUBLISHING or not isinstance(what, Publication) or what.address.startswith("pricing.q"):
            return
        number = self.tried[what.address]
        self.tried[what.address] += 1
        if self._refuses(what, number):
            raise ConnectionLost("not now")


def accepted(world: World) -> None:
    """Run Pricing until it is done with one request."""

    async def scenario() -> None:
        async with world.running():
            world.broker.accept(quote_request())
            await world.clock.elapse(world.broker.drained())

    asyncio.run(scenario())


def test_a_reply_that_the_broker_refuses_is_sent_again_and_not_made_again() -> None:
    outlet = Outlet(lambda publication, number: publication.address == "replies" and number < 4)
    world = World(checkpoint=outlet)

    accepted(world)

    assert outlet.tried["replies"] == 5
    assert world.handlers.asked == ["p-1"]
    assert len(world.broker.published_to("replies")) == 1
    assert world.dead_letters == ()
    assert world.broker.unacknowledged == 0


def test_when_the_broker_is_gone_for_long_the_reply_goes_first_when_it_is_back() -> None:
    """Dead letters are refused as long as replies are, so no request whose reply is made is given up."""
    tries = itertools.count()
    world = World(checkpoint=Outlet(lambda _publication, _number: next(tries) < 40))

    accepted(world)

    assert world.handlers.asked == ["p-1"]
    assert len(world.broker.published_to("replies")) == 1
    assert world.dead_letters == ()


def test_a_reply_that_alone_is_refused_forever_ends_with_the_request_among_the_dead_letters() -> None:
    world = World(Settings(retries=Retries(attempts=3)), checkpoint=Outlet(lambda p, _number: p.address == "replies"))

    accepted(world)

    (letter,) = world.dead_letters
    assert [str(reason) for reason in letter.reasons] == ["failed: the reply can't be sent: ConnectionLost: not now"]
    assert letter.attempts == 3
    assert letter.again() == quote_request()
    assert world.handlers.asked == ["p-1"]


def test_a_dead_letter_that_the_broker_refuses_is_sent_again_and_no_handler_hears_of_it() -> None:
    outlet = Outlet(lambda publication, number: publication.address == DEAD_LETTERS and number < 9)
    world = World(checkpoint=outlet)
    world.handlers.faults.append(Reject("unwanted"))

    accepted(world)

    assert outlet.tried[DEAD_LETTERS] == 10
    assert len(world.handlers.contexts) == 1
    assert len(world.dead_letters) == 1


@pytest.mark.parametrize("handled", [None, HandledInMemory], ids=["forgetful", "remembering"])
@given(st.lists(st.booleans(), max_size=12), st.integers(0, 2))
@settings(max_examples=60)
def test_however_the_outlet_fails_a_request_is_handled_once_and_answered_or_dead(
    handled: type[HandledInMemory] | None, refusals: list[bool], faults: int
) -> None:
    left = list(reversed(refusals))
    chosen = Settings(retries=Retries(attempts=2), handled=handled() if handled else None)
    world = World(chosen, checkpoint=Outlet(lambda _publication, _number: bool(left) and left.pop()))
    world.handlers.faults.extend(OSError("down") for _ in range(faults))

    accepted(world)

    # A handler that fails is tried twice; the outlet adds no attempt.
    assert len(world.handlers.contexts) == min(faults, 1) + 1
    assert len(world.handlers.asked) == (faults < 2)
    replies, letters = world.broker.published_to("replies"), world.dead_letters
    assert len(replies) + len(letters) == 1
    assert not (replies and faults == 2)
    assert world.broker.unacknowledged == 0


def test_a_reply_still_leaves_while_the_receiver_stops() -> None:
    outlet = Outlet(lambda publication, number: publication.address == "replies" and number < 2)
    world = World(checkpoint=outlet)

    async def scenario() -> None:
        transport = MemoryTransport(world.broker)
        receiver = events.receiver(world.handlers, transport, world.settings)
        await receiver.start()
        world.broker.accept(quote_request())
        while not outlet.tried["replies"]:  # noqa: ASYNC110 - the outlet only counts
            await asyncio.sleep(0)
        await world.clock.elapse(receiver.stop())
        await transport.stop()

    asyncio.run(scenario())

    assert len(world.broker.published_to("replies")) == 1
    assert world.broker.unacknowledged == 0
    assert world.handlers.asked == ["p-1"]


def test_positions_of_other_drivers_go_on_while_a_dead_letter_waits() -> None:
    outlet = Outlet(lambda publication, number: publication.address == DEAD_LETTERS and number < 3)
    world = World(checkpoint=outlet)

    async def scenario() -> None:
        async with world.running():
            world.broker.accept(position(1, lat=100))
            world.broker.accept(position(1, driverId="d-2"))
            for _ in range(50):
                await asyncio.sleep(0)
            assert world.handlers.seen == [("d-2", 1, 1)]
            await world.clock.elapse(world.broker.drained())

    asyncio.run(scenario())

    assert len(world.dead_letters) == 1
