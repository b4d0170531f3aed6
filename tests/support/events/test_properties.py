"""Whatever comes, and whatever fails: nothing is lost, and nothing happens twice without a reason."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from apictl.support.events.errors import Reject
from apictl.support.events.memory import ConnectionLost, Point
from apictl.support.events.messages import Delivery, Publication
from apictl.support.events.retries import Retries
from apictl.support.events.settings import Settings
from tests.support.events.pricing import World, position

ATTEMPTS: Final = 3


@dataclass(frozen=True)
class Told:
    """One message of a story.

    Attributes:
        driver: that it is of.
        is_valid: whether it conforms.
        failures: how often its handler fails; `ATTEMPTS` times is for good.
        is_rejected: whether its handler rejects it.
    """

    driver: int
    is_valid: bool
    failures: int
    is_rejected: bool

    @property
    def is_done(self) -> bool:
        """Whether its handler is done with it in the end."""
        return self.is_valid and not self.is_rejected and self.failures < ATTEMPTS


MESSAGES: Final = st.lists(
    st.builds(Told, st.integers(0, 2), st.booleans(), st.integers(0, ATTEMPTS), st.booleans()), max_size=15
)
FAULTS: Final = st.lists(st.sampled_from([None, None, None, *Point]), max_size=40)


class Story(World):
    """Pricing receives *messages*, while the broker fails as *faults* say: at each point, whether it is the one."""

    def __init__(self, messages: list[Told], faults: list[Point | None]) -> None:
        """Have told nothing."""
        super().__init__(Settings(retries=Retries(attempts=ATTEMPTS)), checkpoint=self._fail)
        self.messages = messages
        self.publications = [
            position(number, driverId=f"d-{told.driver}", lat=1 if told.is_valid else 100)
            for number, told in enumerate(messages)
        ]
        self.handlers.before = self._before
        self.faults = list(reversed(faults))
        self.failures = Counter({number: told.failures for number, told in enumerate(messages)})
        self.is_telling = False

    def tell(self) -> None:
        """Send everything, and wait until the broker has nothing left."""

        async def scenario() -> None:
            async with self.running():
                for publication in self.publications:
                    self.broker.accept(publication)
                self.is_telling = True
                await self.clock.elapse(self.broker.drained())

        asyncio.run(scenario())

    async def _before(self) -> None:
        context = self.handlers.contexts[-1]
        number = int(str(context.delivery.headers["sequence"]))
        await asyncio.sleep(0)
        if self.messages[number].is_rejected:
            raise Reject("unwanted")
        if self.failures[number]:
            self.failures[number] -= 1
            raise OSError("down")

    async def _fail(self, point: Point, _what: Publication | Delivery) -> None:
        await asyncio.sleep(0)
        if self.is_telling and self.faults and self.faults.pop() is point:
            raise ConnectionLost(point.value)


@given(MESSAGES, FAULTS)
@settings(max_examples=150)
def test_every_message_is_done_or_dead_lettered_as_it_came(messages: list[Told], faults: list[Point | None]) -> None:
    story = Story(messages, faults)

    story.tell()

    assert story.broker.unacknowledged == 0
    done = Counter(sequence for _, sequence, _ in story.handlers.seen)
    dead = Counter(int(str(letter.delivery.headers["sequence"])) for letter in story.dead_letters)
    for number, told in enumerate(messages):
        # A dead letter whose sending failed comes again, and may be done the second time: the failures are used up.
        assert done[number] + dead[number] >= 1
        assert told.is_valid or not done[number]
        assert not told.is_rejected or not done[number]
        assert not told.is_done or not dead[number]
    for letter in story.dead_letters:
        assert letter.again() == story.publications[int(str(letter.delivery.headers["sequence"]))]


@given(MESSAGES)
@settings(max_examples=80)
def test_without_faults_of_the_broker_everything_happens_exactly_once(messages: list[Told]) -> None:
    story = Story(messages, [])

    story.tell()

    done = [sequence for _, sequence, _ in story.handlers.seen]
    dead = [int(str(letter.delivery.headers["sequence"])) for letter in story.dead_letters]
    assert sorted(done) == [number for number, told in enumerate(messages) if told.is_done]
    assert sorted(dead) == [number for number, told in enumerate(messages) if not told.is_done]


@given(MESSAGES, FAULTS)
@settings(max_examples=150)
def test_what_is_done_twice_came_twice_and_the_order_of_a_key_holds(
    messages: list[Told], faults: list[Point | None]
) -> None:
    story = Story(messages, faults)

    story.tell()

    done = [sequence for _, sequence, _ in story.handlers.seen]
    came = Counter(int(str(context.delivery.headers["sequence"])) for context in story.handlers.contexts)
    redelivered = {
        int(str(context.delivery.headers["sequence"]))
        for context in story.handlers.contexts
        if context.delivery.redeliveries
    }
    assert {number for number, times in Counter(done).items() if times > 1} <= redelivered
    assert all(times <= came[number] for number, times in Counter(done).items())
    for driver in range(3):
        first = list(dict.fromkeys(number for number in done if messages[number].driver == driver))
        assert first == sorted(first)
