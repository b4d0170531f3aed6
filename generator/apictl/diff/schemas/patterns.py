"""Whether all text that some patterns match is matched by another (ECMA-262, 22.2): automata, stepped side by side."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, TypeAlias

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
"""Most states that are looked at for one question."""
_FIRST: Final = frozenset({0})
_ALL_STEPS: Final = 600_000
"""Most states that are looked at in all."""
_UNSURE: Final = ("\\p", "\\P", "\\s", "\\S", "\\b", "\\B", "(?=", "(?!", "(?<", "\\k", "(?P")
"""What engines disagree about, or what is no regular language here."""
_SPACES_AT_LEAST: Final = r"\t-\r "
_SPACES_AT_MOST: Final = r"\t-\r\x1c- \x85\xa0\u1680\u180e\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff"
"""What every engine takes for a space, and what any does."""
_TOKEN: Final = re.compile(r"\\.|\[\^?|\]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Lengths:
    """How many characters a text may have.

    Attributes:
        least: at least so many.
        most: at most so many; None when there is no limit.
    """

    least: int = 0
    most: int | None = None

    @property
    def are_any(self) -> bool:
        """Whether nothing is said."""
        return self.least <= 0 and self.most is None


_ANY: Final = Lengths()


class Patterns:
    """Compares patterns, each question once; all comparisons together are limited."""

    def __init__(self) -> None:
        """Begin with all steps."""
        self._steps_left = _ALL_STEPS
        self._known: dict[tuple[frozenset[str], str, Lengths], bool] = {}

    def is_contained(self, narrow: str, wide: str) -> bool:
        """Whether every text with a match of *narrow* has one of *wide*; False also when that is not found out."""
        return self._is_known((narrow,), wide, _ANY)

    def follows(self, known: Iterable[str], lengths: Lengths, wide: str) -> bool:
        """Whether every text of *lengths* with a match of each of *known* has one of *wide*; False when unsure."""
        patterns = tuple(dict.fromkeys(known))
        if any(self._is_known((each,), wide, _ANY) for each in patterns):
            return True
        is_more_known = len(patterns) != 1 or not lengths.are_any
        return is_more_known and self._is_known(patterns, wide, lengths)

    def _is_known(self, narrow: tuple[str, ...], wide: str, lengths: Lengths) -> bool:
        if wide in narrow:
            return True
        key = (frozenset(narrow), wide, lengths)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._compare(narrow, wide, lengths)
        return known

    def _compare(self, narrow: tuple[str, ...], wide: str, lengths: Lengths) -> bool:
        second = _automaton(with_spaces(wide, _SPACES_AT_LEAST))
        found = (_automaton(with_spaces(each, _SPACES_AT_MOST)) for each in narrow)
        first = tuple(each for each in found if each is not None)  # knowing less proves no more
        if second is None or (narrow and not first):
            return False
        budget = min(_PAIR_STEPS, self._steps_left)
        answer, left = _Search(first, second, lengths).is_contained(budget)
        self._steps_left -= budget - left
        return answer


def with_spaces(pattern: str, spaces: str) -> str:
    r"""Return *pattern* with *spaces* for `\s`, but where it is refused (`[^\s]`) and fewer would mean more."""
    if "\\s" not in pattern:
        return pattern
    around = ""

    def replaced(token: re.Match[str]) -> str:
        nonlocal around
        text = token[0]
        if text == "\\s" and around != "[^":
            before, after = pattern[: token.start()], pattern[token.end() :]
            is_range = before.endswith("-") or (after.startswith("-") and not after.startswith("-]"))
            return text if around and is_range else spaces if around else f"[{spaces}]"
        if text.startswith("[") and not around:
            around = text
        elif text == "]":
            around = ""
        return text

    return _TOKEN.sub(replaced, pattern)


@functools.lru_cache(maxsize=1024)
def _automaton(text: str) -> _Automaton | None:
    if any(sign in text for sign in _UNSURE):
        return None
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


_At: TypeAlias = tuple[tuple[frozenset[int], ...], frozenset[int], int]
"""The states of all automata after so many characters."""


@dataclass(frozen=True, slots=True)
class _Search:
    """Looks for a text that all of `first` match, of the wanted length, and that `second` doesn't match."""

    first: tuple[_Automaton, ...]
    second: _Automaton
    lengths: Lengths

    def is_contained(self, budget: int) -> tuple[bool, int]:
        """Return whether there is none, and what is left of *budget*, which counts states that are looked at."""
        points = _representatives(*self.first, self.second)
        at = (tuple(each.closure(_FIRST, "^") for each in self.first), self.second.closure(_FIRST, "^"), 0)
        if self._is_found(at, at_start=True):
            return False, budget
        seen = {at}
        waiting = [at]
        while waiting:
            at = waiting.pop()
            if self.second.final in at[1] or at[2] == self.lengths.most:
                continue
            for point in points:
                budget -= 1 + sum(map(len, at[0])) + len(at[1])
                if budget < 0:
                    return False, 0
                following = self._after(at, point)
                if self._is_found(following, at_start=False):
                    return False, budget
                if following not in seen:
                    seen.add(following)
                    waiting.append(following)
        return True, budget

    def _after(self, at: _At, point: int) -> _At:
        count = self.lengths.least if self.lengths.most is None else self.lengths.most
        left = tuple(each.after(states, point) for each, states in zip(self.first, at[0], strict=True))
        return left, self.second.after(at[1], point), min(at[2] + 1, count)

    def _is_found(self, at: _At, *, at_start: bool) -> bool:
        return (
            at[2] >= self.lengths.least
            and all(each.accepts(states, at_start=at_start) for each, states in zip(self.first, at[0], strict=True))
            and not self.second.accepts(at[1], at_start=at_start)
        )


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
