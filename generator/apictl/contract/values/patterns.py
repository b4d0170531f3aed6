"""Regular expressions of ECMA-262 as trees: what `pattern` and `patternProperties` are written in."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Final, TypeAlias

from apictl.contract.values.characters import (
    DIGITS,
    LAST_POINT,
    SPACE,
    WORD,
    Ranges,
    complement,
    merged_spans,
    property_ranges,
)

_LENGTH_LIMIT: Final = 5000
_DEPTH_LIMIT: Final = 50
_CONTROLS: Final = {"n": 10, "r": 13, "t": 9, "v": 11, "f": 12, "0": 0}


class UnreadablePattern(Exception):
    """A pattern that is no regular expression, or one too large to read."""


@dataclass(frozen=True, slots=True)
class Characters:
    """One character out of `ranges`."""

    ranges: Ranges


@dataclass(frozen=True, slots=True)
class Sequence:
    """Its items, one after the other."""

    items: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Alternation:
    """Any one of its options."""

    options: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Repetition:
    """Its item, `least` to `most` times; None is no limit."""

    item: Pattern
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """A captured item; `number` is what a backreference names, 1-based, or a name."""

    item: Pattern
    number: int
    name: str


@dataclass(frozen=True, slots=True)
class Backreference:
    """The text of a group again."""

    group: str


@dataclass(frozen=True, slots=True)
class Assertion:
    """A condition of no width: `^`, `$`, a lookahead `?=` for `item`, or a kind that is left to the judge."""

    kind: str
    item: Pattern | None = None


Pattern: TypeAlias = Characters | Sequence | Alternation | Repetition | Group | Backreference | Assertion


@functools.lru_cache(maxsize=1024)
def parse_pattern(text: str) -> Pattern:
    """Return the tree of the regular expression *text*.

    Raises:
        UnreadablePattern: it is none, or larger than is read here.
    """
    if len(text) > _LENGTH_LIMIT:
        raise UnreadablePattern(f"longer than {_LENGTH_LIMIT} characters")
    reader = _Reader(text)
    tree = reader.alternation(0)
    if reader.position < len(text):
        raise UnreadablePattern(f"unexpected {text[reader.position]!r} at {reader.position}")
    return tree


class _Reader:
    """A recursive descent over the grammar of ECMA-262, 22.2.1."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.groups = 0

    def alternation(self, depth: int) -> Pattern:
        if depth > _DEPTH_LIMIT:
            raise UnreadablePattern(f"nested deeper than {_DEPTH_LIMIT}")
        options = [self._sequence(depth)]
        while self._takes("|"):
            options.append(self._sequence(depth))
        return options[0] if len(options) == 1 else Alternation(tuple(options))

    def _sequence(self, depth: int) -> Pattern:
        items: list[Pattern] = []
        while self.position < len(self.text) and self.text[self.position] not in "|)":
            items.append(self._quantified(self._atom(depth)))
        return items[0] if len(items) == 1 else Sequence(tuple(items))

    def _quantified(self, item: Pattern) -> Pattern:
        bounds = self._bounds()
        if bounds is None:
            return item
        self._takes("?") or self._takes("+")  # lazy, or possessive elsewhere: the same strings
        return Repetition(item, *bounds)

    def _bounds(self) -> tuple[int, int | None] | None:
        for sign, bounds in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self._takes(sign):
                return bounds
        if self._peek() != "{":
            return None
        inside, brace, _ = self.text[self.position + 1 :].partition("}")
        least, comma, most = inside.partition(",")
        if not brace or not least.isdecimal() or not (most.isdecimal() or not most) or len(inside) > 12:  # noqa: PLR2004
            return None  # a literal brace (ECMA-262, B.1.2)
        self.position += len(inside) + 2
        return int(least), (int(most) if most else None) if comma else int(least)

    def _atom(self, depth: int) -> Pattern:
        sign = self._next()
        match sign:
            case "^" | "$":
                return Assertion(sign)
            case ".":
                return Characters(complement(((10, 10), (13, 13), (0x2028, 0x2029))))
            case "(":
                return self._group(depth)
            case "[":
                return Characters(self._class())
            case "\\":
                return self._escape()
            case "*" | "+" | "?":
                raise UnreadablePattern(f"nothing to repeat at {self.position - 1}")
            case _:
                return _literal(ord(sign))

    def _group(self, depth: int) -> Pattern:
        kind, name, number = "", "", 0
        for opener in ("?:", "?=", "?!", "?<=", "?<!"):
            if self._takes(opener):
                kind = opener
                break
        else:
            if self._takes("?P<") or self._takes("?<"):
                name = self._until(">")
            elif self._peek() == "?":
                raise UnreadablePattern(f"unknown group at {self.position}")
            self.groups += 1
            number = self.groups
        item = self.alternation(depth + 1)
        if not self._takes(")"):
            raise UnreadablePattern("a group is not closed")
        if kind == "?:":
            return item
        return Assertion(kind, item if kind == "?=" else None) if kind else Group(item, number, name)

    def _escape(self) -> Pattern:
        sign = self._next()
        if sign in "bBAzZ":
            return Assertion({"A": "^", "z": "$", "Z": "$"}.get(sign, sign))
        if sign == "k" and self._takes("<"):
            return Backreference(self._until(">"))
        if sign in "123456789":
            digits = sign
            while self._peek().isdecimal():
                digits += self._next()
            return Backreference(digits)
        return Characters(self._escaped(sign))

    def _class(self) -> Ranges:
        is_negated = self._takes("^")
        ranges: list[tuple[int, int]] = []
        while not self._takes("]"):
            first = self._class_atom()
            if self._peek() == "-" and self.text[self.position + 1 : self.position + 2] not in ("]", ""):
                self._next()
                last = self._class_atom()
                if len(first) == len(last) == 1 and first[0][0] <= last[0][1]:
                    ranges.append((first[0][0], last[0][1]))
                    continue
                ranges += [*last, (45, 45)]
            ranges += first
        spans = merged_spans(ranges)
        return complement(spans) if is_negated else spans

    def _class_atom(self) -> Ranges:
        sign = self._next()
        if sign != "\\":
            return ((ord(sign), ord(sign)),)
        sign = self._next()
        return ((8, 8),) if sign == "b" else self._escaped(sign)

    def _escaped(self, sign: str) -> Ranges:
        classes = {"d": DIGITS, "w": WORD, "s": SPACE}
        if sign.lower() in classes:
            ranges = classes[sign.lower()]
            return ranges if sign.islower() else complement(ranges)
        if sign in "pP" and self._takes("{"):
            ranges = property_ranges(self._until("}"))
            return ranges if sign == "p" else complement(ranges)
        point = self._code_point(sign)
        return ((point, point),)

    def _code_point(self, sign: str) -> int:
        if sign == "u" and self._takes("{"):
            return _hexadecimal(self._until("}"))
        width = {"u": 4, "x": 2}.get(sign)
        if width is not None:
            digits = self.text[self.position : self.position + width]
            self.position += width
            return _hexadecimal(digits)
        if sign == "c" and self._peek():
            return ord(self._next()) % 32
        return _CONTROLS.get(sign, ord(sign))

    def _peek(self) -> str:
        return self.text[self.position : self.position + 1]

    def _next(self) -> str:
        if self.position >= len(self.text):
            raise UnreadablePattern("it ends too early")
        self.position += 1
        return self.text[self.position - 1]

    def _takes(self, sign: str) -> bool:
        if self.text.startswith(sign, self.position):
            self.position += len(sign)
            return True
        return False

    def _until(self, sign: str) -> str:
        inside, found, _ = self.text[self.position :].partition(sign)
        if not found:
            raise UnreadablePattern(f"{sign!r} is missing")
        self.position += len(inside) + 1
        return inside


def _literal(point: int) -> Characters:
    return Characters(((point, point),))


def _hexadecimal(digits: str) -> int:
    try:
        point = int(digits, 16)
    except ValueError:
        raise UnreadablePattern(f"{digits!r} is no hexadecimal number") from None
    if point > LAST_POINT:
        raise UnreadablePattern(f"{digits!r} is no code point")
    return point
