"""Documents read and judged, each by itself: what may be done in any process, in any order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from apictl.contract.contract import Contract
from apictl.contract.joining import joined
from apictl.findings import Finding, is_refused
from apictl.readers.access import Key, key_of
from apictl.readers.reading import Reading
from apictl.rules.lint.judging import Judge
from apictl.rules.lint.scope import Scope
from apictl.source.library import Library
from apictl.workspace.custom_rules import Guarded
from apictl.workspace.excerpts import text_at
from apictl.workspace.lint_subjects import Subject, Text
from apictl.workspace.locating import located
from apictl.workspace.shelf import Searched, Shelf, shelf_of
from apictl.workspace.snapshots import Snapshot
from apictl.workspace.standard import Standard

_BOTH = 2


@dataclass(frozen=True, slots=True)
class Observation:
    """What there is in a document before others are heard; findings have lines, and paths in their folder.

    Attributes:
        path: of the document.
        read: what the reader finds.
        searched: ignores of it and of what it reaches.
        ruled: what rules find; None where structure or references are wrong, for then little is certain.
        uncalled: what rules that ask for callers find as long as there are none.
        calls: what it refers to in other documents.
    """

    path: str
    read: tuple[Finding, ...]
    searched: tuple[Searched, ...]
    ruled: tuple[Finding, ...] | None = None
    uncalled: tuple[Finding, ...] = ()
    calls: frozenset[Key] = frozenset()


class Reader:
    """Reads documents, each at most once, and judges them by a standard."""

    def __init__(self, standard: Standard) -> None:
        """Begin with nothing read."""
        selection, custom = standard.selection, standard.custom
        rules = [rule for rule in selection.rules if rule not in custom]
        self._standard = standard
        self._known = standard.known
        self._judge = Judge([rule for rule in rules if not rule.is_about_callers], selection.severities)
        self._last_judge = Judge([rule for rule in rules if rule.is_about_callers], selection.severities)
        self._guarded = Guarded(custom, selection.severities)
        self._shelves: dict[str, Shelf] = {}
        self._scopes: dict[Key, tuple[Scope, Library]] = {}

    @property
    def faults(self) -> tuple[str, ...]:
        """What became of rules of the team's own that failed, a line each."""
        return self._guarded.faults

    @property
    def seen(self) -> dict[str, Mapping[str, str]]:
        """What was seen of documents, by the prefix of their folder and by path."""
        return {prefix: dict(shelf.sightings.found) for prefix, shelf in self._shelves.items()}

    def observations(self, subject: Subject) -> Iterator[Observation]:
        """Yield what there is in each document of *subject*.

        Raises:
            FetchError: one of them can't be had.
        """
        shelf = self._shelf(subject.folder)
        contracts: list[Contract] = []
        for text in subject.documents:
            reading, library = shelf.reading(text.path, text.expected, service=subject.name)
            findings = [*reading.findings]
            if reading.contract is not None and not is_refused(findings):
                contracts.append(reading.contract)
            if len(contracts) == _BOTH:
                findings += _clashes(*contracts)
            yield self._observed(shelf, text, reading, findings=findings, library=library)

    def called(self, subject: Subject, text: Text, callers: Collection[Key]) -> tuple[Finding, ...]:
        """Return what rules that ask for *callers* find in *text*, a document of *subject*."""
        key = (subject.folder.prefix, text.path)
        if key not in self._scopes:  # it was read in another process
            reading, library = self._shelf(subject.folder).reading(text.path, text.expected, service=subject.name)
            if reading.parts is None:
                return ()
            self._scopes[key] = (Scope(reading.parts, reading.contract), library)
        before, library = self._scopes[key]
        scope = Scope(before.parts, before.contract, frozenset(callers))
        return self._placed(self._last_judge.findings(scope), library)

    def calls(self, subjects: Iterable[Subject], names: Collection[str]) -> dict[str, set[Key]]:
        """Return what *subjects* refer to in files called one of *names*, by the prefix of their folder."""
        wanted = {name.encode("utf-8", "surrogatepass") for name in names}
        found: dict[str, set[Key]] = {}
        for subject in subjects if wanted else ():
            shelf = self._shelf(subject.folder)
            for text in subject.documents:
                raw = shelf.raw(text.path)
                if any(name in raw for name in wanted):
                    reading, _ = shelf.reading(text.path, text.expected, service=subject.name)
                    if reading.parts is not None:
                        found.setdefault(subject.folder.prefix, set()).update(_calls(Scope(reading.parts)))
        return found

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

    def _observed(
        self, shelf: Shelf, text: Text, reading: Reading, *, findings: Sequence[Finding], library: Library
    ) -> Observation:
        paths = {text.path} if reading.parts is None else reading.parts.inventory.paths
        searched = tuple(shelf.search(library, paths, self._known))
        told = self._placed(findings, library)
        if reading.parts is None:
            return Observation(text.path, told, searched)
        scope = Scope(reading.parts, reading.contract)
        ruled = [*self._judge.findings(scope), *self._guarded.findings(scope)]
        uncalled = self._placed(self._last_judge.findings(scope), library)
        if uncalled:
            self._scopes[shelf.folder.prefix, text.path] = (scope, library)
        return Observation(text.path, told, searched, self._placed(ruled, library), uncalled, _calls(scope))

    def _placed(self, findings: Iterable[Finding], library: Library) -> tuple[Finding, ...]:
        """Return those of *findings* that are asked for, with their weights and lines, each once."""
        weighed = (self._standard.selection.weighed(each) for each in findings)
        return tuple(dict.fromkeys(located(each, library) for each in weighed if each is not None))

    def _shelf(self, folder: Snapshot) -> Shelf:
        if folder.prefix not in self._shelves:
            self._shelves[folder.prefix] = shelf_of(folder)
        return self._shelves[folder.prefix]


def _calls(scope: Scope) -> frozenset[Key]:
    links = scope.inventory.links.values()
    return frozenset(key_of(each.target) for each in links if each.place.path != each.target.path)


def _clashes(requests: Contract, events: Contract) -> tuple[Finding, ...]:
    match joined(requests, events):
        case Contract():
            return ()
        case clashes:
            return clashes
