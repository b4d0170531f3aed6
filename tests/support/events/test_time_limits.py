"""Handlers that take too long, and pauses that chance shortens: both by the clock that is given."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from apictl.support.events.clock import ManualClock
from apictl.support.events.retries import Retries
from apictl.support.events.settings import Settings
from apictl.support.events.time_limits import TimeLimit
from tests.support.events.pricing import World, position


def test_a_handler_that_takes_too_long_is_cancelled_and_has_failed() -> None:
    world = World(Settings(handler_seconds=5, retries=Retries(attempts=2, first_seconds=1)))
    ended: list[str] = []

    async def hang() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            ended.append("cancelled")
            raise

    world.handlers.before = hang
    began = world.clock.now()

    asyncio.run(world.sent(position(1)))

    (letter,) = world.dead_letters
    assert [str(reason) for reason in letter.reasons] == ["failed: TimeoutError: it took longer than 5 s"]
    assert (letter.attempts, ended) == (2, ["cancelled", "cancelled"])
    assert (world.clock.now() - began).total_seconds() == 5 + 1 + 5


def test_a_handler_in_time_is_not_disturbed_and_the_next_attempt_has_all_its_time() -> None:
    world = World(Settings(handler_seconds=5, retries=Retries(attempts=2)))
    waits = [6.0, 4.0]

    async def wait() -> None:
        await world.clock.sleep(waits.pop(0))

    world.handlers.before = wait

    asyncio.run(world.sent(position(1)))

    assert world.handlers.seen == [("d-1", 1, 2)]
    assert world.dead_letters == ()


def test_who_cancels_a_task_with_a_limit_cancels_it() -> None:
    async def scenario() -> None:
        clock = ManualClock()

        async def limited() -> None:
            async with TimeLimit(clock, 1):
                await asyncio.Event().wait()

        task = asyncio.create_task(limited())
        await asyncio.sleep(0)
        clock.advance(1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert task.cancelled()

    asyncio.run(scenario())


def test_after_its_end_a_limit_cancels_nothing() -> None:
    async def scenario() -> str:
        clock = ManualClock()
        async with TimeLimit(clock, 1):
            pass
        clock.advance(5)
        await asyncio.sleep(0)
        return "undisturbed"

    assert asyncio.run(scenario()) == "undisturbed"


def test_chance_takes_a_part_off_each_pause_and_never_more_than_jitter_allows() -> None:
    retries = Retries(first_seconds=1, factor=3, most_seconds=5, jitter=0.5)

    pauses = [retries.pause_seconds(failures, chance) for failures in (1, 2, 3) for chance in (0.0, 0.5, 1.0)]

    assert pauses == [1, 0.75, 0.5, 3, 2.25, 1.5, 5, 3.75, 2.5]


def test_pauses_follow_the_source_of_chance_that_is_given() -> None:
    world = World(Settings(retries=Retries(attempts=3, first_seconds=1, factor=1, jitter=0.5)))
    chances = [1.0, 0.0]
    world.settings = replace(world.settings, chance=lambda: chances.pop(0))
    world.handlers.faults.extend([OSError("down"), OSError("down")])
    began = world.clock.now()

    asyncio.run(world.sent(position(1)))

    assert world.handlers.seen == [("d-1", 1, 3)]
    assert (world.clock.now() - began).total_seconds() == 0.5 + 1
