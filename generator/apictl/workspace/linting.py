"""Documents read for what is to be said about them, and each text once, however many documents refer to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from apictl.contract.contract import Contract
from apictl.contract.joining import joined
from apictl.findings import Finding, is_refused
from apictl.readers.expectation import ANYTHING, Expectation
from apictl.readers.reading import Reading
from apictl.rules.lint.ignores import Ignore, Ignores
from apictl.rules.lint.judging import Judge
from apictl.rules.lint.scope import Scope
from apictl.source.library import Library
from apictl.workspace.custom_rules import Guarded
from apictl.workspace.excerpts import text_at
from apictl.workspace.locating import located
from apictl.workspace.shelf import Shelf
from apictl.workspace.snapshots import Snapshot
from apictl.workspace.standard import MINIMAL, Standard
from apictl.workspace.workers import Progress, silent

_BOTH = 2


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


@dataclass(slots=True)
class _Case:
    """A document on its way to a judgement."""

    shelf: Shelf
    library: Library
    linted: Linted
    ignores: tuple[Ignore, ...] = ()
    scope: Scope | None = None
    is_ruled: bool = False

    @property
    def name(self) -> str:
        """The name of its file."""
        return self.linted.path.rpartition("/")[2]


class Linter:
    """Reads documents, each at most once, and judges them by a standard."""

    def __init__(self, standard: Standard = MINIMAL) -> None:
        """Begin with nothing read; unless *standard* says more, only what readers say is told."""
        selection, custom = standard.selection, standard.custom
        rules = [rule for rule in selection.rules if rule not in custom]
        self._standard = standard
        self._judge = Judge([rule for rule in rules if not rule.is_about_callers], selection.severities)
        self._last_judge = Judge([rule for rule in rules if rule.is_about_callers], selection.severities)
        self._guarded = Guarded(custom, selection.severities)
        self._shelves: dict[str, Shelf] = {}

    def linted(
        self, subjects: Sequence[Subject], *, bystanders: Sequence[Subject] = (), progress: Progress = silent
    ) -> tuple[Linted, ...]:
        """Return what is to be said about each document of *subjects*, in their order.

        *bystanders* are only read where it matters what they refer to.

        Raises:
            FetchError: one of *subjects* can't be had.
        """
        cases: list[_Case] = []
        for done, subject in enumerate(subjects, start=1):
            cases += self._judged(subject)
            progress(subject.name, done, len(subjects))
        self._ask(bystanders, {case.name for case in cases if case.scope is not None})
        return tuple(self._settled(case) for case in cases)

    @property
    def faults(self) -> tuple[str, ...]:
        """What became of rules of the team's own that failed, a line each."""
        return self._guarded.faults

    def unused(self) -> tuple[Finding, ...]:
        """Return a finding for each ignore of the manifest that no document needed."""
        needed = {entry for shelf in self._shelves.values() for entry in shelf.ignores.needed}
        return tuple(Ignores([*self._standard.ignores], needed).unused(self._standard.asked))

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

    def _judged(self, subject: Subject) -> Iterator[_Case]:
        shelf = self._shelf(subject.folder)
        contracts: list[Contract] = []
        for text, path in zip(subject.documents, subject.paths, strict=True):
            reading, library = shelf.reading(text.path, text.expected, service=subject.name)
            findings = [*reading.findings]
            if reading.contract is not None and not is_refused(findings):
                contracts.append(reading.contract)
            if len(contracts) == _BOTH:
                findings += _clashes(*contracts)
            case = _Case(shelf, library, Linted(subject.name, path, ()))
            findings += self._ruled(case, text.path, reading)
            self._tell(case, findings)
            yield case

    def _ruled(self, case: _Case, path: str, reading: Reading) -> list[Finding]:
        """Return what rules find; nothing where structure or references are wrong, for then little is certain."""
        paths = {path} if reading.parts is None else reading.parts.inventory.paths
        case.ignores, findings = case.shelf.written(case.library, paths, self._standard.known)
        result = [*findings]
        if reading.parts is not None:
            scope = Scope(reading.parts, reading.contract)
            case.shelf.note_callers(scope)
            result += self._judge.findings(scope)
            result += self._guarded.findings(scope)
            case.is_ruled = True
            if any(True for _ in self._last_judge.findings(scope)):
                case.scope = scope
        return result

    def _ask(self, bystanders: Sequence[Subject], names: set[str]) -> None:
        """Note what *bystanders* refer to in files called one of *names*."""
        wanted = {name.encode() for name in names}
        for subject in bystanders if wanted else ():
            shelf = self._shelf(subject.folder)
            for text in subject.documents:
                raw = shelf.raw(text.path)
                if any(name in raw for name in wanted):
                    reading, _ = shelf.reading(text.path, text.expected, service=subject.name)
                    if reading.parts is not None:
                        shelf.note_callers(Scope(reading.parts))

    def _settled(self, case: _Case) -> Linted:
        """Return what is to be said of *case*, with what could not be told before all documents were read."""
        if case.scope is not None:
            scope = Scope(case.scope.parts, case.scope.contract, frozenset(case.shelf.callers))
            self._tell(case, self._last_judge.findings(scope))
        if case.is_ruled:
            own = Ignores([*case.ignores], case.shelf.ignores.needed)
            self._tell(case, own.unused(self._standard.asked))
        return case.linted

    def _tell(self, case: _Case, findings: Iterable[Finding]) -> None:
        weighed = (self._standard.selection.weighed(each) for each in findings)
        told = case.shelf.ignores.told(each for each in weighed if each is not None)
        prefix = case.shelf.folder.prefix
        found = tuple(located(each, case.library, prefix=prefix) for each in told)
        once = dict.fromkeys((*case.linted.findings, *found))
        case.linted = replace(case.linted, findings=tuple(once))

    def _shelf(self, folder: Snapshot) -> Shelf:
        if folder.prefix not in self._shelves:
            library = Library(folder.fetch)
            self._shelves[folder.prefix] = Shelf(folder, library, Ignores([*self._standard.ignores]))
        return self._shelves[folder.prefix]


def _clashes(requests: Contract, events: Contract) -> tuple[Finding, ...]:
    match joined(requests, events):
        case Contract():
            return ()
        case clashes:
            return clashes
