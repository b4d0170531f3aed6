"""Paths find their operation as OpenAPI's path templating says."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apictl.support.matching import PathPattern, PathTable


def _found(table: PathTable[str], path: str) -> list[tuple[dict[str, str], dict[str, str]]]:
    return [(dict(targets), dict(values)) for targets, values in table.find(path)]


def test_a_literal_path_comes_before_a_templated_one() -> None:
    table = PathTable([("GET", "/pets/{id}", "one"), ("GET", "/pets/mine", "mine")])

    assert _found(table, "/pets/mine")[0] == ({"GET": "mine"}, {})
    assert _found(table, "/pets/7")[0] == ({"GET": "one"}, {"id": "7"})


def test_a_longer_literal_beginning_comes_first_whatever_the_order() -> None:
    entries = [("GET", "/{a}/{b}", "two"), ("GET", "/x/{b}", "literal first"), ("GET", "/{a}/y", "literal last")]

    for order in (entries, entries[::-1]):
        table = PathTable(order)

        assert _found(table, "/x/y")[0][0] == {"GET": "literal first"}
        assert _found(table, "/q/y")[0][0] == {"GET": "literal last"}
        assert _found(table, "/q/q")[0][0] == {"GET": "two"}


@pytest.mark.parametrize(
    "template, path, values",
    [
        ("/files/{id}.json", "/files/a%2Fb.json", {"id": "a%2Fb"}),
        ("/{a}:{b}", "/x:y", {"a": "x", "b": "y"}),
        ("/{a}:{b}", "/x%3Ay", {"a": "x", "b": "y"}),
        ("/caf\N{LATIN SMALL LETTER E WITH ACUTE}/{x-y}", "/caf%C3%A9/1", {"x-y": "1"}),
        ("/a", "/a", {}),
        ("/a", "/a/", None),
        ("/a/{b}", "/a/", None),
        ("/a/{b}", "/a/b/c", None),
    ],
)
def test_a_pattern_matches_the_path_as_it_was_sent(template: str, path: str, values: dict[str, str] | None) -> None:
    assert PathPattern(template).match(path) == values


@given(st.lists(st.text(min_size=1), min_size=1, max_size=3))
def test_every_encoded_value_is_found_again(values: list[str]) -> None:
    encodable = [value.encode("utf-8", "replace").decode() for value in values]
    template = "".join(f"/{{p{number}}}" for number in range(len(encodable)))

    found = PathPattern(template).match("".join("/" + quote(value, safe="") for value in encodable))

    assert found == {f"p{number}": quote(value, safe="") for number, value in enumerate(encodable)}


def test_a_path_below_a_prefix_matches_by_its_ending() -> None:
    assert PathPattern("/pets/{id}").match_ending("/api/v1/pets/7") == {"id": "7"}
