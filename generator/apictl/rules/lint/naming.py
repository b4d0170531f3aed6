"""Names that become one in generated code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from apictl.findings import Place, Related
from apictl.rules.lint.rule import Flaw
from apictl.rules.lint.words import quoted


def clashes(names: Iterable[tuple[str, Place]], spell: Callable[[str], str], *, what: str) -> Iterator[Flaw]:
    """Yield each of *names* that *spell* makes the same of as of another before it; *what* is what they are called."""
    first: dict[str, tuple[str, Place]] = {}
    for name, place in names:
        spelled = spell(name)
        before, there = first.setdefault(spelled, (name, place))
        if before != name:
            message = f"{what} {quoted(name)} and {quoted(before)} are both {quoted(spelled)} in Python"
            yield Flaw(message, place, hint="give one of them another name", related=(Related("the other one", there),))
