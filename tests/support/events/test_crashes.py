"""A process may die wherever it waits: nothing is lost, and nothing is done twice that did not come twice."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apictl.support.events.idempotency import Handled, HandledInMemory
from apictl.support.events.memory import Point
from apictl.support.events.memory_transport import MemoryConsumer, MemoryTransport
from apictl.support.events.messages import Delivery, Publication
from apictl.support.events.settings import Settings
from apictl.support.events.transport import Handler, Source
from tests.support.events.example import events, models
from tests.support.events.pricing import DEAD_LETTERS, World, position, quote_request

MESSAGES: Final = (
    position(1, driverId="d-1"),
    position(1, driverId="d-2"),
    position(2, driverId="d-1", lat=1000),
    position(3, driverId="d-1"),
    quote_request(),
    position(2, driverId="d-2"),
)
VALID: Final = {("d-1", 1), ("d-2", 1), ("d-1", 3), ("d-2", 2)}
MOST_POINTS: Final = 300


class Fate:
    """Counts the points at which a process waits, and ends it at one of them."""

    def __init__(self, at: int | None) -> None:
        """End the process at its *at*-th point; never for None."""
        self.at = at
        self.points = 0
        self.is_over = False
        self.transport: MemoryTransport | None = None

    def passes(self) -> bool:
        """Return whether the process lives on at the next point."""
        self.points += 1
        if self.at is not None and self.points >= self.at and self.transport is not None:
            self.is_over = True
            self.transport.crash()
        return not self.is_over


class Mortal:
    """Runs a handler step by step; when its process ends, no line of it runs any more, not even `finally`."""

    def __init__(self, handler: Handler, delivery: Delivery, fate: Fate) -> None:
        """Run *handler* with *delivery*."""
        self._coroutine = handler(delivery).__await__()
        self._fate = fate

    def __await__(self) -> Generator[Any, Any, None]:
        sent: Any = None
        while True:
            try:
                waited = self._coroutine.send(sent)
            except StopIteration:
                return
            if not self._fate.passes():
                GRAVES.append(self._coroutine)
                yield from asyncio.Event().wait().__await__()
            sent = yield waited


GRAVES: Final[list[Any]] = []
"""Coroutines of dead processes: while they are kept, nobody closes them."""


@pytest.fixture(autouse=True)
def _buried() -> Iterator[None]:
    """Close the coroutines of dead processes when nothing can come of it any more."""
    yield
    while GRAVES:
        with contextlib.suppress(RuntimeError):
            GRAVES.pop().close()


class MortalTransport(MemoryTransport):
    """A connection whose process dies by its fate."""

    fate: Fate

    async def subscribe(self, source: Source, handler: Handler) -> MemoryConsumer:
        """Call *handler* as long as the process lives."""

        async def mortal(delivery: Delivery) -> None:
            await Mortal(handler, delivery, self.fate)

        return await super().subscribe(source, mortal)


class Story:
    """Pricing on one broker, process after process."""

    def __init__(self, handled: Handled | None) -> None:
        """Remember in *handled* what was handled."""
        self.world = World(Settings(handled=handled), checkpoint=self._wait)
        self.world.handlers.before = self._work
        self.fate = Fate(None)

    def told(self, deaths: Sequence[int]) -> list[int]:
        """Let processes die at these points, and one live; return how many points each one had."""
        points = [asyncio.run(self._process(at, is_first=number == 0)) for number, at in enumerate(deaths)]
        return [*points, asyncio.run(self._process(None, is_first=not deaths))]

    async def _process(self, at: int | None, *, is_first: bool) -> int:
        world = self.world
        self.fate = Fate(None)
        transport = MortalTransport(world.broker)
        transport.fate = self.fate
        receiver = events.receiver(world.handlers, transport, world.settings)
        await receiver.start()
        if is_first:
            for message in MESSAGES:
                world.broker.accept(message)
        self.fate.at, self.fate.transport = at, transport
        drained = asyncio.ensure_future(world.clock.elapse(world.broker.drained()))
        while not drained.done() and not self.fate.is_over:  # noqa: ASYNC110 - one of two things happens
            await asyncio.sleep(0)
        if drained.done():
            await drained
        drained.cancel()
        await transport.stop()
        return self.fate.points

    async def _wait(self, point: Point, what: Publication | Delivery) -> None:
        """Be a point at which the broker is waited for."""
        is_told = point in {Point.DELIVERING, Point.HANDLED} and isinstance(what, Delivery)
        if is_told and not self.fate.passes():
            await asyncio.Event().wait()
        await asyncio.sleep(0)

    async def _work(self) -> None:
        await asyncio.sleep(0)

    def check(self) -> None:
        """Assert that nothing was lost, and what every copy came from."""
        world = self.world
        assert world.broker.unacknowledged == 0
        seen = [(driver, sequence) for driver, sequence, _ in world.handlers.seen]
        assert set(seen) == VALID
        for driver in ("d-1", "d-2"):
            order = list(dict.fromkeys(sequence for name, sequence in seen if name == driver))
            assert order == sorted(order)
        letters = world.dead_letters
        assert {letter.delivery.body for letter in letters} == {MESSAGES[2].body}
        assert all(letter.again() == MESSAGES[2] for letter in letters)
        replies = world.broker.published_to("replies")
        assert {reply.correlation_id for reply in replies} == {"c-1"}

    @property
    def copies(self) -> int:
        """How many messages were done more than once."""
        done = Counter(self.world.handlers.seen)
        return sum(number - 1 for number in done.values())


def deaths() -> list[int]:
    """Return every point of an undisturbed life."""
    story = Story(None)
    (points,) = story.told(())
    story.check()
    assert story.copies == 0
    assert len(story.world.dead_letters) == len(story.world.broker.published_to("replies")) == 1
    assert len(MESSAGES) < points < MOST_POINTS
    return list(range(1, points + 1))


@pytest.mark.parametrize("handled", [None, HandledInMemory])
def test_a_process_that_dies_at_any_point_loses_nothing(handled: type[HandledInMemory] | None) -> None:
    for at in deaths():
        story = Story(handled() if handled else None)

        story.told((at,))

        story.check()
        # Who dies leaves at most one message of each key done and not acknowledged.
        assert story.copies <= 2
        redelivered = sum(context.delivery.redeliveries > 0 for context in story.world.handlers.contexts)
        assert story.copies <= redelivered


@given(st.lists(st.integers(1, 60), min_size=2, max_size=5))
@settings(max_examples=60)
def test_processes_that_die_one_after_the_other_lose_nothing(at: list[int]) -> None:
    story = Story(HandledInMemory())

    story.told(at)

    story.check()


def test_what_is_remembered_is_answered_again_and_not_done_again() -> None:
    story = Story(HandledInMemory())
    lost = itertools.count()

    async def lose(point: Point, _what: Publication | Delivery) -> None:
        if point is Point.HANDLED and next(lost) % 2 == 0:
            raise ConnectionError("the acknowledgement is lost")

    story.world.broker.checkpoint = lose

    story.told(())

    story.check()
    assert story.copies == 0


def test_these_stories_notice_a_message_that_is_acknowledged_before_it_is_handled() -> None:
    story = Story(None)
    story.told(())
    story.world.handlers.seen.remove(("d-1", 3, 1))

    with pytest.raises(AssertionError):
        story.check()

    assert story.world.broker.published_to(DEAD_LETTERS)


def test_a_receiver_that_acknowledges_too_early_is_found_out() -> None:
    """The search itself: with a handler that runs after its acknowledgement, some death loses a message."""
    losses = 0
    for at in deaths():
        story = Story(None)
        story.world.handlers.on_position_changed = _too_early(story)  # type: ignore[method-assign]  # the fault
        story.told((at,))
        try:
            story.check()
        except AssertionError:
            losses += 1

    assert losses


def _too_early(story: Story) -> Any:
    handlers, kept = story.world.handlers, set[asyncio.Task[None]]()

    async def begin(payload: models.PositionChanged, headers: models.PositionChangedHeaders, context: Any) -> None:
        async def work() -> None:
            await asyncio.sleep(0)
            if story.fate.passes():
                handlers.seen.append((payload.driver_id, headers.sequence, context.attempt))

        kept.add(asyncio.get_running_loop().create_task(work()))

    return begin


def test_nothing_is_published_by_a_dead_process() -> None:
    transport = MemoryTransport()
    transport.crash()

    with pytest.raises(ConnectionError):
        asyncio.run(transport.publish(replace(position(1))))

    assert not transport.broker.published
