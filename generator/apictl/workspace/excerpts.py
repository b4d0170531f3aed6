"""Lines of documents for messages, as findings carry none."""

from __future__ import annotations

import bisect
import codecs
import functools
import itertools
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from apictl.findings import Place
from apictl.source.decoding import is_binary
from apictl.source.fetch import Fetch, FetchError
from apictl.workspace.fetching import disk_fetch

_BLOCK: Final = 65_536


def excerpts(root: Path) -> Callable[[Place], str | None]:
    """Return a function that reads the line a place is on again from the disk; None when it can't be shown."""
    fetch = disk_fetch(root)
    return _excerpts(lambda path: _bytes_at(fetch, path))


def text_excerpts(texts: Mapping[str, str]) -> Callable[[Place], str | None]:
    """Return a function that gives the line of *texts*, by path, that a place is on; None when there is none."""
    return _excerpts(lambda path: texts.get(path, "").encode("utf-8", "backslashreplace"))


def prefixed_excerpts(folders: Mapping[str, Path]) -> Callable[[Place], str | None]:
    """Return a function that does as that of `excerpts`, for paths that begin with the prefix of one of *folders*."""

    def content(path: str) -> bytes:
        prefix = max((each for each in folders if path.startswith(each)), key=len, default=None)
        return b"" if prefix is None else _bytes_at(disk_fetch(folders[prefix]), path.removeprefix(prefix))

    return _excerpts(content)


def text_at(fetch: Fetch, path: str) -> str:
    """Return the text at *path*, which may be no document; "" when it can't be had, or holds no text at all."""
    return _bytes_at(fetch, path).decode("utf-8-sig", "backslashreplace")


def _bytes_at(fetch: Fetch, path: str) -> bytes:
    try:
        raw = fetch(path)
    except FetchError:
        return b""
    return b"" if is_binary(path, raw) else raw


def _excerpts(content: Callable[[str], bytes]) -> Callable[[Place], str | None]:
    lines = functools.cache(lambda path: _Lines(content(path)))

    def excerpt(place: Place) -> str | None:
        return None if place.line is None else lines(place.path).line(place.line)

    return excerpt


class _Lines:
    """Lines of a document of which few are wanted: only those are decoded."""

    def __init__(self, content: bytes) -> None:
        # The ends of lines that YAML counts, not all that str.splitlines knows.
        content = content.removeprefix(codecs.BOM_UTF8)
        self._content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in content else content

    @functools.cached_property
    def _ended(self) -> tuple[int, ...]:
        """How many lines end before each block, and in all."""
        blocks = range(0, len(self._content), _BLOCK)
        return (0, *itertools.accumulate(self._content.count(b"\n", start, start + _BLOCK) for start in blocks))

    def line(self, number: int) -> str | None:
        """Return the line of *number*, from 1; None when there is none."""
        if not 1 <= number <= self._ended[-1] + 1:
            return None
        before = number - 1
        block = max(0, bisect.bisect_left(self._ended, before) - 1)
        start = block * _BLOCK
        for _ in range(before - self._ended[block]):
            start = self._content.index(b"\n", start) + 1
        end = self._content.find(b"\n", start)
        return self._content[start : len(self._content) if end < 0 else end].decode("utf-8", "backslashreplace")
