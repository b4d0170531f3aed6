"""JSON text → where its nodes are; an object or array is looked into when something in it is asked for."""

from __future__ import annotations

import json
import re
from typing import Final

from apictl.source.spots import Below, Spot

# The value itself is of no interest, only its end; an integer may have more digits than Python converts.
_DECODER: Final = json.JSONDecoder(parse_int=len)
_BLANK: Final = re.compile(r"[ \t\n\r]*+")
_COLON: Final = re.compile(r"[ \t\n\r]*+:[ \t\n\r]*+")
_AFTER: Final = re.compile(r"[ \t\n\r]*+([,\]}])[ \t\n\r]*+")
_CLOSING: Final = {"{": "}", "[": "]"}
_EAGER: Final = 3
"""Levels that are looked into at once: to pass over one of them takes nearly as long."""
_MANY: Final = 100_000
"""Of so many members no value is looked into before it is asked for."""


class JsonSpots:
    """The places of the nodes of one text; of equal keys the first counts, as in the tree."""

    def __init__(self, text: str) -> None:
        """Look into the root of *text*, which shows whether all of it is JSON.

        Raises:
            ValueError: it is not.
        """
        self._text = text
        self._known: dict[int, Below | None] = {}
        start = _end(_BLANK, text, 0)
        self.root = Spot(start, start)
        try:
            self._known[start], end = self._look(start, _EAGER)
        except RecursionError as cause:
            raise ValueError("too deep") from cause
        if _end(_BLANK, text, end) < len(text):
            raise ValueError("text after the end")

    def below(self, spot: Spot) -> Below | None:
        """Return the children of *spot*; None for a scalar."""
        if spot.at not in self._known:
            self._known[spot.at] = self._look(spot.at, 0)[0]
        return self._known[spot.at]

    def _end(self, at: int, eager: int) -> int:
        """Return where the value that begins at *at* ends; so many levels of it are looked into on the way."""
        if not eager or self._text[at : at + 1] not in _CLOSING or len(self._known) > _MANY:
            return _DECODER.raw_decode(self._text, at)[1]
        self._known[at], end = self._look(at, eager)
        return end

    def _look(self, at: int, eager: int) -> tuple[Below | None, int]:
        """Return the children of the value that begins at *at*, and where it ends.

        What is in them is passed over, but for as many levels as *eager* says.
        """
        text = self._text
        closing = _CLOSING.get(text[at : at + 1])
        if closing is None:
            return None, _DECODER.raw_decode(text, at)[1]
        members: dict[str, Spot] = {}
        items: list[Spot] = []
        below: Below = members if closing == "}" else items
        at = _end(_BLANK, text, at + 1)
        if text[at : at + 1] == closing:
            return below, at + 1
        while True:
            if closing == "}":
                key, value_at = _key(text, at)
                members.setdefault(key, Spot(value_at, at))
            else:
                value_at = at
                items.append(Spot(at, at))
            after = _found(_AFTER, text, self._end(value_at, max(0, eager - 1)))
            if after[1] == closing:
                return below, after.end(1)
            if after[1] != ",":
                raise ValueError("closed by another mark than opened by")
            at = after.end()


def _key(text: str, at: int) -> tuple[str, int]:
    """Return the key that begins at *at*, and where its value begins."""
    if text[at : at + 1] != '"':
        raise ValueError("a key is no string")
    key, end = _DECODER.raw_decode(text, at)
    return str(key), _end(_COLON, text, end)


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    return _found(pattern, text, at).end()


def _found(pattern: re.Pattern[str], text: str, at: int) -> re.Match[str]:
    found = pattern.match(text, at)
    if found is None:
        raise ValueError("a mark is missing")
    return found
