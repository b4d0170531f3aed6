"""JSON text → the places of its nodes and of its flaws; strict (RFC 8259), iterative, slower than a parser."""

from __future__ import annotations

import enum
import json
import re
from dataclasses import dataclass
from typing import NoReturn

from apictl.source.flaws import Flaw, quoted
from apictl.source.layout import unclosed_bracket
from apictl.source.limits import MAX_DIGITS, MAX_FLAWS, MAX_NESTING
from apictl.source.spots import Spot
from apictl.support.pointers import join_pointer

_TOKEN = re.compile(
    r"[ \t\n\r]*+(?:"
    r'("[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*+)*+")'
    r"|(-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?+(?:[eE][-+]?[0-9]++)?+)(?![0-9.])"
    r"|(true|false|null|NaN|-?Infinity)\b"
    r"|([{}\[\],:]))"
)
_STRING, _NUMBER, _WORD = 1, 2, 3
_BLANK = re.compile(r"[ \t\n\r]*+")
_STRING_HEAD = re.compile(r'"[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*+)*+')
# A surrogate pair, half of one (group 1), or any other escape.
_ESCAPE = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F]|(\\u[dD][89a-fA-F])|\\.")
_FIRST_PRINTABLE = " "


class _Expected(enum.Enum):
    """What may come next."""

    VALUE = "a value"
    ITEM_OR_END = "a value or ']'"
    KEY = "a key in double quotes"
    KEY_OR_END = "a key in double quotes or '}'"
    COLON = "':'"
    COMMA_OR_BRACE = "',' or '}'"
    COMMA_OR_BRACKET = "',' or ']'"
    NOTHING = "the end of the document"


@dataclass(slots=True)
class _Open:
    """An object or array that is not closed yet."""

    at: int
    key_at: int
    below: dict[str, Spot] | list[Spot]
    key: str = ""
    member_at: int = 0


class _Stop(Exception):
    """Nothing after this flaw can be read."""


def scan_json(text: str) -> tuple[Spot | None, list[Flaw]]:
    """Return the places of the nodes of *text* (None when it can't be read to its end) and its flaws."""
    scanner = _Scanner(text)
    try:
        scanner.run()
    except _Stop:
        return None, scanner.flaws
    return scanner.root, scanner.flaws


