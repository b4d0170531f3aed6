"""The parts of a check: each can be asked for by itself."""

from __future__ import annotations

import difflib
import enum
from collections.abc import Iterable

from apictl.errors import ApictlError

_LONGEST = 60


class Part(enum.Enum):
    """What is looked at."""

    LINT = "lint"
    """The documents themselves."""
    GENERATED = "generated"
    """Whether generated code is what the contracts say."""
    BREAKING = "breaking"
    """Changes since the base that break somebody."""
    TRAFFIC = "traffic"
    """Whether what services send each other, and call of each other, fits."""
    TESTS = "tests"
    """Whether the stubs keep their contracts."""


def chosen_parts(only: Iterable[str], skip: Iterable[str]) -> frozenset[Part]:
    """Return the parts that *only* names, or all, without those that *skip* names; commas separate names, too.

    Raises:
        ApictlError: there is no such part, or none is left.
    """
    wanted = frozenset(_named(only)) or frozenset(Part)
    left = wanted - frozenset(_named(skip))
    if not left:
        raise ApictlError("no part is left to be checked")
    return left


def _named(texts: Iterable[str]) -> Iterable[Part]:
    known = {part.value: part for part in Part}
    for name in (name.strip() for text in texts for name in text.split(",")):
        if name not in known:
            close = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"known are {', '.join(known)}"
            raise ApictlError(f"there is no part {name[:_LONGEST]!r} of a check", hint=hint)
        yield known[name]
