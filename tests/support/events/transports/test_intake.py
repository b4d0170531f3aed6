"""What a broker delivers is handled once it can be, again when it failed, and never acknowledged too early."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apictl.support.events.addresses import Address
from apictl.support.events.messages import Delivery
from apictl.support.events.transports.intake import Intake, Limits, Parcel, Row

LIMITS = Limits(most_at_once=4, pause_seconds=0.001, hold_seconds=0.01)


class Desk:
    """Takes parcels with numbers for bodies, and notes what becomes of them."""

    def __init__(self, handler: Callable[[Delivery], Awaitable[None]], limits: Limits = LIMITS) -> None:
        """Hand them to *handler*."""
        self.acknowledged: list[int] = []
        self.held: list[int] = []
        self.intake = Intake(Address("orders"), handler, limits)

    async def take(self, number: int, address: str = "orders") -> None:
        """Take the parcel *number*."""

        async def acknowledge() -> None:
            self.acknowledged.append(number)

        async def hold() -> None:
            self.held.append(number)

        await self.intake.take(Parcel(Delivery(address, str(number).encode()), acknowledge, hold))


def test_a_delivery_is_acknowledged_when_its_handler_has_returned() -> None:
    async def scenario() -> None:
        finish = asyncio.Event()
        desk = Desk(lambda _delivery: waited(finish))
        await desk.take(1)
        await asyncio.sleep(0)
        assert desk.acknowledged == []

        finish.set()
        await desk.intake.emptied()

        assert desk.acknowledged == [1]

    asyncio.run(scenario())


def test_what_fails_comes_again_in_order_and_before_anything_newer() -> None:
    async def scenario() -> list[tuple[int, int]]:
        seen: list[tuple[int, int]] = []
        faults = deque([1, 2, 1])

        async def handle(delivery: Delivery) -> None:
            number = int(delivery.body)
            seen.append((number, delivery.redeliveries))
            if number in faults:
                faults.remove(number)
                raise OSError("not now")

        desk = Desk(handle)
        for number in (1, 2, 3):
            await desk.take(number)
        await asyncio.sleep(0)
        await desk.take(4)
        await desk.intake.emptied()
        assert sorted(desk.acknowledged) == [1, 2, 3, 4]
        return seen

    assert asyncio.run(scenario()) == [(1, 0), (2, 0), (3, 0), (1, 1), (2, 1), (1, 2), (4, 0)]


def test_no_more_is_taken_at_once_than_the_limit() -> None:
    async def scenario() -> int:
        finish, inside = asyncio.Event(), 0

        async def handle(_delivery: Delivery) -> None:
            nonlocal inside
            inside += 1
            await finish.wait()

        desk = Desk(handle)
        taking = [asyncio.ensure_future(desk.take(number)) for number in range(9)]
        await asyncio.sleep(0.01)
        most = inside
        finish.set()
        await asyncio.gather(*taking)
        await desk.intake.emptied()
        assert desk.acknowledged == list(range(9))
        return most

    assert asyncio.run(scenario()) == LIMITS.most_at_once


def test_a_closed_intake_neither_handles_nor_acknowledges() -> None:
    async def scenario() -> None:
        desk = Desk(failing)
        desk.intake.close()
        await desk.take(1)
        await desk.intake.emptied()
        assert desk.acknowledged == []

    asyncio.run(scenario())


def test_what_is_broken_off_is_not_acknowledged() -> None:
    async def scenario() -> list[int]:
        desk = Desk(lambda _delivery: waited(asyncio.Event()))
        await desk.take(1)
        await asyncio.sleep(0)
        await desk.intake.abort()
        return desk.acknowledged

    assert asyncio.run(scenario()) == []


def test_what_only_the_pattern_of_the_broker_matches_is_acknowledged_unseen() -> None:
    async def scenario() -> list[int]:
        desk = Desk(failing)
        await desk.take(1, "orders.archive")
        return desk.acknowledged

    assert asyncio.run(scenario()) == [1]


def test_the_broker_is_told_that_a_delivery_is_still_handled() -> None:
    async def scenario() -> list[int]:
        desk = Desk(lambda _delivery: waited(asyncio.Event()))
        await desk.take(1)
        await asyncio.sleep(0.05)
        await desk.intake.abort()
        return desk.held

    assert set(asyncio.run(scenario())) == {1}


def test_a_lost_acknowledgement_stops_nothing() -> None:
    async def lost() -> None:
        raise ConnectionError("gone")

    async def scenario() -> list[int]:
        desk = Desk(done)
        await desk.intake.take(Parcel(Delivery("orders", b"1"), lost))
        await desk.take(2)
        await desk.intake.emptied()
        return desk.acknowledged

    assert asyncio.run(scenario()) == [2]


def test_a_paused_intake_goes_on_with_what_is_still_ours() -> None:
    async def scenario() -> list[int]:
        desk, seen = Desk(done), list[int]()
        desk.intake.pause()
        parcels = [
            Parcel(Delivery("orders", b"1"), done_with(seen, number), is_ours=lambda number=number: number == 2)  # type: ignore[misc]  # bound for this turn
            for number in (1, 2)
        ]
        taking = [asyncio.ensure_future(desk.intake.take(parcel)) for parcel in parcels]
        await asyncio.sleep(0.005)
        assert seen == []
        desk.intake.resume()
        await asyncio.gather(*taking)
        await desk.intake.emptied()
        return seen

    assert asyncio.run(scenario()) == [2]


@given(st.permutations(range(1, 8)))
def test_a_row_frees_what_is_done_up_to_the_first_that_is_not(order: list[int]) -> None:
    row, freed = Row(), list[int]()
    places = {number: row.enter(number) for number in range(1, 8)}

    for count, number in enumerate(order, 1):
        freed += row.leave(places[number])
        done = set(order[:count])
        assert freed == [each for each in range(1, 8) if set(range(1, each + 1)) <= done]


@pytest.mark.parametrize("place", [0, 99])
def test_a_row_frees_nothing_for_a_place_that_it_does_not_have(place: int) -> None:
    row = Row()
    row.enter("a")

    assert row.leave(place) == ()


async def done(_delivery: Delivery) -> None:
    """Be done."""


async def failing(_delivery: Delivery) -> None:
    """Fail the test."""
    pytest.fail("it was handled")


async def waited(event: asyncio.Event) -> None:
    """Wait for *event*."""
    await event.wait()


def done_with(seen: list[int], number: int) -> Callable[[], Awaitable[None]]:
    """Return what notes *number* in *seen*."""

    async def acknowledge() -> None:
        seen.append(number)

    return acknowledge
