"""Time stands still until it is moved; what is awaited expires when it should."""

from __future__ import annotations

import asyncio

import pytest

from apictl.support.events.clock import ManualClock, SystemClock
from apictl.support.events.deadlines import Deadlines
from apictl.support.events.errors import NoReply


def test_a_clock_calls_what_is_due_in_order_and_nothing_that_was_cancelled() -> None:
    clock = ManualClock()
    called: list[str] = []
    for seconds, name in ((2, "b"), (1, "a"), (2, "c"), (3, "d")):
        clock.call_later(seconds, lambda name=name: called.append(name))  # type: ignore[misc]  # bound now
    clock.call_later(1.5, lambda: called.append("never")).cancel()

    clock.advance(2)

    assert called == ["a", "b", "c"]


def test_a_clock_that_nothing_waits_for_is_not_moved() -> None:
    clock = ManualClock()

    async def three() -> int:
        await asyncio.sleep(0)
        return 3

    began = clock.now()
    assert asyncio.run(clock.elapse(three())) == 3
    assert clock.now() == began
    with pytest.raises(ZeroDivisionError):
        asyncio.run(clock.elapse(_fail()))


async def _fail() -> None:
    raise ZeroDivisionError


def test_what_is_awaited_expires_at_its_time_and_what_is_done_or_removed_does_not() -> None:
    async def scenario() -> list[str]:
        clock = ManualClock()
        deadlines = Deadlines(clock, lambda: NoReply("late"))
        loop = asyncio.get_running_loop()
        late, early, done, removed = (loop.create_future() for _ in range(4))
        for awaited, seconds in ((late, 9), (early, 3), (done, 3), (removed, 1)):
            deadlines.add(awaited, within_seconds=seconds)
        deadlines.remove(removed)
        done.set_result(None)
        seen = []
        for _ in range(10):
            seen.append("".join("x" if awaited.done() else "." for awaited in (late, early, removed)))
            clock.advance(1)
        assert isinstance(late.exception(), NoReply)
        assert isinstance(early.exception(), NoReply)
        assert done.exception() is None
        return seen

    assert asyncio.run(scenario()) == ["..."] * 3 + [".x."] * 6 + ["xx."]


def test_what_is_closed_expires_nothing() -> None:
    async def scenario() -> bool:
        clock = ManualClock()
        deadlines = Deadlines(clock, lambda: NoReply("late"))
        awaited = asyncio.get_running_loop().create_future()
        deadlines.add(awaited, within_seconds=1)
        deadlines.close()
        clock.advance(5)
        return awaited.done()

    assert not asyncio.run(scenario())


def test_the_clock_of_the_system_goes_on() -> None:
    async def scenario() -> None:
        clock, called = SystemClock(), asyncio.Event()
        before, began = clock.now(), clock.seconds()
        clock.call_later(0.001, called.set)
        await called.wait()
        await clock.sleep(0)
        assert clock.now() > before
        assert clock.seconds() > began

    asyncio.run(scenario())
