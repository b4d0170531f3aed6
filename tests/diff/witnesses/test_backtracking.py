"""Which searches of Python's `re` surely end soon."""

from __future__ import annotations

import pytest

from apictl.diff.witnesses.backtracking import is_quick


@pytest.mark.parametrize(
    "pattern",
    [
        "^[a-z]+$",
        "^[a-z0-9]+(-[a-z0-9]+)*$",
        "^([a-z]+\\.)*[a-z]+$",
        "^(?=.*[A-Z])[A-Za-z0-9]{8,}$",
        "^[0-9]{4}-[0-9]{2}$",
        "^(a|b|c)*$",
    ],
)
def test_usual_patterns_are_searched_in_texts_of_usual_length(pattern: str) -> None:
    assert is_quick(pattern, "a" * 60)


@pytest.mark.parametrize(
    "pattern",
    ["^(a+)+$", "^(a|a)*$", "^(a|aa)+$", "^(a?){50}$", "^([a-z]+)*$", "(?<!x)(a+)+", "^(.*-.*)*$", "(["],
)
def test_patterns_with_two_ways_through_one_text_are_searched_in_short_texts_only(pattern: str) -> None:
    assert is_quick(pattern, "a" * 15)
    assert not is_quick(pattern, "a" * 40)


def test_repetitions_in_a_row_are_counted() -> None:
    assert is_quick(".*.*=", "a" * 60)
    assert not is_quick(".*.*.*.*=", "a" * 2000)
