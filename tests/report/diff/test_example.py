"""A value on one line with the meant part marked."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apictl.report.diff.example import marked_line
from apictl.report.text import columns


def marked(value: Any, *path: str | int, width: int = 100) -> tuple[str, str]:
    line = marked_line(value, path, width=width)
    return line.text, line.text[line.start : line.start + line.length]


def test_part_is_marked_in_the_whole() -> None:
    assert marked({"kind": "gift", "seats": 1}, "kind") == ('{"kind": "gift", "seats": 1}', '"gift"')
    assert marked([1, [2, 3]], 1, 0) == ("[1, [2, 3]]", "2")
    assert marked("x") == ('"x"', '"x"')


def test_way_that_leads_nowhere_marks_as_much_as_there_is() -> None:
    assert marked({"a": {"b": 1}}, "a", "missing")[1] == '{"b": 1}'
    assert marked([1], 5)[1] == "[1]"
    assert marked([1], *[True])[1] == "[1]"


def test_what_is_beside_the_way_is_elided_visibly() -> None:
    value = {"a": "x" * 500, "items": [{"b": 1}, {"price": {"amount": -5, "currency": "EUR"}}], "z": list(range(100))}

    text, part = marked(value, "items", 1, "price", "amount", width=70)

    assert part == "-5"
    assert '"items": [' in text
    assert "…" in text
    assert columns(text) <= 70


def test_mark_is_below_the_part_beside_wide_characters() -> None:
    line = marked_line({"日本": "東京", "b": 1}, ["b"])

    assert columns(line.text[: line.text.index("1")]) == line.start == len('{"日本": "東京", "b": ') + 4


@pytest.mark.parametrize("value", ["\x1b[2J", "\u202e", "\ud800", "a\nb"])
def test_controls_are_escaped(value: str) -> None:
    text, _ = marked({value: [value]}, value)

    assert text.isprintable()


def test_huge_numbers_are_described() -> None:
    assert "bits" in marked(10**5000)[0]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None)
@given(VALUES, st.lists(st.integers(0, 3) | st.text(max_size=8), max_size=4), st.integers(1, 200))
def test_any_value_any_way_any_width(value: Any, path: list[str | int], width: int) -> None:
    line = marked_line(value, path, width=width)

    assert 0 <= line.start < line.start + line.length <= columns(line.text)
    assert "\n" not in line.text
    if "…" not in line.text and columns(line.text) == len(line.text) and line.text.isascii():
        assert json.loads(line.text.replace("\\x7f", "\\u007f")) == value
