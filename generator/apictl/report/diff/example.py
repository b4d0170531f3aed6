"""A value as one line of JSON with one part of it marked; what is far from that part is elided visibly."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from apictl.contract.schema import JsonValue
from apictl.report.text import columns, printable

_ELLIPSIS: Final = "…"
_LONGEST_TEXT: Final = 60
_SHORTEST_PART: Final = 24
_LARGEST_BITS: Final = 256


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line of printable text and the part of it that is meant.

    Attributes:
        before: what stands before the part.
        part: what is meant.
        after: what stands after the part.
        is_whole: nothing in it is meant more than the rest.
    """

    before: str
    part: str
    after: str
    is_whole: bool = False

    @property
    def text(self) -> str:
        """The line."""
        return self.before + self.part + self.after

    @property
    def start(self) -> int:
        """Of the part, in terminal columns."""
        return columns(self.before)

    @property
    def length(self) -> int:
        """Of the part, in terminal columns; at least 1."""
        return max(1, columns(self.part))


@dataclass(frozen=True, slots=True)
class _Room:
    """How much of a value is shown.

    Attributes:
        text: characters of a text.
        members: of an object or array that is not on the way to the part.
        beside: members of one that is, besides the way.
    """

    text: int
    members: int
    beside: int


_ROOMS: Final = (_Room(10_000, 10_000, 10_000), _Room(60, 8, 8), _Room(24, 3, 4), _Room(12, 0, 2), _Room(12, 0, 0))


def marked_line(value: JsonValue, path: Sequence[str | int], *, width: int = 100) -> MarkedLine:
    """Return *value* in *width* columns if it can be, with the part at *path* marked.

    The way to the part is always shown whole. A *path* that leads nowhere marks the last part that is there.
    """
    line = _line(value, path, _ROOMS[0])
    for room in _ROOMS[1:]:
        if columns(line.text) <= width:
            break
        line = _line(value, path, room)
    return line


def _line(value: JsonValue, path: Sequence[str | int], room: _Room) -> MarkedLine:
    # As where something is missing: what lacks it is meant as a whole.
    return MarkedLine(*_parts(value, tuple(path), room), is_whole=not path and isinstance(value, dict | list))


def _parts(value: JsonValue, path: tuple[str | int, ...], room: _Room) -> tuple[str, str, str]:
    """Return what stands before the marked part, the part, and what stands after it."""
    before, after = "", ""
    for step in path:
        match value, step:
            case dict(), str() if step in value:
                at, ends = list(value).index(step), "{}"
                members = [(f"{_text(key, _LONGEST_TEXT)}: ", each) for key, each in value.items()]
            case list(), int() if not isinstance(step, bool) and 0 <= step < len(value):
                at, ends = step, "[]"
                members = [("", each) for each in value]
            case _:
                break
        label, value = members[at]
        before += ends[0] + _left(members[:at], room) + label
        after = _right(members[at + 1 :], room) + ends[1] + after
    return before, _shown(value, _Room(max(room.text, _SHORTEST_PART), max(room.members, 4), 0)), after


_Member: TypeAlias = tuple[str, JsonValue]


def _left(members: list[_Member], room: _Room) -> str:
    """Return the members before the way, the nearest ones when there is no room for all."""
    kept = members[max(0, len(members) - room.beside) :]
    elided = [_ELLIPSIS] if len(kept) < len(members) else []
    return "".join(f"{each}, " for each in [*elided, *(label + _shown(value, room) for label, value in kept)])


def _right(members: list[_Member], room: _Room) -> str:
    kept = members[: room.beside]
    elided = [_ELLIPSIS] if len(kept) < len(members) else []
    return "".join(f", {each}" for each in [*(label + _shown(value, room) for label, value in kept), *elided])


def _shown(value: JsonValue, room: _Room) -> str:
    inner = _Room(room.text, room.members // 2, 0)
    match value:
        case dict():
            kept = itertools.islice(value.items(), room.members)
            texts = [f"{_text(key, room.text)}: {_shown(each, inner)}" for key, each in kept]
            return "{" + _joined(texts, len(value)) + "}"
        case list():
            return "[" + _joined([_shown(each, inner) for each in value[: room.members]], len(value)) + "]"
        case str():
            return _text(value, room.text)
        case int() if not isinstance(value, bool) and value.bit_length() > _LARGEST_BITS:
            return f"{_ELLIPSIS}(a number of {value.bit_length()} bits)"
        case _:
            return json.dumps(value)


def _joined(texts: list[str], count: int) -> str:
    return ", ".join([*texts, _ELLIPSIS] if len(texts) < count else texts)


def _text(value: str, longest: int) -> str:
    if len(value) <= longest:
        return printable(json.dumps(value, ensure_ascii=False))
    return printable(json.dumps(value[:longest], ensure_ascii=False)) + f"{_ELLIPSIS}({len(value)} characters)"
