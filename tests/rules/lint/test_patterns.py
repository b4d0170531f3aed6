"""Patterns that not every engine reads, and those that take too long."""

from __future__ import annotations

import pytest

from apictl.rules.lint.patterns import portability_flaw, slowness


@pytest.mark.parametrize(
    "pattern", ["^(a+)+$", "^([a-z]+)*x", r"^(\w+\s?)*$", "(a|b+)*", "(?:a*)*", "((a{2,})b?)+", "(x+x+)+y", "(?<n>a+)+"]
)
def test_repetition_of_nothing_but_repetitions_is_slow(pattern: str) -> None:
    assert slowness(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "^a+$", "^(-[a-z]+)*", r"([a-z]+\.)+[a-z]+", "^[a-z]+(-[a-z0-9]+)*$", "(ab)+", r"\d{4}-\d{2}", "(:[a-z]+)+",
        "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$", "[(a+)+]", r"\(a+\)+",
        ")", "(", "a" * 5_000,
    ],
)  # fmt: skip
def test_repetition_with_something_fixed_in_it_is_not_slow(pattern: str) -> None:
    assert not slowness(pattern)


@pytest.mark.parametrize(
    "pattern,flaw",
    [
        ("^(?!x)y", "looks ahead"),
        ("(?<=x)y", "looks behind"),
        (r"(.)\1", "refers back"),
        ("(?<year>y)", "names a group"),
        (r"\p{L}", "property of Unicode"),
        (r"[\p{L}]", "property of Unicode"),
        (r"\u{1F600}", "escape that Python"),
        ("(?P<year>y)", "ECMAScript"),
    ],
)
def test_what_one_engine_refuses_is_named(pattern: str, flaw: str) -> None:
    assert flaw in portability_flaw(pattern)


@pytest.mark.parametrize("pattern", ["^[a-z]{1,3}$", "[(?=]", r"\\p{x}", r"a\.b", "(?:a|b)", "é+"])
def test_what_all_engines_read_is_left_alone(pattern: str) -> None:
    assert portability_flaw(pattern) == ""
