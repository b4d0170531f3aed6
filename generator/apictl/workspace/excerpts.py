"""Lines of documents for messages, as findings carry none."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from pathlib import Path

from apictl.findings import Place
from apictl.source.decoding import decode, is_binary
from apictl.source.fetch import Fetch, FetchError
from apictl.workspace.fetching import disk_fetch


def excerpts(root: Path) -> Callable[[Place], str | None]:
    """Return a function that reads the line a place is on again from the disk; None when it can't be shown."""
    return _excerpts(functools.partial(text_at, disk_fetch(root)))


def text_excerpts(texts: Mapping[str, str]) -> Callable[[Place], str | None]:
    """Return a function that gives the line of *texts*, by path, that a place is on; None when there is none."""
    return _excerpts(lambda path: texts.get(path, ""))


def prefixed_excerpts(folders: Mapping[str, Path]) -> Callable[[Place], str | None]:
    """Return a function that does as that of `excerpts`, for paths that begin with the prefix of one of *folders*."""

    def text(path: str) -> str:
        prefix = max((each for each in folders if path.startswith(each)), key=len, default=None)
        return "" if prefix is None else text_at(disk_fetch(folders[prefix]), path.removeprefix(prefix))

    return _excerpts(text)


def text_at(fetch: Fetch, path: str) -> str:
    """Return the text at *path*, which may be no document; "" when it can't be had, or holds no text at all."""
    try:
        raw = fetch(path)
    except FetchError:
        return ""
    found = decode(path, raw)
    if isinstance(found, str):
        return found
    return "" if is_binary(path, raw) else raw.decode("utf-8-sig", "backslashreplace")


def _excerpts(text: Callable[[str], str]) -> Callable[[Place], str | None]:
    @functools.cache
    def lines(path: str) -> tuple[str, ...]:
        # The ends of lines that YAML counts, not all that str.splitlines knows.
        return tuple(text(path).replace("\r\n", "\n").replace("\r", "\n").split("\n"))

    def excerpt(place: Place) -> str | None:
        found = lines(place.path)
        return found[place.line - 1] if place.line is not None and 0 < place.line <= len(found) else None

    return excerpt
