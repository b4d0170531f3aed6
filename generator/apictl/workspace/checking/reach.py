"""The documents that a contract is made of: its own, and all that references lead to."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from apictl.findings import Place
from apictl.source.library import Fetch, FetchError, Library
from apictl.source.limits import MAX_DOCUMENTS
from apictl.source.mentions import mentioned
from apictl.source.outgoing import outgoing


def reached(library: Library, documents: Iterable[str]) -> tuple[str, ...]:
    """Return *documents* and all that their references lead to, sorted; files that are not there are among them."""
    return _closed(documents, lambda path: _referred(library, path))


class Outlook:
    """What documents may reach, told without reading most of them as trees."""

    def __init__(self, fetch: Fetch) -> None:
        """Look at documents through *fetch*, at each once."""
        self._fetch = fetch
        self._library = Library(fetch)
        self._known: dict[str, Iterable[str]] = {}

    def reached(self, documents: Iterable[str]) -> tuple[str, ...]:
        """Return, sorted, all documents that `reached` would, and perhaps some that only texts speak of."""
        return _closed(documents, self._referred)

    def certain(self, documents: Iterable[str]) -> tuple[str, ...]:
        """Return exactly what `reached` would."""
        return reached(self._library, documents)

    def _referred(self, path: str) -> Iterable[str]:
        if path not in self._known:
            try:
                quick = mentioned(path, self._fetch(path))
            except FetchError:
                quick = frozenset()
            self._known[path] = _referred(self._library, path) if quick is None else quick
        return self._known[path]


def _closed(documents: Iterable[str], referred: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    waiting = list(documents)
    seen = set(waiting)
    while waiting:
        for path in referred(waiting.pop()):
            if path not in seen and len(seen) <= MAX_DOCUMENTS:
                seen.add(path)
                waiting.append(path)
    return tuple(sorted(seen))


def _referred(library: Library, path: str) -> tuple[str, ...]:
    try:
        document = library.document(path)
    except FetchError:
        return ()
    return () if document is None else tuple(address.path for address in outgoing(Place(path), document.tree))
