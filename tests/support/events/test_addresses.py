"""Addresses are made of parameters and taken apart again."""

from __future__ import annotations

import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from apictl.support.events.addresses import LONGEST_ADDRESS, Address
from apictl.support.events.locations import Location, completed, overwritten, text_at


@pytest.mark.parametrize(
    "template, address, values",
    [
        ("zones", "zones", {}),
        ("zones", "zones.x", None),
        ("zones.{code}.surge", "zones.mitte.surge", {"code": "mitte"}),
        ("zones.{code}.surge", "zones.a.b.surge", None),
        ("zones.{code}.surge", "zones..surge", None),
        ("zones/{code}/{kind}", "zones/a.b/c", {"code": "a.b", "kind": "c"}),
        ("zones/{code}/{kind}", "zones/a/b/c", None),
        ("{a}-{b}", "1-2-3", {"a": "1", "b": "2-3"}),
        ("{any}", "a/b.c", {"any": "a/b.c"}),
        ("a+b.{x}", "a+b.1", {"x": "1"}),
        ("a+b.{x}", "aab.1", None),
    ],
)
def test_a_parameter_stays_within_its_segment(template: str, address: str, values: dict[str, str] | None) -> None:
    assert Address(template).values(address) == values


@given(st.lists(st.text(min_size=1, max_size=5), min_size=2, max_size=2))
def test_what_is_made_is_taken_apart_into_the_same(values: list[str]) -> None:
    assume(not any("/" in value for value in values))
    address = Address("a/{x}/b/{y}")

    assert address.values(address.made({"x": values[0], "y": values[1]})) == {"x": values[0], "y": values[1]}


@pytest.mark.parametrize("value", ["", "a.b"])
def test_a_value_that_would_change_the_segments_makes_no_address(value: str) -> None:
    with pytest.raises(ValueError, match="'code'"):
        Address("zones.{code}.surge").made({"code": value})


def test_a_hostile_address_takes_no_time() -> None:
    address = Address("{a}-{b}-{c}-{d}-{e}-{f}")
    began = time.process_time()

    assert Address("{a}-{b}-{c}!").values("-" * LONGEST_ADDRESS) is None
    assert address.values("-" * 10_000_000) is None
    assert time.process_time() - began < 5


def test_the_nearer_address_has_the_better_claim() -> None:
    assert Address("trips/{id}").yields_to(Address("trips/new"))
    assert not Address("trips/new").yields_to(Address("trips/{id}"))
    assert not Address("trips/{id}").yields_to(Address("trips/{name}"))


def test_wildcards_are_as_the_broker_wants_them() -> None:
    assert Address("a/{x}/b/{y}").with_wildcards("+") == "a/+/b/+"


def test_a_concrete_address_has_no_parameters() -> None:
    assert Address.concrete("a.{x}").values("a.{x}") == {}
    assert Address.concrete("a.{x}").values("a.1") is None


@pytest.mark.parametrize(
    "pointer, text", [("/a/b", "1"), ("/c/1", "true"), ("/d", None), ("/e~1f/~0", "x"), ("/c/9", None), ("/c/x", None)]
)
def test_a_location_points_at_a_text(pointer: str, text: str | None) -> None:
    payload = {"a": {"b": 1}, "c": [0, True], "d": None, "e/f": {"~": "x"}}

    assert text_at(Location("payload", pointer), {}, payload) == text


def test_a_text_is_put_where_nothing_is_and_over_what_is() -> None:
    location = Location("payload", "/a/b")

    assert completed({"a": {"b": "old"}}, location, "new") == {"a": {"b": "old"}}
    assert completed({"a": {}, "c": 1}, location, "new") == {"a": {"b": "new"}, "c": 1}
    assert completed(None, location, "new") == {"a": {"b": "new"}}
    assert overwritten({"a": {"b": "old"}}, location, "new") == {"a": {"b": "new"}}
    with pytest.raises(ValueError, match="no place for 'b'"):
        completed({"a": [1]}, location, "new")
