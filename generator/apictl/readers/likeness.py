"""What somebody meant who misspelled a name."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Final

_LONGEST: Final = 100
_MOST: Final = 2_000
_SHOWN: Final = 60


def closest(name: str, known: Iterable[str]) -> str | None:
    """Return the one of *known* that is most like *name*; None when none is like it."""
    if len(name) > _LONGEST:
        return None
    likely = sorted(each for each in known if abs(len(each) - len(name)) <= len(name))[:_MOST]
    # Case is a slip like any other, and to difflib a letter in the other case is another letter.
    folded = {each.casefold(): each for each in reversed(likely)}
    found = difflib.get_close_matches(name.casefold(), folded, n=1)
    return folded[found[0]] if found else None


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """Return a hint that asks for the one of *known* that is most like *name*; None when none is."""
    close = closest(name, known)
    return None if close is None else f"did you mean {close[:_SHOWN]!r}?"
