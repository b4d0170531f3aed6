"""Python names are valid, unique and independent of the order of a document."""

from __future__ import annotations

import keyword

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apictl.pages.python.names import LONGEST, package_name, pascal, snake, unique


@pytest.mark.parametrize(
    "wire, expected",
    [
        ("createQuote", "create_quote"),
        ("get-HTTPServer", "get_http_server"),
        ("last4", "last4"),
        ("class", "class_"),
        ("../../../evil", "evil"),
        ("X-Request-ID", "x_request_id"),
        ("1st", "value_1_st"),
        ("filter[name]", "filter_name"),
        ("übergröße", "ubergroe"),
    ],
)
def test_snake_case_reads_as_a_person_would_type_it(wire: str, expected: str) -> None:
    assert snake(wire, "value") == expected


@pytest.mark.parametrize(
    "wire, expected",
    [
        ("quote-item", "QuoteItem"),
        ("HTTPError", "HTTPError"),
        ("FOO_BAR", "FOOBAR"),
        ("SHOUTED_NAME", "ShoutedName"),
        ("None", "None_"),
        ("a.b", "AB"),
    ],
)
def test_pascal_case_keeps_short_acronyms(wire: str, expected: str) -> None:
    assert pascal(wire, "Model") == expected


@given(st.text())
def test_every_text_has_a_valid_name(text: str) -> None:
    for name in (snake(text, "value"), pascal(text, "Model")):
        assert name.isascii()
        assert name.isidentifier()
        assert not keyword.iskeyword(name)
        assert len(name) <= LONGEST + 9


@given(st.lists(st.text(max_size=6), unique=True), st.randoms())
def test_names_are_unique_whatever_the_order(wire: list[str], random: object) -> None:
    shuffled = list(wire)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    chosen = unique(wire, lambda text: snake(text, "value"))

    assert len(set(chosen.values())) == len(wire)
    assert chosen == unique(shuffled, lambda text: snake(text, "value"))


def test_a_name_that_needs_no_spelling_keeps_it() -> None:
    chosen = unique(["foo-bar", "fooBar", "foo_bar"], lambda text: snake(text, "value"))

    assert chosen["foo_bar"] == "foo_bar"
    assert sorted(chosen.values()) == ["foo_bar", "foo_bar_2", "foo_bar_3"]


def test_a_long_name_is_shortened_and_stays_distinct() -> None:
    long = "a" * 5000

    assert snake(long, "value") != snake(long + "b", "value")
    assert len(snake(long, "value")) == LONGEST + 9


def test_a_package_is_named_after_its_service() -> None:
    assert package_name("ride-pricing") == "ride_pricing_api"
