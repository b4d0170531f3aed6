"""Changes of a text that leave every other byte as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from yaml.events import ScalarEvent

from apictl.findings import Place
from apictl.source.document import Document
from apictl.source.yaml_events import SyntaxFlaw, offset_of, yaml_events

_ENDS: Final = "\r\n"
_BREAK: Final = re.compile(r"\r\n?|\n")
_LAST: Final = re.compile(r"\s*\}")


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """A stretch of a text, and what is to stand there.

    Attributes:
        start: offset in characters.
        end: offset behind the last character.
        text: in its place.
    """

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Scalar:
    """A scalar as it stands in a text.

    Attributes:
        start: offset of its first character, be it a quote.
        end: offset behind its last one.
        value: what it says.
        is_plain: no quotes are around it.
    """

    start: int
    end: int
    value: str
    is_plain: bool


class Scalars:
    """The scalars of a document by where they begin."""

    def __init__(self, document: Document) -> None:
        """Read the text of *document* once more."""
        self._known: dict[int, Scalar] = dict(_scalars(document.text))
        self._starts = [0, *(found.end() for found in _BREAK.finditer(document.text))]

    def at(self, place: Place) -> Scalar | None:
        """Return the scalar that begins at the line and the column of *place*."""
        if place.line is None or place.column is None or place.line > len(self._starts):
            return None
        return self._known.get(self._starts[place.line - 1] + place.column - 1)

    def all(self) -> Iterable[Scalar]:
        """Return all scalars, in the order of the text."""
        return self._known.values()


def applied(text: str, edits: Iterable[Edit]) -> str:
    """Return *text* with *edits*, of which none reaches into another."""
    pieces: list[str] = []
    at = 0
    for edit in sorted(edits):
        pieces += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*pieces, text[at:]])


def without_member(text: str, key: Scalar, value: Scalar) -> Edit | None:
    """Return what takes the member of *key* and *value* out of a mapping in *text*; None where it can't be told.

    A line that holds only this member goes whole; a comment behind it keeps it.
    """
    above = key.start
    while above and text[above - 1].isspace():
        above -= 1
    if above and text[above - 1] == "," and _LAST.match(text, value.end):
        return Edit(above - 1, value.end, "")
    line = max(text.rfind(end, 0, key.start) for end in _ENDS) + 1
    behind = min((at for end in _ENDS if (at := text.find(end, value.end)) >= 0), default=len(text))
    if not text[line : key.start].strip() and not text[value.end : behind].strip():
        width = 2 if text[behind : behind + 2] == "\r\n" else 1
        return Edit(line, min(behind + width, len(text)), "")
    after = text[value.end : behind]
    if after.lstrip().startswith(","):
        width = after.index(",") + 1
        return Edit(key.start, value.end + width + (len(after[width:]) - len(after[width:].lstrip())), "")
    return None


def _scalars(text: str) -> Mapping[int, Scalar]:
    found: dict[int, Scalar] = {}
    try:
        for event in yaml_events(text):
            if isinstance(event, ScalarEvent):
                start, mark = offset_of(event), event.end_mark
                end = start if mark is None else mark.index
                found[start] = Scalar(start, end, event.value, is_plain=not event.style)
    except SyntaxFlaw:
        return {}
    return found
