"""Numbers between bounds and on a grid: the plainest one, and the ones at the edges."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from apictl.contract.values.bounds import FORMAT_BOUNDS
from apictl.contract.values.conjunction import Conjunction

_HUGE: Final = Fraction(10**300)
_SPAN: Final = 1_000_000
_NATURAL: Final = (1, 0, 2, 10, 100)


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers from `low` to `high`, ends included where they are not open, at multiples of `step`.

    Attributes:
        low: None when there is no lower bound.
        high: None when there is no upper bound.
        step: None when any number will do.
        low_is_open: `low` itself is not one of them.
        high_is_open: `high` itself is not one of them.
    """

    low: Fraction | None
    high: Fraction | None
    step: Fraction | None
    low_is_open: bool = False
    high_is_open: bool = False

    def __contains__(self, number: Fraction) -> bool:
        if self.low is not None and (number < self.low or (self.low_is_open and number == self.low)):
            return False
        if self.high is not None and (number > self.high or (self.high_is_open and number == self.high)):
            return False
        return self.step is None or (number / self.step).denominator == 1


def range_of(node: Conjunction, *, is_integer: bool) -> Range:
    """Return the range that *node* allows; formats such as int32 bound it too."""
    low, low_is_open = _tightest(node, "minimum", "exclusiveMinimum", sign=1)
    high, high_is_open = _tightest(node, "maximum", "exclusiveMaximum", sign=-1)
    for name in node.texts("format"):
        if is_integer and name in FORMAT_BOUNDS:
            least, most = FORMAT_BOUNDS[name]
            low = Fraction(least) if low is None or low < least else low
            high = Fraction(most) if high is None or high > most else high
    steps = [exact(value) for value in node.numbers("multipleOf") if value > 0]
    if is_integer:
        steps.append(Fraction(1))
    step = _common_multiple(steps) if steps else None
    return Range(low, high, step, low_is_open, high_is_open)


def numbers(allowed: Range) -> Iterator[int | float]:
    """Yield numbers of *allowed*, the plainest first, then the edges, each once."""
    seen: set[Fraction] = set()
    for number in _candidates(allowed):
        if number in allowed and number not in seen:
            seen.add(number)
            value = to_json(number)
            if value is not None:
                yield value


def random_number(allowed: Range, drawn: int) -> int | float | None:
    """Return a number of *allowed* that *drawn* decides; None when this one is not in it."""
    grid = allowed.step or Fraction(1, 100)
    low = allowed.low if allowed.low is not None else (allowed.high or _SPAN * grid) - _SPAN * grid
    high = allowed.high if allowed.high is not None else low + _SPAN * grid
    count = max(math.floor((high - low) / grid), 0) + 1
    number = (math.ceil(low / grid) + drawn % count) * grid
    return to_json(number) if number in allowed else None


def exact(value: float) -> Fraction:
    """Return the number that *value* is written as: 0.01 is a hundredth."""
    return Fraction(value) if isinstance(value, int) else Fraction(repr(value))


def to_json(number: Fraction) -> int | float | None:
    """Return *number* as JSON has it; None when it is too large to be written."""
    if abs(number) > _HUGE:
        return None
    return number.numerator if number.denominator == 1 else float(number)


def _tightest(node: Conjunction, closed: str, opened: str, *, sign: int) -> tuple[Fraction | None, bool]:
    bounds = [(sign * exact(value), False) for value in node.numbers(closed)]
    bounds += [(sign * exact(value), True) for value in node.numbers(opened)]
    if not bounds:
        return None, False
    bound, is_open = max(bounds)
    return sign * bound, is_open


def _common_multiple(steps: list[Fraction]) -> Fraction:
    result = steps[0]
    for step in steps[1:]:
        result = Fraction(math.lcm(result.numerator, step.numerator), math.gcd(result.denominator, step.denominator))
    return result


def _candidates(allowed: Range) -> Iterator[Fraction]:
    grid = allowed.step or Fraction(1)
    lowest = None if allowed.low is None else math.ceil(allowed.low / grid) * grid
    highest = None if allowed.high is None else math.floor(allowed.high / grid) * grid
    natural = [Fraction(number) for number in _NATURAL] + [grid]
    yield from natural[:1]
    yield from natural[-1:] if allowed.step else ()
    yield from [lowest, lowest + grid] if lowest is not None else ()
    yield from [highest, highest - grid] if highest is not None else ()
    if allowed.low is not None and allowed.high is not None:
        yield from [allowed.low, allowed.high, (allowed.low + allowed.high) / 2]
    if allowed.step is None:
        yield from [bound for bound in (allowed.low, allowed.high) if bound is not None]
        yield from [Fraction(1, 2), Fraction(3, 2), Fraction(-5, 2)]
    yield from natural
    yield from [-grid, 2 * grid, 1000 * grid, -1000 * grid]
    if lowest is not None and highest is not None:
        yield math.floor((lowest + highest) / 2 / grid) * grid
