"""Regular expressions: what not every engine reads, and what takes too long."""

from __future__ import annotations

import re
from typing import Final

_PECULIAR: Final = (
    (re.compile(r"\(\?[=!]"), "looks ahead, which Rust refuses"),
    (re.compile(r"\(\?<[=!]"), "looks behind, which Rust refuses"),
    (re.compile(r"\\[1-9]|\\k<"), "refers back to a group, which Rust refuses"),
    (re.compile(r"\(\?<[A-Za-z_]"), "names a group as Python does not"),
    (re.compile(r"\\[pP]\{"), "names a property of Unicode, which Python refuses"),
    (re.compile(r"\\u\{|\\c[A-Za-z]"), "has an escape that Python refuses"),
    (re.compile(r"\(\?P[<=]|\\[AZz]"), "has an escape or a group that ECMAScript does not know"),
)
_ESCAPED: Final = re.compile(r"\\\\|\[(?:\\.|[^\]\\])*\]")
"""A backslash that stands for itself, and a class, in which parentheses mean nothing."""
_PIECE: Final = re.compile(
    r"\\.|\[(?:\\.|[^\]\\])*\]|\((?:\?(?:[:=!]|<[=!]|P?<\w+>))?|[)|]|(?:[*+?]|\{\d*,?\d*\})\??|[^\\\[]", re.DOTALL
)
_UNBOUNDED: Final = re.compile(r"[*+]|\{\d*,\}")
_LONGEST: Final = 2_000


def portability_flaw(pattern: str) -> str:
    """Return why *pattern* is not read by every engine that generated code or its callers may use; "" when it is."""
    plain = _ESCAPED.sub(lambda found: found[0] if found[0][0] == "[" and "\\" in found[0] else "", pattern)
    return next((flaw for peculiar, flaw in _PECULIAR if peculiar.search(plain)), "")


def slowness(pattern: str) -> bool:
    """Whether *pattern* repeats what only holds repetitions, as `(a+)+`: some texts then take exponential time."""
    if len(pattern) > _LONGEST:
        return False
    # For each open group: whether its current branch has something that must be there exactly once or a few times,
    # and whether it repeats something; and whether any branch before has the second without the first.
    stack: list[list[bool]] = [[False, False, False]]
    pieces = [match[0] for match in _PIECE.finditer(pattern)]
    for index, piece in enumerate(pieces):
        behind = pieces[index + 1] if index + 1 < len(pieces) else ""
        is_repeated = _UNBOUNDED.match(behind) is not None
        is_optional = is_repeated or behind.startswith("?")
        if piece[0] == "(":
            stack.append([False, False, False])
        elif piece == "|":
            _end_branch(stack[-1])
        elif piece == ")" and len(stack) > 1:
            closed = stack.pop()
            _end_branch(closed)
            if is_repeated and closed[2]:
                return True
            stack[-1][1] |= closed[2] or is_repeated
            stack[-1][0] |= not is_optional and not closed[2]
        elif piece[0] not in "*+?{^$" and piece not in {"\\b", "\\B"}:
            stack[-1][1] |= is_repeated
            stack[-1][0] |= not is_optional
    return False


def _end_branch(group: list[bool]) -> None:
    group[2] |= group[1] and not group[0]
    group[0] = group[1] = False
