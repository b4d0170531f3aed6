"""What is written otherwise, from two roots to as deep as both sides go together."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from apictl.diff.law import Effect
from apictl.diff.schemas.aspects import Opener, Roots
from apictl.diff.schemas.changes.pair import Child
from apictl.diff.schemas.changes.respelled import Respelling, respelled_here
from apictl.diff.schemas.changes.tell import Told
from apictl.diff.schemas.difference import SchemaDifference, ValuePath
from apictl.diff.schemas.universe import Age

_LIMIT: Final = 5_000
"""Most pairs of schemas below one pair of roots of which it is told what is written otherwise."""

_Below: TypeAlias = tuple[tuple[ValuePath, "_Level"], ...]


@dataclass(slots=True, eq=False)
class _Level:
    """A pair of schemas with what it writes otherwise; the pairs below once they are asked for."""

    differences: tuple[SchemaDifference, ...]
    children: tuple[Child, ...]
    is_equal: bool
    roots: tuple[Roots, Roots]
    below: _Below | None = None


class Respellings:
    """Finds what is written otherwise; what is found out about a pair is kept."""

    def __init__(self, opener: Opener, told: Callable[[Roots, Roots], Told]) -> None:
        """Take what opens schemas, and what is told of a pair that doesn't allow the same."""
        self._opener = opener
        self._told = told
        self._levels: dict[object, _Level] = {}

    def between(self, old: Roots, new: Roots, *, is_equal: bool) -> tuple[SchemaDifference, ...]:
        """Return what *old* and *new* write otherwise; *is_equal* when it is known that they allow the same."""
        first = self._level(old, new, is_equal=is_equal)
        found: dict[object, SchemaDifference] = {}
        seen = {id(first)}
        waiting: deque[tuple[ValuePath, _Level]] = deque([((), first)])
        while waiting and len(seen) < _LIMIT:
            path, level = waiting.popleft()
            for each in level.differences:
                key = (each.old, each.new, each.facts["keyword"])
                if key not in found:
                    found[key] = SchemaDifference(
                        each.kind, each.effect, path + each.path, each.old, each.new, each.facts
                    )
            for steps, below in self._below(level):
                if id(below) not in seen:
                    seen.add(id(below))
                    waiting.append((path + steps, below))
        return tuple(found.values())

    def _below(self, level: _Level) -> _Below:
        if level.below is None:
            pairs = [(each.path, self._level(each.old, each.new, is_equal=level.is_equal)) for each in level.children]
            level.below = tuple((path, each) for path, each in pairs if each.differences or each.children)
        return level.below

    def _level(self, old: Roots, new: Roots, *, is_equal: bool) -> _Level:
        told = Told() if is_equal else self._told(old, new)
        # Whatever a schema below allows, nothing in a pair that allows the same lets a value be judged otherwise.
        is_equal = not (told.narrows or told.widens)
        key = (tuple(root.key for root in old), tuple(root.key for root in new), is_equal)
        level = self._levels.get(key)
        if level is None:
            found = self._written(old, new) if is_equal else (self._neutral(old, new), told.children)
            # The roots are kept, so that no identity is used again.
            level = self._levels[key] = _Level(*found, is_equal, (old, new))
        return level

    def _written(self, old: Roots, new: Roots) -> tuple[tuple[SchemaDifference, ...], tuple[Child, ...]]:
        respelling = Respelling(self._opener, self._opener.flat(old, Age.OLD), self._opener.flat(new, Age.NEW))
        respelling.find()
        return tuple(respelling.differences), tuple(respelling.children)

    def _neutral(self, old: Roots, new: Roots) -> tuple[SchemaDifference, ...]:
        here = respelled_here(self._opener, old, new)
        return tuple(difference for difference, effect in here if effect is Effect.NEUTRAL)
