"""What is to be said about documents of one run, each heard by itself first and then beside the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from apictl.findings import Finding, Place, Related
from apictl.readers.access import Key
from apictl.rules.lint.ignores import Ignore, Ignores
from apictl.workspace.lint_outcome import Linted
from apictl.workspace.lint_reading import Observation, Reader
from apictl.workspace.lint_subjects import Subject, Text
from apictl.workspace.standard import MINIMAL, Standard
from apictl.workspace.workers import Progress, silent

__all__ = ["Linted", "Linter", "Subject", "Text"]


@dataclass(slots=True)
class _Folder:
    """What is known of the documents of one folder together.

    Attributes:
        ignores: of all that was heard, and of the manifest.
        callers: what documents refer to in others.
        searched: documents whose ignores are known.
    """

    ignores: Ignores
    callers: set[Key] = field(default_factory=set)
    searched: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Case:
    """A document on its way to a judgement."""

    subject: Subject
    text: Text
    observation: Observation
    folder: _Folder
    ignores: list[Ignore] = field(default_factory=list)
    findings: dict[Finding, None] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of its file."""
        return self.text.path.rpartition("/")[2]

    def callers(self, others: Iterable[Key]) -> frozenset[Key]:
        """Return what of *others* is in this document and is not known from itself."""
        return frozenset(key for key in others if key[0] == self.text.path) - self.observation.calls

    def tell(self, findings: Iterable[Finding]) -> None:
        """Add those of *findings* that nobody ignores."""
        prefix = self.subject.folder.prefix
        self.findings.update(dict.fromkeys(_shown(each, prefix) for each in self.folder.ignores.told(findings)))


class Linter:
    """Judges the documents of a run by a standard."""

    def __init__(self, standard: Standard = MINIMAL) -> None:
        """Begin with nothing read; unless *standard* says more, only what readers say is told."""
        self._standard = standard
        self._reader = Reader(standard)
        self._folders: dict[str, _Folder] = {}

    def linted(
        self, subjects: Sequence[Subject], *, bystanders: Sequence[Subject] = (), progress: Progress = silent
    ) -> tuple[Linted, ...]:
        """Return what is to be said about each document of *subjects*, in their order.

        *bystanders* are only read where it matters what they refer to.

        Raises:
            FetchError: one of *subjects* can't be had.
        """
        observed: list[tuple[Observation, ...]] = []
        for done, subject in enumerate(subjects, start=1):
            observed.append(tuple(self._reader.observations(subject)))
            progress(subject.name, done, len(subjects))
        return self.settled(subjects, observed, bystanders=bystanders)

    def settled(
        self,
        subjects: Sequence[Subject],
        observed: Sequence[tuple[Observation, ...]],
        *,
        bystanders: Sequence[Subject] = (),
    ) -> tuple[Linted, ...]:
        """Return as `linted` does what is to be said; *observed* is what there is in each of *subjects*."""
        cases = [
            self._heard(subject, text, observation)
            for subject, observations in zip(subjects, observed, strict=True)
            for text, observation in zip(subject.documents, observations, strict=True)
        ]
        uncalled = {case.name for case in cases if case.observation.uncalled}
        for prefix, calls in self._reader.calls(bystanders, uncalled).items():
            self._folder(prefix).callers.update(calls)
        return tuple(self._settled(case) for case in cases)

    @property
    def faults(self) -> tuple[str, ...]:
        """What became of rules of the team's own that failed, a line each."""
        return self._reader.faults

    @property
    def seen(self) -> Mapping[str, Mapping[str, str]]:
        """What was seen of documents, by the prefix of their folder and by path."""
        return self._reader.seen

    def unused(self) -> tuple[Finding, ...]:
        """Return a finding for each ignore of the manifest that no document needed."""
        needed = {entry for folder in self._folders.values() for entry in folder.ignores.needed}
        return tuple(Ignores([*self._standard.ignores], needed).unused(self._standard.asked))

    def texts(self, paths: Iterable[str]) -> dict[str, str]:
        """Return what was read at each of *paths*, as a person sees them; it may be no document."""
        return self._reader.texts(paths)

    def _heard(self, subject: Subject, text: Text, observation: Observation) -> _Case:
        """Return the case of a document, with all that does not wait for others."""
        folder = self._folder(subject.folder.prefix)
        case = _Case(subject, text, observation, folder)
        flaws: list[Finding] = []
        for searched in observation.searched:
            if searched.path not in folder.searched:
                folder.searched.add(searched.path)
                case.ignores += searched.ignores
                flaws += searched.flaws
        folder.ignores.entries += case.ignores
        folder.callers |= observation.calls
        case.tell((*observation.read, *self._weighed(flaws), *(observation.ruled or ())))
        return case

    def _settled(self, case: _Case) -> Linted:
        """Return what is to be said of *case*, with what could not be told before all documents were heard."""
        found = case.observation.uncalled
        if found and (callers := case.callers(case.folder.callers)):
            found = self._reader.called(case.subject, case.text, callers)
        case.tell(found)
        if case.observation.ruled is not None:
            own = Ignores([*case.ignores], case.folder.ignores.needed)
            case.tell(self._weighed(own.unused(self._standard.asked)))
        return Linted(case.subject.name, case.subject.folder.prefix + case.text.path, tuple(case.findings))

    def _weighed(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        weighed = map(self._standard.selection.weighed, findings)
        return (each for each in weighed if each is not None)

    def _folder(self, prefix: str) -> _Folder:
        if prefix not in self._folders:
            self._folders[prefix] = _Folder(Ignores([*self._standard.ignores]))
        return self._folders[prefix]


def _shown(finding: Finding, prefix: str) -> Finding:
    """Return *finding* with *prefix* before its paths."""
    if not prefix:
        return finding
    related = tuple(Related(each.message, _below(each.place, prefix)) for each in finding.related)
    return replace(finding, place=_below(finding.place, prefix), related=related)


def _below(place: Place, prefix: str) -> Place:
    return replace(place, path=prefix + place.path)
