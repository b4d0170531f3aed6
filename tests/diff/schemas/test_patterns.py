"""Which pattern is proved to match all that another one matches."""

from __future__ import annotations

import re
from random import Random

import pytest

from apictl.diff.schemas.patterns import Lengths, Patterns

is_contained = Patterns().is_contained
follows = Patterns().follows

PIECES = ("a", "b", "[ab]", "[^a]", ".", "(a|b)", "a?", "b*", "(ab)+", "^", "$", r"\d", "a{1,2}")


@pytest.mark.parametrize(
    "narrow, wide",
    [("^a$", "a"), ("^ab", "^a"), ("a|b", "[ab]"), (r"^\d{3}$", "^[0-9]+$"), ("^(a|b)*$", "^[ab]*$"), ("^$", "")],
)
def test_a_pattern_is_within_a_wider_one(narrow: str, wide: str) -> None:
    assert is_contained(narrow, wide)


@pytest.mark.parametrize(
    "narrow, wide", [("a", "^a"), ("^a", "a$"), ("^[a-z]+$", "^[a-y]+$"), ("(?=a)", "a"), ("^a{1,3}$", "^a{1,2}$")]
)
def test_another_one_is_not(narrow: str, wide: str) -> None:
    assert not is_contained(narrow, wide)


@pytest.mark.parametrize(
    "narrow, wide",
    [
        (r"^\w+$", r"^[\w\s]+$"),
        (r"^\w+$", r"^[\w\s-]+$"),
        ("^ $", r"\s"),
        (r"^\s$", r"^[\s\x1c-\x1f\u0080-\uffff]$"),
    ],
)
def test_of_spaces_those_count_that_all_engines_know(narrow: str, wide: str) -> None:
    assert is_contained(narrow, wide)


@pytest.mark.parametrize(
    "narrow, wide",
    [
        (r"^\x1c$", r"^\s$"),
        (r"^\s$", r"^[ \t\n\r\f\v]$"),
        ("^a$", r"^[^\s]$"),
        (r"^\s$", r"^[\s ]$"),
        ("^0$", r"^[\s-x]$"),
        ("^a$", r"^\S$"),
    ],
)
def test_where_engines_disagree_nothing_is_proved(narrow: str, wide: str) -> None:
    assert not is_contained(narrow, wide)


@pytest.mark.parametrize("pattern", ["(", "a{2,1}", "[", r"\1", "^(.*a.{200}){20}$", "a{999999}"])
def test_what_is_no_pattern_or_too_large_is_only_within_itself(pattern: str) -> None:
    assert is_contained(pattern, pattern)
    assert not is_contained(pattern, "^x$")


def test_no_text_contradicts_what_is_proved() -> None:
    random = Random(5)
    texts = ["".join(random.choices("ab1", k=random.randint(0, 5))) for _ in range(120)]

    proved = 0
    for _ in range(600):
        narrow, wide = ("".join(random.choices(PIECES, k=random.randint(1, 4))) for _ in range(2))
        if narrow != wide and is_contained(narrow, wide):
            proved += 1
            assert [text for text in texts if re.search(narrow, text) and not re.search(wide, text)] == []

    assert proved > 30


@pytest.mark.parametrize(
    "known, lengths, wide",
    [
        (["^[0-9a-f]+$"], Lengths(40, 40), "^([0-9a-f]{40}(?:[0-9a-f]{24})?)$"),
        ([], Lengths(1), "^[^]"),
        ([], Lengths(0, 0), "^$"),
        ([], Lengths(), ""),
        (["^a", "b$"], Lengths(2, 2), "^ab$"),
        (["^a*$"], Lengths(2, 3), "^(aa|aaa)$"),
    ],
)
def test_a_pattern_follows_from_lengths_and_others(known: list[str], lengths: Lengths, wide: str) -> None:
    assert follows(known, lengths, wide)


@pytest.mark.parametrize(
    "known, lengths, wide",
    [
        (["^[0-9a-f]+$"], Lengths(40, 64), "^([0-9a-f]{40}(?:[0-9a-f]{24})?)$"),
        ([], Lengths(1), "^."),  # a line break is no character that a dot stands for
        ([], Lengths(0, 1), "^$"),
        (["^a", "b$"], Lengths(2, 3), "^ab$"),
        (["("], Lengths(), "^$"),
        ([], Lengths(10_000, 20_000), "^[^]{9999}"),
    ],
)
def test_it_does_not_from_others(known: list[str], lengths: Lengths, wide: str) -> None:
    assert not follows(known, lengths, wide)


def test_no_text_contradicts_what_follows_from_lengths() -> None:
    random = Random(6)
    texts = ["".join(random.choices("ab1", k=random.randint(0, 5))) for _ in range(120)]

    proved = 0
    for _ in range(400):
        *known, wide = ("".join(random.choices(PIECES, k=random.randint(1, 3))) for _ in range(random.randint(1, 3)))
        lengths = Lengths(random.randint(0, 3), random.choice((None, 3, 4)))
        if wide not in known and follows(known, lengths, wide):
            proved += 1
            allowed = [text for text in texts if lengths.least <= len(text) <= (lengths.most or len(text))]
            matched = [text for text in allowed if all(re.search(each, text) for each in known)]
            assert [text for text in matched if not re.search(wide, text)] == []

    assert proved > 50
