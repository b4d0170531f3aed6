"""The documents of one folder, read once, and the ignores that are written in them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

from apictl.findings import Finding
from apictl.readers.expectation import Expectation
from apictl.readers.read import read
from apictl.readers.reading import Reading
from apictl.rules.lint.ignores import Ignore, written_ignores
from apictl.source.library import FetchError, Library
from apictl.workspace.locating import located, located_place
from apictl.workspace.sightings import Sightings
from apictl.workspace.snapshots import Snapshot

_LIMIT = "reference-file-limit"


@dataclass(frozen=True, slots=True)
class Searched:
    """What a document wants not to be told.

    Attributes:
        path: of the document.
        ignores: with their lines.
        flaws: what is wrong with others, with their lines.
    """

    path: str
    ignores: tuple[Ignore, ...]
    flaws: tuple[Finding, ...]


@dataclass(slots=True)
class Shelf:
    """The documents of one folder.

    Attributes:
        folder: that their paths are relative to.
        sightings: what was seen of each.
        library: what was read of it.
        searched: documents whose ignores are known, by path.
    """

    folder: Snapshot
    sightings: Sightings
    library: Library
    searched: dict[str, Searched] = field(default_factory=dict)

    def reading(self, path: str, expected: Expectation, *, service: str) -> tuple[Reading, Library]:
        """Return what the document at *path* holds, and the library that it was read in."""
        library = self.library
        is_shared = bool(library.documents())
        reading = read(library, path, service=service, expected=expected)
        if is_shared and any(each.rule == _LIMIT for each in reading.findings):
            library = Library(self.sightings.fetch)  # the limit is one of each contract, and others have used it up
            reading = read(library, path, service=service, expected=expected)
        return reading, library

    def raw(self, path: str) -> bytes:
        """Return what the file at *path* holds; nothing when it can't be had."""
        try:
            return self.sightings.fetch(path)
        except FetchError:
            return b""

    def search(self, library: Library, paths: Collection[str], known: Collection[str]) -> Iterator[Searched]:
        """Yield the ignores in the documents of *library* at *paths*, sorted; *known* are the ids of all rules."""
        for path in sorted(set(paths)):
            if path not in self.searched:
                self.searched[path] = _searched(library, path, known)
            yield self.searched[path]


def shelf_of(folder: Snapshot) -> Shelf:
    """Return the documents of *folder*, none of them read yet."""
    sightings = Sightings(folder.fetch)
    return Shelf(folder, sightings, Library(sightings.fetch))


def _searched(library: Library, path: str, known: Collection[str]) -> Searched:
    try:
        document = library.document(path)
    except FetchError:
        document = None
    if document is None:
        return Searched(path, (), ())
    ignores, flaws = written_ignores(document, known)
    return Searched(
        path,
        tuple(replace(each, place=located_place(each.place, library)) for each in ignores),
        tuple(located(each, library) for each in flaws),
    )
