"""The documents that a contract is made of: its own, and all that references lead to."""

from __future__ import annotations

from collections.abc import Iterable

from apictl.findings import Place
from apictl.source.library import FetchError, Library
from apictl.source.limits import MAX_DOCUMENTS
from apictl.source.outgoing import outgoing


def reached(library: Library, documents: Iterable[str]) -> tuple[str, ...]:
    """Return *documents* and all that their references lead to, sorted; files that are not there are among them."""
    waiting = list(documents)
    seen = set(waiting)
    while waiting:
        path = waiting.pop()
        try:
            document = library.document(path)
        except FetchError:
            continue
        if document is None:
            continue
        for address in outgoing(Place(path), document.tree):
            if address.path not in seen and len(seen) <= MAX_DOCUMENTS:
                seen.add(address.path)
                waiting.append(address.path)
    return tuple(sorted(seen))
