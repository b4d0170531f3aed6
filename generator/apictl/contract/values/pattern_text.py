"""Text that a regular expression matches, of a wanted length."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, assert_never

from apictl.contract.values.characters import Ranges
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
)

WIDTH_LIMIT: Final = 100_000
"""Longest text made, in characters."""
_ENDLESS: Final = 1 << 40
_STEP_LIMIT: Final = 200_000


def width_of(pattern: Pattern) -> tuple[int, int]:
    """Return the least and the greatest length of the text of *pattern*, in characters."""
    match pattern:
        case Characters(ranges):
            return (1, 1) if ranges else (_ENDLESS, 0)
        case Sequence(items):
            widths = [width_of(item) for item in items]
            return min(sum(low for low, _ in widths), _ENDLESS), min(sum(high for _, high in widths), _ENDLESS)
        case Alternation(options):
            widths = [width_of(option) for option in options]
            return min(low for low, _ in widths), max(high for _, high in widths)
        case Repetition(item, least, most):
            low, high = width_of(item)
            top = _ENDLESS if most is None and high > 0 else high * (most or 0)
            return min(low * least, _ENDLESS), min(top, _ENDLESS)
        case Group(item):
            return width_of(item)
        case Backreference():
            return 0, _ENDLESS
        case Assertion():
            return 0, 0
        case _:
            assert_never(pattern)


def is_open_ended(pattern: Pattern) -> tuple[bool, bool]:
    """Whether text before, and text after, what *pattern* matches is free (`^` and `$` are missing)."""
    if isinstance(pattern, Group):
        return is_open_ended(pattern.item)
    if isinstance(pattern, Alternation):
        ends = [is_open_ended(option) for option in pattern.options]
        return all(start for start, _ in ends), all(end for _, end in ends)
    items = pattern.items if isinstance(pattern, Sequence) else (pattern,)
    return Assertion("^") not in items, Assertion("$") not in items


def lookaheads(pattern: Pattern) -> tuple[Pattern, ...]:
    """Return what the lookaheads on the top level of *pattern* want to see."""
    items = pattern.items if isinstance(pattern, Sequence) else (pattern,)
    return tuple(item.item for item in items if isinstance(item, Assertion) and item.item is not None)


@dataclass(slots=True)
class Writer:
    """Writes text for one pattern; another `variant` takes other characters and other alternatives."""

    variant: int = 0
    _steps: int = 0
    _written: int = 0
    _groups: dict[str, str] = field(default_factory=dict)

    def text(self, pattern: Pattern, width: int) -> str:
        """Return text that *pattern* matches, as near to *width* characters as it allows.

        Raises:
            UnreadablePattern: the pattern asks for more text than is made here.
        """
        self._steps += 1
        if self._steps > _STEP_LIMIT:
            raise UnreadablePattern("its repetitions are too many")
        match pattern:
            case Characters(ranges):
                self._written += 1
                return character(ranges, self._written - 1, self.variant)
            case Sequence(items):
                return self._sequence(items, width)
            case Alternation(options):
                return self.text(self._option(options, width), width)
            case Repetition(item, least, most):
                return self._repetition(item, _count(pattern, width, least, most), width)
            case Group(item, number, name):
                text = self.text(item, width)
                self._groups[str(number)] = self._groups[name or str(number)] = text
                return text
            case Backreference(group):
                return self._groups.get(group, "")
            case Assertion():
                return ""
            case _:
                assert_never(pattern)

    def _sequence(self, items: tuple[Pattern, ...], width: int) -> str:
        widths = [width_of(item) for item in items]
        spare = max(width - sum(low for low, _ in widths), 0)
        written: list[str] = []
        for item, (low, high) in zip(items, widths, strict=True):
            extra = min(spare, max(high - low, 0)) if not isinstance(item, Backreference) else 0
            spare -= extra
            written.append(self.text(item, low + extra))
        return "".join(written)

    def _repetition(self, item: Pattern, count: int, width: int) -> str:
        written: list[str] = []
        left = width
        for remaining in range(count, 0, -1):
            text = self.text(item, left // remaining)
            left = max(left - len(text), 0)
            written.append(text)
        return "".join(written)

    def _option(self, options: tuple[Pattern, ...], width: int) -> Pattern:
        shifted = [*options[self.variant % len(options) :], *options[: self.variant % len(options)]]
        return min(shifted, key=lambda option: _distance(width_of(option), width))


def character(ranges: Ranges, position: int, variant: int) -> str:
    """Return a readable character of *ranges*, another one at each *position* and in each *variant*."""
    alphabet = _alphabet(ranges)
    if not alphabet:
        return ""
    readable = [
        [sign for sign in alphabet if sign.isascii() and sign.islower()],
        [sign for sign in alphabet if sign.isascii() and sign.isupper()],
        [sign for sign in alphabet if sign in "1234567890"],
        alphabet,
    ]
    kinds = [kind for kind in readable if kind]
    # Later variants mix the kinds, as a password's lookaheads want it.
    kind = kinds[0] if variant == 0 else kinds[(position + variant) % len(kinds)]
    return kind[(position + 7 * variant) % len(kind)]


def _alphabet(ranges: Ranges) -> list[str]:
    printable = [chr(point) for first, last in ranges for point in range(max(first, 33), min(last, 126) + 1)]
    if printable:
        return printable
    points = [point for first, last in ranges for point in range(first, min(last, first + 31) + 1)][:64]
    return [chr(point) for point in points if not 0xD800 <= point <= 0xDFFF]  # noqa: PLR2004


def _count(pattern: Repetition, width: int, least: int, most: int | None) -> int:
    """Return how many times the item of *pattern* is written for *width* characters."""
    low, high = width_of(pattern.item)
    if high == 0:
        return min(least, 1)
    usual = max(low, 1) if high >= _ENDLESS or low > 0 else high
    count = max(least, width // usual, -(-width // high) if high < _ENDLESS else 0)
    return min(count, most if most is not None else WIDTH_LIMIT, WIDTH_LIMIT)


def _distance(widths: tuple[int, int], width: int) -> int:
    low, high = widths
    return low - width if width < low else max(width - high, 0)
