"""A value for a terminal: one or few lines of JSON in which the part that is spoken of is whole."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from apictl.contract.schema import JsonValue

_GAP: Final = "…"
_DIGITS: Final = 40
_INDENT: Final = "  "


@dataclass(frozen=True, slots=True)
class _Detail:
    """How much is shown.

    Attributes:
        characters: of a text or name.
        members: of an object or array.
        depth: levels of objects and arrays.
    """

    characters: int
    members: int
    depth: int


_AROUND: Final = (
    _Detail(100, 40, 6),
    _Detail(40, 12, 3),
    _Detail(24, 4, 1),
    _Detail(16, 2, 0),
    _Detail(16, 0, 0),
)
"""Of what is beside the path, the most first."""
_INSIDE: Final = (
    _Detail(100, 40, 6),
    _Detail(60, 20, 3),
    _Detail(40, 12, 2),
    _Detail(40, 8, 1),
    _Detail(30, 6, 0),
)
"""Of the part at the end of the path."""


def shown(value: JsonValue, path: Sequence[str | int], *, width: int = 100) -> str:
    """Return *value* as JSON of at most *width* characters a line where that can be done.

    The part at *path*, or at as much of it as there is, keeps the names of its members; beside the path
    texts, members and items give way. What was left out is marked by `…` outside the quotes, long texts
    with their length. Characters that a terminal would obey are escaped.
    """
    present = _present(value, tuple(path))
    for detail in ((around, inside) for inside in _INSIDE for around in _AROUND):
        line = _line(value, present, detail)
        if len(line) <= width:
            return line
    return "\n".join(_lines(value, present, width))


def _present(value: JsonValue, path: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Return the beginning of *path* that *value* has."""
    for number, step in enumerate(path):
        match value, step:
            case dict(), str() if step in value:
                value = value[step]
            case list(), int() if 0 <= step < len(value):
                value = value[step]
            case _:
                return path[:number]
    return path


def _line(value: JsonValue, path: tuple[str | int, ...], detail: tuple[_Detail, _Detail]) -> str:
    """Return *value* on one line, with *detail* of what is around the path, and of the part at its end."""
    around, inside = detail
    if not path:
        return _brief(value, inside)
    step, rest = path[0], path[1:]
    match value:
        case dict():
            chosen = {step, *[name for name in value if name != step][: around.members]}
            items = [
                f"{_text(name, 100)}: {_line(item, rest, detail) if name == step else _brief(item, around)}"
                if name in chosen
                else _GAP
                for name, item in value.items()
            ]
            return "{" + _joined(items) + "}"
        case list():
            shown_items = {step, *[index for index in range(len(value)) if index != step][: around.members]}
            items = [
                (_line(item, rest, detail) if index == step else _brief(item, around)) if index in shown_items else _GAP
                for index, item in enumerate(value)
            ]
            return "[" + _joined(items) + "]"
        case _:
            return _brief(value, inside)


def _lines(value: JsonValue, path: tuple[str | int, ...], width: int) -> list[str]:
    """Return *value* with a line for each step of the path, and nothing of what is beside it."""
    if not path:
        return [_brief(value, _fitting(value, width))]
    step, rest = path[0], path[1:]
    match value, step:
        case dict(), str():
            opener, closer, label, before = "{", "}", f"{_text(step, 100)}: ", list(value).index(step)
            inner = value[step]
        case list(), int():
            opener, closer, label, before = "[", "]", "", step
            inner = value[step]
        case _:
            return [_brief(value, _INSIDE[-1])]
    below = _lines(inner, rest, max(width - len(_INDENT), 20))
    gap_before, gap_after = [_INDENT + _GAP] * (before > 0), [_INDENT + _GAP] * (before < len(value) - 1)
    return [
        opener,
        *gap_before,
        _INDENT + label + below[0],
        *(_INDENT + line for line in below[1:]),
        *gap_after,
        closer,
    ]


def _fitting(value: JsonValue, width: int) -> _Detail:
    return next((detail for detail in _INSIDE if len(_brief(value, detail)) <= width), _INSIDE[-1])


def _brief(value: JsonValue, detail: _Detail) -> str:
    match value:
        case str():
            return _text(value, detail.characters)
        case dict() if value and detail.members == 0:
            return "{" + _GAP + "}"
        case list() if value and detail.members == 0:
            return "[" + _GAP + "]"
        case dict():
            inner = _Detail(detail.characters, detail.members if detail.depth > 0 else 0, detail.depth - 1)
            members = list(value.items())[: detail.members]
            items = [f"{_text(name, 100)}: {_brief(item, inner)}" for name, item in members]
            return "{" + ", ".join([*items, *_rest(len(value) - len(members))]) + "}"
        case list():
            inner = _Detail(detail.characters, detail.members if detail.depth > 0 else 0, detail.depth - 1)
            found = [_brief(item, inner) for item in value[: detail.members]]
            return "[" + ", ".join([*found, *_rest(len(value) - len(found))]) + "]"
        case int() if not isinstance(value, bool) and abs(value) >= 10**_DIGITS:
            return f"{_GAP} (a number of about {value.bit_length() * 3 // 10} digits)"
        case _:
            return json.dumps(value)


def _rest(count: int) -> list[str]:
    return [f"{_GAP} {count} more"] if count > 0 else []


def _text(text: str, limit: int) -> str:
    """Return *text* in quotes, at most *limit* characters of it, with what a terminal would obey escaped."""
    if len(text) <= limit:
        return _quoted(text)
    return f"{_quoted(text[:limit])}{_GAP} ({len(text)} characters)"


def _quoted(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    if quoted.isprintable():
        return quoted
    return "".join(sign if sign.isprintable() else json.dumps(sign)[1:-1] for sign in quoted)


def _joined(items: Iterable[str]) -> str:
    """Return *items* on one line, neighbouring gaps as one."""
    joined: list[str] = []
    for item in items:
        if item != _GAP or joined[-1:] != [_GAP]:
            joined.append(item)
    return ", ".join(joined)
