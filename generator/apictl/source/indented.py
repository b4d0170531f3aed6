"""JSON as most tools write it, two spaces a level: read by a faster parser, its places found line by line.

Whoever reads a large document for a few places in it need neither decode nor read its text once more.
"""

from __future__ import annotations

import functools
import itertools
import re
from typing import Final

import orjson

from apictl.source.limits import MAX_NESTING
from apictl.source.spots import Below, Spot
from apictl.source.tree import JsonValue

_OPENING: Final = b'{\n  "'
_DEEP: Final = b"\n" + b"  " * MAX_NESTING
_BLOCK: Final = 1 << 16


def read_indented(raw: bytes) -> dict[str, JsonValue] | None:
    """Return the tree of *raw*, an object, if it is written as one writes trees; None to read it in another way.

    What is the same when it is written again has no flaw: no key twice, no number that can't be kept, no half of a
    character.
    """
    if not raw.startswith(_OPENING) or _DEEP in raw:
        return None
    try:
        tree: dict[str, JsonValue] = orjson.loads(raw)
        written = orjson.dumps(tree, option=orjson.OPT_INDENT_2)
    except (ValueError, TypeError):
        return None
    is_same = raw.startswith(written) and raw[len(written) :] in {b"", b"\n"}
    return tree if is_same else None


class IndentedSpots:
    """The places of the nodes of one such text, in bytes; what an object or array holds is looked for when asked.

    A line that is so deep begins a member or an item, or closes one: a text in a string has no line of its own.
    """

    def __init__(self, raw: bytes) -> None:
        """Look at *raw*, which `read_indented` could read."""
        self._raw = raw
        self.root = Spot(0, 0)
        self._known: dict[int, Below | None] = {}
        self._extents = {0: (len(raw), 0)}
        """By where a node begins: before which offset it ends, and how deep it is."""

    def below(self, spot: Spot) -> Below | None:
        """Return the children of *spot*; None for a scalar."""
        if spot.at not in self._known:
            self._known[spot.at] = self._look(spot.at)
        return self._known[spot.at]

    def _look(self, at: int) -> Below | None:
        end, depth = self._extents[at]
        match self._raw[at : at + 2]:
            case b"{\n":
                found = [*_members(depth + 1).finditer(self._raw, at, end)]
                self._note([(each.start(1), each.end()) for each in found], end, depth + 1)
                return {orjson.loads(each[1]): Spot(each.end(), each.start(1)) for each in found}
            case b"[\n":
                starts = [each.end() for each in _items(depth + 1).finditer(self._raw, at, end)]
                self._note([(start, start) for start in starts], end, depth + 1)
                return [Spot(start, start) for start in starts]
            case b"{}":
                return {}
            case b"[]":
                return []
            case _:
                return None

    def _note(self, starts: list[tuple[int, int]], end: int, depth: int) -> None:
        """Note where each child ends: before the next one, and the last one with what holds it."""
        ends = [*(start for start, _ in starts[1:]), end]
        self._extents |= {at: (before, depth) for (_, at), before in zip(starts, ends, strict=True)}


class IndentedLines:
    """Where the lines of such a text begin."""

    def __init__(self, raw: bytes) -> None:
        """Count the line breaks of *raw*, block by block."""
        self._raw = raw
        counts = (raw.count(b"\n", at, at + _BLOCK) for at in range(0, len(raw), _BLOCK))
        self._before = [0, *itertools.accumulate(counts)]

    def position(self, offset: int) -> tuple[int, int]:
        """Return line and column, both from 1 and in characters, of the byte at *offset*."""
        block = offset // _BLOCK
        line = self._before[block] + self._raw.count(b"\n", block * _BLOCK, offset) + 1
        start = self._raw.rfind(b"\n", 0, offset) + 1
        return line, len(self._raw[start:offset].decode()) + 1


@functools.cache
def _members(depth: int) -> re.Pattern[bytes]:
    """Return what each member begins with that is *depth* levels deep, with its key as the group."""
    return re.compile(rb'\n {%d}("(?:[^"\\]|\\.)*+"): ' % (2 * depth))


@functools.cache
def _items(depth: int) -> re.Pattern[bytes]:
    """Return what stands before each item that is *depth* levels deep; other lines go on with one, or close it."""
    return re.compile(rb"\n {%d}(?=[^ }\]])" % (2 * depth))
