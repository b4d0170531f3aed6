"""The documents of one folder, read once, and what is known of them together."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from apictl.findings import Finding
from apictl.readers.access import Key, key_of
from apictl.readers.expectation import Expectation
from apictl.readers.read import read
from apictl.readers.reading import Reading
from apictl.rules.lint.ignores import Ignore, Ignores, written_ignores
from apictl.rules.lint.scope import Scope
from apictl.source.library import FetchError, Library
from apictl.workspace.snapshots import Snapshot

_LIMIT = "reference-file-limit"


@dataclass(slots=True)
class Shelf:
    """The documents of one folder.

    Attributes:
        folder: that their paths are relative to.
        library: what was read of it.
        ignores: of all that was read, and of the manifest.
        callers: what documents refer to in others.
        searched: documents whose ignores are known.
    """

    folder: Snapshot
    library: Library
    ignores: Ignores
    callers: set[Key] = field(default_factory=set)
    searched: set[str] = field(default_factory=set)

    def reading(self, path: str, expected: Expectation, *, service: str) -> tuple[Reading, Library]:
        """Return what the document at *path* holds, and the library that it was read in."""
        library = self.library
        is_shared = bool(library.documents())
        reading = read(library, path, service=service, expected=expected)
        if is_shared and any(each.rule == _LIMIT for each in reading.findings):
            library = Library(self.folder.fetch)  # the limit is one of each contract, and others have used it up
            reading = read(library, path, service=service, expected=expected)
        return reading, library

    def raw(self, path: str) -> bytes:
        """Return what the file at *path* holds; nothing when it can't be had."""
        try:
            return self.folder.fetch(path)
        except FetchError:
            return b""

    def note_callers(self, scope: Scope) -> None:
        """Note what the document of *scope* refers to in others."""
        links = scope.inventory.links.values()
        self.callers.update(key_of(each.target) for each in links if each.place.path != each.target.path)

    def written(
        self, library: Library, paths: Collection[str], known: Collection[str]
    ) -> tuple[tuple[Ignore, ...], tuple[Finding, ...]]:
        """Return the ignores in the documents at *paths* that are not known yet, and what is wrong with others."""
        ignores: list[Ignore] = []
        findings: list[Finding] = []
        for path in sorted(set(paths) - self.searched):
            self.searched.add(path)
            try:
                document = library.document(path)
            except FetchError:
                continue
            if document is not None:
                entries, flaws = written_ignores(document, known)
                ignores += entries
                findings += flaws
        self.ignores.entries += ignores
        return tuple(ignores), tuple(findings)
