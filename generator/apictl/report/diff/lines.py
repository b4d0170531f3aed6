"""The lines of both documents that a change is about, the one that it is not in left out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from apictl.diff.changes import Change
from apictl.findings import Place
from apictl.report.text import Excerpt

_KEY: Final = re.compile(r"""^[\s-]*["']?([^"':\s]{1,200})["']?\s*:""")
_LONGEST: Final = 400


@dataclass(frozen=True, slots=True)
class Lines:
    """What stood there and what stands there.

    Attributes:
        old: None when there was nothing.
        new: None when there is nothing any more.
    """

    old: str | None
    new: str | None


def changed_lines(change: Change, excerpt: Excerpt) -> Lines:
    """Return the lines that *change* is about, as far as they can be shown."""
    old, new = _line(change.old, excerpt), _line(change.new, excerpt)
    if is_gone(change, excerpt):
        return Lines(old, None)
    if is_fresh(change, excerpt):
        return Lines(None, new)
    return Lines(old, new)


def is_gone(change: Change, excerpt: Excerpt) -> bool:
    """Whether the new place is only what would hold the thing that *change* is about."""
    if _holds(change.new, change.old):
        return not _is_same_key(change, excerpt)
    return change.rule.endswith("-removed") and not _is_same_thing(change)


def is_fresh(change: Change, excerpt: Excerpt) -> bool:
    """Whether the old place is only what would hold the thing that *change* is about."""
    if _holds(change.old, change.new):
        return not _is_same_key(change, excerpt)
    return change.rule.endswith("-added") and not _is_same_thing(change)


def _holds(holder: Place, held: Place) -> bool:
    return held.pointer.startswith(f"{holder.pointer}/")


def _is_same_thing(change: Change) -> bool:
    """Whether both places are called the same, as after a component above them was renamed."""
    return change.old.pointer.rpartition("/")[2] == change.new.pointer.rpartition("/")[2]


def _is_same_key(change: Change, excerpt: Excerpt) -> bool:
    """Whether both places are on a line of one key: a value of `enum: [a, b]` stands on the line of its enum."""
    keys = [_KEY.match(_line(place, excerpt) or "") for place in (change.old, change.new)]
    return None not in keys and len({key[1] for key in keys if key}) == 1


def _line(place: Place, excerpt: Excerpt) -> str | None:
    line = excerpt(place) if place.line is not None else None
    return line[:_LONGEST] if line is not None and line.strip() else None
