"""The benchmark of calls measures what it says."""

from __future__ import annotations

from tests.benchmarks import calls


def test_every_contender_returns_the_same_model() -> None:
    contest = calls.Contest()

    trips = [contest.plain()(), contest.all_on()(), contest.by_hand()()]

    assert trips[0] == trips[1] == trips[2]
    assert type(trips[0]).__name__ == "Trip"


def test_costs_can_be_measured() -> None:
    found = calls.costs(calls.Contest(), seconds=0.001, trials=1)

    assert list(found) == ["by hand", "plain", "all on", "plain, async"]
    assert min(found.values()) > 0
