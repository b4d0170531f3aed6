"""A value of a parameter as the request that it belongs to."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from apictl.contract.operation import ParameterLocation
from apictl.diff.changes import Change, Use
from apictl.diff.witnesses.search import Witness
from apictl.report.diff.request import request_line
from tests.report.diff.made import CHANGE

QUERY, PATH, HEADER, COOKIE = (
    ParameterLocation.QUERY,
    ParameterLocation.PATH,
    ParameterLocation.HEADER,
    ParameterLocation.COOKIE,
)


def of(
    value: Any, location: ParameterLocation = QUERY, name: str = "limit", label: str = "GET /trips/{limit}"
) -> Change:
    use = Use(label, "listTrips", f"{location.value} parameter {name!r}", parameter=(location, name))
    return dataclasses.replace(CHANGE, uses=(use,), witness=Witness(value, "old", ()))


@pytest.mark.parametrize(
    "value,location,text,part",
    [
        (101, QUERY, "GET /trips/{limit}?limit=101", "101"),
        (True, QUERY, "GET /trips/{limit}?limit=true", "true"),
        (1.5, QUERY, "GET /trips/{limit}?limit=1.5", "1.5"),
        ("a b&c=é", QUERY, "GET /trips/{limit}?limit=a%20b%26c%3D%C3%A9", "a%20b%26c%3D%C3%A9"),
        ("a/b", PATH, "GET /trips/a%2Fb", "a%2Fb"),
        ("a b", HEADER, "GET /trips/{limit} with limit: a b", "a b"),
        ("a b", COOKIE, "GET /trips/{limit} with Cookie: limit=a%20b", "a%20b"),
    ],
)
def test_value_stands_in_its_place(value: Any, location: ParameterLocation, text: str, part: str) -> None:
    line = request_line(of(value, location))

    assert line is not None
    assert (line.text, line.part) == (text, part)


@pytest.mark.parametrize(
    "change",
    [
        of([1, 2]),
        of({"a": 1}),
        of(None),
        of("x" * 100),
        of(10**1000),
        of("\ud800"),
        of("a\r\nSet-Cookie: b", HEADER),
        of("é", HEADER),
        of("x", PATH, "id", "GET /trips"),
        of(1, label="webhook 'tripDone'"),
        of(1, name="n" * 100),
        dataclasses.replace(of(1), witness=None),
        CHANGE,
    ],
)
def test_what_is_no_short_text_of_a_parameter_stays_a_value(change: Change) -> None:
    assert request_line(change) is None
