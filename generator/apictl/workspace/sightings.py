"""What a run saw of documents: the hash of each, or why it could not be had."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Final

from apictl.source.fetch import Fetch, FetchError

_CHANGED: Final = "changed"
"""What is kept of a document that was another one when it was read again: the sight of none."""


class Sightings:
    """Gives documents, and keeps what each of them was."""

    def __init__(self, fetch: Fetch) -> None:
        """Read through *fetch*."""
        self._fetch = fetch
        self._found: dict[str, str] = {}

    @property
    def found(self) -> Mapping[str, str]:
        """What was seen so far, by path."""
        return self._found

    def fetch(self, path: str) -> bytes:
        """Return the document at *path*.

        Raises:
            FetchError: it can't be had.
        """
        try:
            raw = self._fetch(path)
        except FetchError as fault:
            self._keep(path, _sight_of_fault(fault))
            raise
        self._keep(path, _sight_of(raw))
        return raw

    def _keep(self, path: str, sight: str) -> None:
        self._found[path] = sight if self._found.get(path, sight) == sight else _CHANGED


def together(found: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Return what was seen in several places, by path."""
    result: dict[str, str] = {}
    for each in found:
        for path, seen in each.items():
            result[path] = seen if result.get(path, seen) == seen else _CHANGED
    return result


def sight(fetch: Fetch, path: str) -> str:
    """Return what is to be seen at *path* now."""
    try:
        return _sight_of(fetch(path))
    except FetchError as fault:
        return _sight_of_fault(fault)


def _sight_of(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def _sight_of_fault(fault: FetchError) -> str:
    return f"{fault.rule}: {fault}"
