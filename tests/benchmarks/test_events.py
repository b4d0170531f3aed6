"""The benchmark of events measures what it says."""

from __future__ import annotations

import asyncio

import pytest

from tests.benchmarks import events


@pytest.mark.parametrize("in_flight", [1, 10])
def test_a_round_trip_can_be_measured(in_flight: int) -> None:
    made, seconds = asyncio.run(events.own_trips(in_flight, 0.01))

    assert made >= in_flight
    assert seconds > 0
