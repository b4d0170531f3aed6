"""Lines around a place with the word at it marked, as the page shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from apictl.findings import Place
from apictl.report.diff.lines import is_fresh, is_gone
from apictl.report.diff.page.views import FrameLine, FrameView
from apictl.report.diff.verdict import Verdict
from apictl.report.text import Excerpt, spot, visible

_BEFORE: Final = 2
_AFTER: Final = 1
_LONGEST: Final = 500
_LEAD: Final = 200
_WORD: Final = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^\s,:\[\]{}"']+|.""")


def frames(verdict: Verdict, excerpt: Excerpt) -> tuple[FrameView, ...]:
    """Return the old and the new lines that *verdict* is about, in this order."""
    change, place = verdict.change, verdict.finding.place
    gone = "removed; this is what held it" if is_gone(change, excerpt) else ""
    fresh = "added; this is what holds it" if is_fresh(change, excerpt) else ""
    new = _frame(place, excerpt, caption="now", note=gone)
    if change.old == place:
        return (new,)
    return (_frame(change.old, excerpt, caption="before", note=fresh), new)


def _frame(place: Place, excerpt: Excerpt, *, caption: str, note: str) -> FrameView:
    kind = "old" if caption == "before" else "new"
    lines = tuple(_lines(place, excerpt, is_marked=not note)) if place.line is not None else ()
    return FrameView(caption, spot(place), note, kind, _outdented(lines))


def _outdented(lines: tuple[FrameLine, ...]) -> tuple[FrameLine, ...]:
    """Return *lines* without the blanks that all of them begin with, as there is little room beside each other."""
    texts = [(line.before + line.mark) for line in lines if (line.before + line.mark).strip()]
    common = min((len(text) - len(text.lstrip(" ")) for text in texts), default=0)
    return tuple(replace(line, before=line.before[common:]) for line in lines)


def _lines(place: Place, excerpt: Excerpt, *, is_marked: bool) -> Iterator[FrameLine]:
    line = place.line or 1
    for number in range(max(1, line - _BEFORE), line + _AFTER + 1):
        text = excerpt(Place(place.path, "", number, 1))
        if number != line:
            if text is not None and (text.strip() or number < line):
                yield FrameLine(number, visible(text[:_LONGEST]).rstrip())
        elif text is not None:
            column = (place.column or 1) - 1
            yield _meant(number, text, column) if is_marked else FrameLine(number, visible(text[:_LONGEST]))


def _meant(number: int, text: str, column: int) -> FrameLine:
    """Return the line with the word at *column* marked; what is far from it is left out."""
    start = max(0, column - _LEAD) if len(text) > _LONGEST else 0
    before = ("…" if start else "") + visible(text[start:column])
    found = _WORD.match(text[column : column + _LONGEST])
    mark = found[0] if found else ""
    rest = text[column + len(mark) :]
    return FrameLine(number, before, visible(mark), visible(rest[:_LONGEST]).rstrip(), is_meant=True)
