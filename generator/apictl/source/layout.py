"""Brackets that nobody closed, found by how the lines are indented: the grammar alone notices them too late."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PIECE = re.compile(r'"(?:[^"\\\n]|\\.)*+"|[{}\[\]]|\n[ \t]*+')
_CLOSERS = frozenset("}]")


@dataclass(slots=True)
class _Bracket:
    """A bracket that is not closed yet.

    Attributes:
        at: where it opens.
        indent: of the line it opens in.
        is_begun_beside: whether its line goes on with what is in it, in a bracket that is laid out.
        is_laid_out: whether the lines within tell by their indent that they are; None before there is one.
    """

    at: int
    indent: int
    is_begun_beside: bool
    is_laid_out: bool | None = None


def unclosed_bracket(text: str, before: int) -> tuple[int, int] | None:
    """Return where a bracket of *text* opens that isn't closed, and where the layout shows it, not after *before*.

    *text* is JSON. None when its lines are not indented, or indented as if everything were closed.
    """
    stack: list[_Bracket] = []
    indent = 0
    for found in _PIECE.finditer(text):
        piece, at = found[0], found.start()
        if at > before:
            break
        if piece[0] == "\n":
            indent = len(piece) - 1
            first = text[found.end() : found.end() + 1]
            if stack and first.strip() and _is_outside(stack[-1], indent, first):
                return stack[-1].at, found.end()
        elif piece in _CLOSERS:
            if stack:
                stack.pop()
        elif piece[0] != '"':
            is_filled = text[at + 1 : at + 2] not in ("", "\r", "\n")
            stack.append(_Bracket(at, indent, is_filled and bool(stack and stack[-1].is_laid_out)))
    return (stack[-1].at, len(text)) if stack and before >= len(text.rstrip()) else None


def _is_outside(bracket: _Bracket, indent: int, first: str) -> bool:
    """Whether a line that begins with *first* shows by its *indent* that it isn't within *bracket*."""
    if bracket.is_laid_out is None:
        bracket.is_laid_out = indent > bracket.indent or bracket.is_begun_beside
    if not bracket.is_laid_out:
        return False
    return indent < bracket.indent or (indent == bracket.indent and first not in _CLOSERS)