class _Scanner:
    """One pass over one text."""

    def __init__(self, text: str) -> None:
        self.root: Spot | None = None
        self.flaws: list[Flaw] = []
        self._text = text
        self._open: list[_Open] = []

    def run(self) -> None:
        """Read the text to its end.

        Raises:
            _Stop: there is a flaw after which nothing can be read.
        """
        text, match_token = self._text, _TOKEN.match
        expected, at = _Expected.VALUE, 0
        while expected is not _Expected.NOTHING:
            token = match_token(text, at)
            if token is None or not (kind := token.lastindex):
                self._refuse(at, expected)
            start, at = token.start(kind), token.end()
            if kind == _STRING and (expected is _Expected.KEY or expected is _Expected.KEY_OR_END):
                self._take_key(start, at)
                expected = _Expected.COLON
            elif kind <= _WORD:
                if expected is not _Expected.VALUE and expected is not _Expected.ITEM_OR_END:
                    self._refuse(start, expected)
                self._check_scalar(kind, start, at)
                expected = self._put(Spot(start, self._key_at(start)))
            else:
                expected = self._take_mark(start, expected)
        rest = _BLANK.match(text, at)
        if rest is not None and rest.end() < len(text):
            self._refuse(rest.end(), expected)

    def _take_mark(self, start: int, expected: _Expected) -> _Expected:
        match self._text[start], expected:
            case "{", (_Expected.VALUE | _Expected.ITEM_OR_END):
                after = self._enter(_Open(start, self._key_at(start), {}))
            case "[", (_Expected.VALUE | _Expected.ITEM_OR_END):
                after = self._enter(_Open(start, self._key_at(start), []))
            case ("}", (_Expected.KEY_OR_END | _Expected.COMMA_OR_BRACE)) | (
                "]",
                (_Expected.ITEM_OR_END | _Expected.COMMA_OR_BRACKET),
            ):
                closed = self._open.pop()
                after = self._put(Spot(closed.at, closed.key_at, closed.below))
            case ":", _Expected.COLON:
                after = _Expected.VALUE
            case ",", _Expected.COMMA_OR_BRACE:
                after = _Expected.KEY
            case ",", _Expected.COMMA_OR_BRACKET:
                after = _Expected.VALUE
            case _:
                self._refuse(start, expected)
        return after

    def _enter(self, opened: _Open) -> _Expected:
        if len(self._open) >= MAX_NESTING:
            self._stop(Flaw("nesting-limit", opened.at, f"document is nested deeper than {MAX_NESTING} levels"))
        self._open.append(opened)
        return _Expected.KEY_OR_END if isinstance(opened.below, dict) else _Expected.ITEM_OR_END

    def _put(self, spot: Spot) -> _Expected:
        if not self._open:
            self.root = spot
            return _Expected.NOTHING
        holder = self._open[-1]
        if isinstance(holder.below, list):
            holder.below.append(spot)
            return _Expected.COMMA_OR_BRACKET
        # The first of equal keys counts, here as in the tree.
        holder.below.setdefault(holder.key, spot)
        return _Expected.COMMA_OR_BRACE

    def _key_at(self, start: int) -> int:
        if self._open and isinstance(self._open[-1].below, dict):
            return self._open[-1].member_at
        return start

    def _take_key(self, start: int, end: int) -> None:
        raw = self._text[start:end]
        holder = self._open[-1]
        # Half a surrogate pair becomes "?": the key is part of pointers that will be printed.
        holder.key = json.loads(raw).encode("utf-8", "replace").decode() if "\\" in raw else raw[1:-1]
        holder.member_at = start
        self._check_surrogates(raw, start)
        if isinstance(holder.below, dict) and (first := holder.below.get(holder.key)) is not None:
            related = ("first defined here", first.key_at)
            message = f"key {quoted(holder.key)} is defined twice"
            flaw = Flaw("key-duplicate", start, message, pointer=self._pointer(), on_key=True, related=related)
            self._add(flaw)

    def _check_scalar(self, kind: int, start: int, end: int) -> None:
        raw = self._text[start:end]
        if kind == _STRING:
            self._check_surrogates(raw, start)
        elif kind == _WORD and raw not in ("true", "false", "null"):
            self._flaw("number-not-finite", start, f"number {raw} is not finite and has no place in JSON")
        elif kind == _NUMBER and len(raw) > MAX_DIGITS:
            self._flaw("number-too-large", start, f"number has {len(raw)} characters, more than {MAX_DIGITS}")
        elif kind == _NUMBER and abs(float(raw)) == float("inf"):
            self._check_range(raw, start)

    def _check_range(self, raw: str, start: int) -> None:
        # An integer is kept as it is, however large; only a fraction or an exponent makes a float.
        if not raw.lstrip("-").isdigit():
            self._flaw("number-not-finite", start, f"number {quoted(raw)} is too large for a double")

    def _check_surrogates(self, raw: str, start: int) -> None:
        if "\\u" in raw and (lone := next((found for found in _ESCAPE.finditer(raw) if found[1]), None)):
            message = "string holds half of a surrogate pair, which is no character"
            self._flaw("control-character", start + lone.start(), message)

    def _flaw(self, rule: str, at: int, message: str) -> None:
        self._add(Flaw(rule, at, message, pointer=self._pointer()))

    def _add(self, flaw: Flaw) -> None:
        self.flaws.append(flaw)
        if len(self.flaws) >= MAX_FLAWS:
            raise _Stop

    def _stop(self, flaw: Flaw) -> NoReturn:
        self.flaws.append(flaw)
        raise _Stop

    def _pointer(self) -> str:
        return join_pointer([str(len(o.below)) if isinstance(o.below, list) else o.key for o in self._open])

    def _refuse(self, at: int, expected: _Expected) -> NoReturn:
        """Say what is there instead of what was *expected*."""
        text = self._text
        blank = _BLANK.match(text, at)
        start = blank.end() if blank else at
        opener = self._open[-1] if self._open else None
        related = ("opened here", opener.at) if opener else None
        if opener is not None and (unclosed := unclosed_bracket(text, start)) is not None:
            told = ("text ends here" if unclosed[1] >= len(text) else "this line is outside of it", unclosed[1])
            self._stop(Flaw("json-syntax", unclosed[0], f"'{text[unclosed[0]]}' is not closed", related=told))
        if start >= len(text):
            self._stop(Flaw("json-syntax", start, f"text ends, expected {expected.value}", related=related))
        if text[start] == '"' and (head := _STRING_HEAD.match(text, start)):
            self._refuse_string(start, head.end(), expected)
        if text[start] < _FIRST_PRINTABLE:
            message = f"control character U+{ord(text[start]):04X} between values"
            self._stop(Flaw("control-character", start, message))
        message = f"expected {expected.value}, found {quoted(text[start])}"
        hint = _hint(text, start, expected)
        self._stop(Flaw("json-syntax", start, message, related=related, hint=hint))

    def _refuse_string(self, start: int, end: int, expected: _Expected) -> None:
        text = self._text
        opened = ("string begins here", start)
        if end >= len(text):
            self._stop(Flaw("json-syntax", end, "text ends inside a string", related=opened))
        if text[end] == "\\":
            self._stop(Flaw("json-syntax", end, f"unknown escape {quoted(text[end : end + 2])}", related=opened))
        if text[end] in "\r\n":
            self._stop(Flaw("json-syntax", end, "line ends inside a string", related=opened))
        if text[end] < _FIRST_PRINTABLE:
            message = f"control character U+{ord(text[end]):04X} inside a string"
            self._stop(Flaw("control-character", end, message, related=opened, hint=f"write \\u{ord(text[end]):04x}"))
        # A whole string in the wrong place.
        self._stop(Flaw("json-syntax", start, f"expected {expected.value}, found a string"))


def _hint(text: str, start: int, expected: _Expected) -> str | None:
    match text[start], expected:
        case ("}", _Expected.KEY) | ("]", _Expected.VALUE):
            return "remove the trailing comma"
        case (("/" | "#"), _):
            return "JSON has no comments; remove it, or name the file .yaml and use '#'"
        case "'", _:
            return "use double quotes"
        case _:
            return None
