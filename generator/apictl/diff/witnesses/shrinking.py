"""Smaller values with the same property: members and items are left out one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final, TypeAlias

from apictl.contract.schema import JsonValue
from apictl.contract.values.refusals import replaced

Path: TypeAlias = tuple[str | int, ...]

_TRIED_LIMIT: Final = 300
"""Most values tried."""
_READABLE: Final = 8
"""Longest text that is left as it is, in characters: `name` reads better than nothing."""


def shrunk(value: JsonValue, path: Path, *, is_kept: Callable[[JsonValue], bool], limit: int) -> JsonValue:
    """Return *value* with what it can do without, so that *is_kept* still holds; the text at *path* gets shorter.

    The outermost members and items go before those inside. About *limit* values are tried, and never many.
    """
    shorter = _shortened(value, path, is_kept)
    return _thinned(shorter, is_kept, min(limit, _TRIED_LIMIT))


def _shortened(value: JsonValue, path: Path, is_kept: Callable[[JsonValue], bool]) -> JsonValue:
    """Return *value* with the shortest beginning of its text at *path* that a bisection finds."""
    text = _at(value, path)
    if not isinstance(text, str) or len(text) <= _READABLE:
        return value
    low, high = 0, len(text)
    while low < high:
        middle = (low + high) // 2
        if is_kept(replaced(value, path, text[:middle])):
            high = middle
        else:
            low = middle + 1
    return replaced(value, path, text[:high])


def _thinned(value: JsonValue, is_kept: Callable[[JsonValue], bool], left: int) -> JsonValue:
    waiting: list[Path] = [()]
    for path in waiting:  # grows while it is walked
        for step in _steps(_at(value, path)):
            left -= 1
            if left < 0:
                return value
            smaller = _without(value, (*path, step))
            if is_kept(smaller):
                value = smaller
        waiting.extend((*path, step) for step in _steps(_at(value, path)))
    return value


def size(value: JsonValue) -> tuple[int, int]:
    """Return how many parts *value* has, and how many characters its texts and names have."""
    parts, characters = 0, 0
    waiting = [value]
    while waiting:
        part = waiting.pop()
        parts += 1
        match part:
            case dict():
                characters += sum(map(len, part))
                waiting.extend(part.values())
            case list():
                waiting.extend(part)
            case str():
                characters += len(part)
            case _:
                characters += len(repr(part))
    return parts, characters


def _steps(value: JsonValue) -> Iterator[str | int]:
    match value:
        case dict():
            yield from islice(list(value), _TRIED_LIMIT)
        case list():
            yield from reversed(range(min(len(value), _TRIED_LIMIT)))
        case _:
            pass


def _at(value: JsonValue, path: Path) -> JsonValue:
    for step in path:
        match value, step:
            case dict(), str() if step in value:
                value = value[step]
            case list(), int() if step < len(value):
                value = value[step]
            case _:
                return None
    return value


def _without(value: JsonValue, path: Path) -> JsonValue:
    """Return *value* without its part at *path*."""
    parent, step = path[:-1], path[-1]
    around = _at(value, parent)
    match around, step:
        case dict(), str():
            return replaced(value, parent, {name: item for name, item in around.items() if name != step})
        case list(), int():
            return replaced(value, parent, [*around[:step], *around[step + 1 :]])
        case _:
            return value
