"""Documents read for what is to be said about them, and each text once, however many documents refer to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from apictl.contract.contract import Contract
from apictl.contract.joining import joined
from apictl.findings import Finding, is_refused
from apictl.readers.expectation import ANYTHING, Expectation
from apictl.readers.read import read
from apictl.readers.reading import Reading
from apictl.source.library import Library
from apictl.workspace.excerpts import text_at
from apictl.workspace.locating import located
from apictl.workspace.snapshots import Snapshot
from apictl.workspace.workers import Progress, silent

_BOTH = 2
_LIMIT = "reference-file-limit"


@dataclass(frozen=True, slots=True)
class Text:
    """A document to be read.

    Attributes:
        path: in its folder.
        expected: how it is to be read.
    """

    path: str
    expected: Expectation = ANYTHING


@dataclass(frozen=True, slots=True)
class Subject:
    """What is judged together: the documents of a service, or one that a person named.

    Attributes:
        name: of the service, or the path of the document as a person sees it.
        folder: that its paths are relative to.
        documents: one or more; those of one service make one contract, requests before events.
    """

    name: str
    folder: Snapshot
    documents: tuple[Text, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of its documents as a person sees them."""
        return tuple(self.folder.prefix + text.path for text in self.documents)


@dataclass(frozen=True, slots=True)
class Linted:
    """What is to be said about a document.

    Attributes:
        subject: name of what it was judged with.
        path: of the document, as a person sees it.
        findings: in the order of the reader, with their lines; some may be about documents that it refers to.
    """

    subject: str
    path: str
    findings: tuple[Finding, ...]


class Linter:
    """Reads documents, each at most once."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._shelves: dict[str, _Shelf] = {}

    def linted(self, subjects: Sequence[Subject], *, progress: Progress = silent) -> tuple[Linted, ...]:
        """Return what is to be said about each document of *subjects*, in their order.

        Raises:
            FetchError: one of them can't be had.
        """
        results: list[Linted] = []
        for done, subject in enumerate(subjects, start=1):
            results += self._judged(subject)
            progress(subject.name, done, len(subjects))
        return tuple(results)

    def texts(self, paths: Iterable[str]) -> dict[str, str]:
        """Return what was read at each of *paths*, as a person sees them; it may be no document."""
        known = {
            prefix + document.path: document.text
            for prefix, shelf in self._shelves.items()
            for document in shelf.library.documents()
        }
        return {path: known[path] if path in known else self._raw(path) for path in paths}

    def _raw(self, path: str) -> str:
        """Return the text at *path*, which is no document, from the innermost folder that it may be in."""
        prefix = max((each for each in self._shelves if path.startswith(each)), key=len, default=None)
        return "" if prefix is None else text_at(self._shelves[prefix].folder.fetch, path.removeprefix(prefix))

    def _judged(self, subject: Subject) -> Iterator[Linted]:
        contracts: list[Contract] = []
        for text, path in zip(subject.documents, subject.paths, strict=True):
            reading, library = self._reading(subject, text)
            findings = reading.findings
            if reading.contract is not None and not is_refused(findings):
                contracts.append(reading.contract)
            if len(contracts) == _BOTH:
                findings += _clashes(*contracts)
            prefix = subject.folder.prefix
            yield Linted(subject.name, path, tuple(located(each, library, prefix=prefix) for each in findings))

    def _reading(self, subject: Subject, text: Text) -> tuple[Reading, Library]:
        folder = subject.folder
        library = self._shelves.setdefault(folder.prefix, _Shelf(folder, Library(folder.fetch))).library
        is_shared = bool(library.documents())
        reading = _read(library, subject, text)
        if is_shared and any(each.rule == _LIMIT for each in reading.findings):
            library = Library(folder.fetch)  # the limit is one of each contract, and others have used it up
            reading = _read(library, subject, text)
        return reading, library


@dataclass(frozen=True, slots=True)
class _Shelf:
    folder: Snapshot
    library: Library


def _read(library: Library, subject: Subject, text: Text) -> Reading:
    return read(library, text.path, service=subject.name, expected=text.expected)


def _clashes(requests: Contract, events: Contract) -> tuple[Finding, ...]:
    match joined(requests, events):
        case Contract():
            return ()
        case clashes:
            return clashes
