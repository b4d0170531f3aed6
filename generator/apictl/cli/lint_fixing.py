"""What `apictl lint --fix` writes, as a patch."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

from apictl.report.text import printable


@dataclass(frozen=True, slots=True)
class Patch:
    """A document that is mended.

    Attributes:
        path: as the person sees it.
        old: its text.
        new: its text afterwards.
        count: of findings that are mended.
    """

    path: str
    old: str
    new: str
    count: int

    def lines(self) -> Iterator[str]:
        """Yield a unified diff, with everything escaped that a terminal would obey."""
        old, new = ([line.removesuffix("\r") for line in text.split("\n")] for text in (self.old, self.new))
        for line in difflib.unified_diff(old, new, f"a/{self.path}", f"b/{self.path}", lineterm=""):
            yield "\t".join(printable(part) for part in line.split("\t"))
