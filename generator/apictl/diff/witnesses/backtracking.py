"""How long Python's `re` may look for a match: it backtracks, and patterns of a document may be hostile."""

from __future__ import annotations

import functools
import itertools
from typing import Final, assert_never

from apictl.contract.values.characters import Ranges
from apictl.contract.values.pattern_text import is_open_ended
from apictl.contract.values.patterns import (
    Alternation,
    Assertion,
    Backreference,
    Characters,
    Group,
    Pattern,
    Repetition,
    Sequence,
    UnreadablePattern,
    parse_pattern,
)

_STEP_LIMIT: Final = 2_000_000
"""Most steps of a search; `re` makes some twenty million a second."""
_BLIND_LENGTH: Final = 20
"""Longest text for a pattern that may need a number of steps that doubles with each character."""
_VARYING: Final = 4
_EXPONENTIAL: Final = 1_000


def is_quick(pattern: str, text: str) -> bool:
    """Whether a search for *pattern* in *text* surely ends soon."""
    if len(text) <= _BLIND_LENGTH:
        return True
    degree = _degree_of(pattern)
    return degree < _EXPONENTIAL and len(text) ** degree <= _STEP_LIMIT


@functools.lru_cache(maxsize=1024)
def _degree_of(pattern: str) -> int:
    try:
        tree = parse_pattern(pattern)
        is_free, _ = is_open_ended(tree)
        return _degree(tree) + is_free
    except UnreadablePattern:
        return _EXPONENTIAL


def _degree(pattern: Pattern) -> int:
    """Return the power of the text's length that the steps of a search grow with, at most."""
    match pattern:
        case Characters() | Backreference():
            return 0
        case Sequence(items):
            return sum(map(_degree, items))
        case Alternation(options):
            return sum(map(_degree, options))
        case Group(item):
            return _degree(item)
        case Assertion(kind, item):
            return _degree(item) if item is not None else 0 if kind in {"^", "$", "b", "B"} else _EXPONENTIAL
        case Repetition(item, least, most):
            inner = _degree(item)
            if most is not None and most - least < _VARYING and most < _VARYING:
                return inner * max(most, 1)
            if _is_delimited(item):
                return max(inner, 1)  # delimiters leave one way to divide the text
            return 1 + inner if _is_simple(item) else _EXPONENTIAL
        case _:
            assert_never(pattern)


def _is_simple(pattern: Pattern) -> bool:
    """Whether *pattern* matches in one way only: no choice is in it."""
    match pattern:
        case Characters():
            return True
        case Sequence(items):
            return all(map(_is_simple, items))
        case Group(item):
            return _is_simple(item)
        case Repetition(item, least, most):
            return least == most and _is_simple(item)
        case Alternation(options):
            return all(isinstance(option, Characters) for option in options) and _are_disjoint(options)
        case Backreference() | Assertion():
            return False
        case _:
            assert_never(pattern)


def _is_delimited(pattern: Pattern) -> bool:
    """Whether *pattern* begins or ends with a character that is nowhere else in it, as `-[a-z]+` does."""
    while isinstance(pattern, Group):
        pattern = pattern.item
    if not isinstance(pattern, Sequence) or len(pattern.items) < 2:  # noqa: PLR2004 - a delimiter and something else
        return False
    for delimiter, others in ((pattern.items[0], pattern.items[1:]), (pattern.items[-1], pattern.items[:-1])):
        if isinstance(delimiter, Characters) and all(_lacks(other, delimiter.ranges) for other in others):
            return True
    return False


def _lacks(pattern: Pattern, ranges: Ranges) -> bool:
    """Whether no character of *ranges* is in what *pattern* matches, and *pattern* matches it in few ways."""
    match pattern:
        case Characters():
            return not _overlap(pattern.ranges, ranges)
        case Sequence(items):
            return all(_lacks(item, ranges) for item in items)
        case Repetition(item):
            return isinstance(item, Characters) and _lacks(item, ranges)
        case Group(item):
            return _lacks(item, ranges)
        case Alternation() | Backreference() | Assertion():
            return False
        case _:
            assert_never(pattern)


def _are_disjoint(options: tuple[Pattern, ...]) -> bool:
    spans = sorted(span for option in options if isinstance(option, Characters) for span in option.ranges)
    return all(last < first for (_, last), (first, _) in itertools.pairwise(spans))


def _overlap(one: Ranges, other: Ranges) -> bool:
    return any(first <= high and low <= last for first, last in one for low, high in other)
