"""Whether all text that one pattern matches is matched by another (ECMA-262, 22.2): automata, stepped side by side."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import Final

from apictl.contract.values.characters import LAST_POINT, Ranges
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

_STATE_LIMIT: Final = 2_000
"""Most states of one automaton."""
_PAIR_STEPS: Final = 60_000
"""Most states that are looked at for two patterns."""
_ALL_STEPS: Final = 600_000
"""Most states that are looked at in all."""
_UNSURE: Final = ("\\p", "\\P", "\\s", "\\S", "\\b", "\\B", "(?=", "(?!", "(?<", "\\k", "(?P")
"""What engines disagree about, or what is no regular language here."""


class Patterns:
    """Compares patterns, each two once; all comparisons together are limited."""

    def __init__(self) -> None:
        """Begin with all steps."""
        self._steps_left = _ALL_STEPS
        self._known: dict[tuple[str, str], bool] = {}

    def is_contained(self, narrow: str, wide: str) -> bool:
        """Whether every text with a match of *narrow* has one of *wide*; False also when that is not found out."""
        if narrow == wide:
            return True
        known = self._known.get((narrow, wide))
        if known is None:
            known = self._known[narrow, wide] = self._compare(narrow, wide)
        return known

    def _compare(self, narrow: str, wide: str) -> bool:
        if any(sign in text for text in (narrow, wide) for sign in _UNSURE):
            return False
        first, second = _automaton(narrow), _automaton(wide)
        if first is None or second is None:
            return False
        budget = min(_PAIR_STEPS, self._steps_left)
        answer, left = _is_contained(first, second, budget)
        self._steps_left -= budget - left
        return answer


@functools.lru_cache(maxsize=1024)
def _automaton(text: str) -> _Automaton | None:
    try:
        automaton = _Automaton()
        end = automaton.add(parse_pattern(text), 0)
    except UnreadablePattern:
        return None
    automaton.final = end
    return automaton


@dataclass(slots=True)
class _Automaton:
    """States with edges; state 0 is the first.

    Attributes:
        steps: of each state, the characters that lead to another.
        free: of each state, those that it leads to without a character, and what must hold there: `^`, `$` or nothing.
        final: the state in which a match is complete.
    """

    steps: list[list[tuple[Ranges, int]]] = field(default_factory=lambda: [[]])
    free: list[list[tuple[str, int]]] = field(default_factory=lambda: [[]])
    final: int = 0

    def state(self) -> int:
        if len(self.steps) >= _STATE_LIMIT:
            raise UnreadablePattern("it has too many states")
        self.steps.append([])
        self.free.append([])
        return len(self.steps) - 1

    def add(self, pattern: Pattern, start: int) -> int:
        """Add *pattern* from the state *start* on; return the state in which it ends."""
        match pattern:
            case Characters(ranges):
                end = self.state()
                self.steps[start].append((ranges, end))
                return end
            case Sequence(items):
                for item in items:
                    start = self.add(item, start)
                return start
            case Alternation(options):
                end = self.state()
                for option in options:
                    self.free[self.add(option, self._after(start))].append(("", end))
                return end
            case Group(item):
                return self.add(item, start)
            case Repetition(item, least, most):
                return self._repeated(item, (least, most), start)
            case Assertion(kind, None) if kind in ("^", "$"):
                end = self.state()
                self.free[start].append((kind, end))
                return end
            case Assertion() | Backreference():
                raise UnreadablePattern("no regular language")

    def _repeated(self, item: Pattern, times: tuple[int, int | None], start: int) -> int:
        least, most = times
        for _ in range(least):
            start = self.add(item, start)
        if most is None:
            loop = self._after(start)
            self.free[self.add(item, loop)].append(("", loop))
            return self._after(loop)
        end = self.state()
        self.free[start].append(("", end))
        for _ in range(most - least):
            start = self.add(item, self._after(start))
            self.free[start].append(("", end))
        return end

    def _after(self, state: int) -> int:
        following = self.state()
        self.free[state].append(("", following))
        return following

    def closure(self, states: frozenset[int], holding: str) -> frozenset[int]:
        """Return *states* and those that they lead to without a character where the assertions *holding* hold."""
        found, waiting = set(states), list(states)
        while waiting:
            for condition, target in self.free[waiting.pop()]:
                if target not in found and condition in holding:
                    found.add(target)
                    waiting.append(target)
        return frozenset(found)

    def after(self, states: frozenset[int], point: int) -> frozenset[int]:
        """Return the states after the character *point*: a match may also begin behind it."""
        if self.final in states:
            return frozenset({self.final})  # matched, whatever comes
        reached = {target for state in states for ranges, target in self.steps[state] if _has(ranges, point)}
        return self.closure(frozenset(reached | {0}), "")

    def accepts(self, states: frozenset[int], *, at_start: bool) -> bool:
        """Whether there is a match when the text ends in *states*."""
        return self.final in self.closure(states, "^$" if at_start else "$")


def _is_contained(first: _Automaton, second: _Automaton, budget: int) -> tuple[bool, int]:
    """Return the answer, and what is left of *budget*, which counts states that are looked at."""
    points = _representatives(first, second)
    start = (first.closure(frozenset({0}), "^"), second.closure(frozenset({0}), "^"))
    if first.accepts(start[0], at_start=True) and not second.accepts(start[1], at_start=True):
        return False, budget
    seen = {start}
    waiting = [start]
    while waiting:
        left, right = waiting.pop()
        if second.final in right:
            continue
        for point in points:
            budget -= 1 + len(left) + len(right)
            if budget < 0:
                return False, 0
            pair = (first.after(left, point), second.after(right, point))
            if first.accepts(pair[0], at_start=False) and not second.accepts(pair[1], at_start=False):
                return False, budget
            if pair not in seen:
                seen.add(pair)
                waiting.append(pair)
    return True, budget


def _representatives(*automata: _Automaton) -> list[int]:
    """Return one character of each set of characters that none of *automata* tells apart."""
    edges = {0}
    for automaton in automata:
        for steps in automaton.steps:
            for ranges, _ in steps:
                for first, last in ranges:
                    edges |= {first, last + 1}
    return sorted(edge for edge in edges if edge <= LAST_POINT)


def _has(ranges: Ranges, point: int) -> bool:
    return any(first <= point <= last for first, last in ranges)
