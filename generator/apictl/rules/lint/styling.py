"""Names that are written otherwise than their siblings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from apictl.findings import Place
from apictl.rules.lint.rule import Flaw
from apictl.rules.lint.words import common_case, is_written, quoted, respelled


def misspelled(names: Sequence[tuple[str, Place]], what: str) -> Iterator[Flaw]:
    """Yield those of *names* that are not written as most are, each name once; *what* is what a message calls them."""
    case = common_case(sorted({name for name, _ in names}))
    if case is None:
        return
    told: set[str] = set()
    for name, place in names:
        better = respelled(name, case)
        if name and name not in told and not is_written(name, case) and better != name and is_written(better, case):
            told.add(name)
            hint = f"write {quoted(better)}"
            yield Flaw(f"{what} {quoted(name)} is not in {case.value}, as most others are", place, hint=hint)
