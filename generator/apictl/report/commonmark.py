"""Text of others in CommonMark: as prose, as code, in a fence; none of it commands a reader or notifies anybody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from apictl.report.text import printable

_TOKEN: Final = re.compile(r"""(\(?)('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\S+?)((?:[,;:.)]|…)*)(?=\s|$)|(\S+)""")
_QUOTED: Final = re.compile(r"""(['"])(\S(?:.*\S)?)\1""")
_WORD: Final = re.compile(r"[A-Za-z]+(?:'[a-z]+)?|[0-9]{1,6}|…")
"""Letters and short numbers mean nothing to a reader; the rest may be a mention, a link, an issue, a tag, a table."""
_COMMIT: Final = re.compile(r"[0-9a-f]{7,}")
_FENCE: Final = 3


def prose(text: str) -> str:
    """Return *text*, a sentence of apictl's with names of others in it, as one line; what is no plain word is code."""
    return " ".join(_prose(*found.groups("")) for found in _TOKEN.finditer(printable(text)))


def _prose(opening: str, word: str, closing: str, rest: str) -> str:
    """Return a token; a quoted one loses its quotes to the code span."""
    if _is_plain(word):
        return opening + word + closing
    quoted = _QUOTED.fullmatch(word)
    return opening + code(quoted[2] if quoted else word or rest) + closing


def code(text: str) -> str:
    """Return *text* as a code span; mentions, links and markup in it are text (CommonMark 0.31, 6.1)."""
    shown = printable(text)
    fence = "`" * (_longest_run(shown) + 1)
    # One space at both ends is taken away when it is there at both; a span of nothing but spaces keeps them.
    pad = " " if shown.startswith(("`", " ")) or shown.endswith(("`", " ")) else ""
    return f"{fence}{pad}{shown or ' '}{pad}{fence}"


def cell(markup: str) -> str:
    """Return *markup* for a cell of a table, where a pipe ends it even in code (GitHub Flavored Markdown, 4.10)."""
    return markup.replace("|", "\\|")


def fenced(lines: Iterable[str], language: str) -> Iterator[str]:
    """Yield *lines* in a fence that none of them closes."""
    shown = [printable(line) for line in lines]
    fence = "`" * max(_FENCE, 1 + max(map(_longest_run, shown), default=0))
    yield f"{fence}{language}"
    yield from shown
    yield fence


def _is_plain(token: str) -> bool:
    return _WORD.fullmatch(token) is not None and _COMMIT.fullmatch(token) is None


def _longest_run(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)
