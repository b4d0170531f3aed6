"""Which pattern is proved to match all that another one matches."""

from __future__ import annotations

import re
from random import Random

import pytest

from apictl.diff.schemas.patterns import Patterns

is_contained = Patterns().is_contained

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
