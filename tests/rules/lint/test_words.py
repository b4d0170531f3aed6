"""Words of names, and the way most of them are written."""

from __future__ import annotations

import pytest

from apictl.rules.lint.words import Case, common_case, respelled, segments, words


@pytest.mark.parametrize(
    "name,expected",
    [
        ("rideOffers", ("ride", "offers")),
        ("ride_offers", ("ride", "offers")),
        ("HTTPServer2", ("http", "server", "2")),
        ("ID", ("id",)),
        ("", ()),
        ("-", ()),
    ],
)
def test_words_are_the_same_however_they_are_joined(name: str, expected: tuple[str, ...]) -> None:
    assert words(name) == expected


@pytest.mark.parametrize("case", Case)
def test_what_is_respelled_is_written_in_that_way(case: Case) -> None:
    assert respelled("rideOffer list", case) in {
        "rideOfferList", "RideOfferList", "ride_offer_list", "ride-offer-list", "RIDE_OFFER_LIST",
    }  # fmt: skip


@pytest.mark.parametrize(
    "names,case",
    [
        (["rideId", "startTime", "end_time", "id"], Case.CAMEL),
        (["ride_id", "start_time", "endTime"], Case.SNAKE),
        (["rideId", "startTime", "end_time", "a_b"], None),
        (["rideId", "id", "name"], None),
        ([], None),
    ],
)
def test_majority_decides_and_single_words_say_nothing(names: list[str], case: Case | None) -> None:
    assert common_case(names) is case


def test_segments_have_no_query_and_no_fragment() -> None:
    assert [*segments("/rides/{rideId}?x=/y#/z")] == ["rides", "{rideId}"]
