"""Lines of documents for messages: read again from the disk, as findings carry none."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

from apictl.findings import Place
from apictl.source.library import FetchError
from apictl.workspace.fetching import disk_fetch


def excerpts(root: Path) -> Callable[[Place], str | None]:
    """Return a function that gives the line a place is on; None when it can't be shown."""
    fetch = disk_fetch(root)

    @functools.cache
    def lines(path: str) -> tuple[str, ...]:
        try:
            text = fetch(path).decode("utf-8-sig", "backslashreplace")
        except FetchError:
            return ()
        # The ends of lines that YAML counts, not all that str.splitlines knows.
        return tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))

    def excerpt(place: Place) -> str | None:
        found = lines(place.path)
        return found[place.line - 1] if place.line is not None and 0 < place.line <= len(found) else None

    return excerpt
