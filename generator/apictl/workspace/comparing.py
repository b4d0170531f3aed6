"""Two contracts read, whatever each comes from, with a way from their places to lines."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass

from apictl.contract.contract import Contract
from apictl.findings import Finding, Place, is_refused
from apictl.readers.expectation import Expectation
from apictl.readers.forgiven import Need
from apictl.readers.read import read
from apictl.source.library import FetchError, Library
from apictl.source.outgoing import outgoing
from apictl.workspace.excerpts import text_at
from apictl.workspace.locating import located, located_place
from apictl.workspace.manifest import Service
from apictl.workspace.reading import read_service
from apictl.workspace.snapshots import Snapshot


@dataclass(frozen=True, slots=True)
class Source:
    """A contract that can be read.

    Attributes:
        snapshot: the documents among which it is.
        path: of its root document; of its requests where it has events, too.
        service: whose documents all are read; None of one document by itself.
    """

    snapshot: Snapshot
    path: str
    service: Service | None = None

    @property
    def documents(self) -> tuple[str, ...]:
        """Paths of its root documents."""
        return (self.path,) if self.service is None else self.service.documents

    @property
    def shown(self) -> str:
        """Its path as a person sees it."""
        return self.snapshot.prefix + self.path


@dataclass(frozen=True, slots=True)
class ContractPair:
    """A contract before and after.

    Attributes:
        service: whose it is.
        old: None when there was none.
        new: None when there is none any more.
        against: what the old one is called in messages: "main", a file, a folder.
    """

    service: str
    old: Source | None
    new: Source | None
    against: str


@dataclass(frozen=True, slots=True)
class ReadContract:
    """What became of a source.

    Attributes:
        contract: None when a finding is an error.
        findings: with their lines, and paths as a person sees them.
        located: gives a place of the contract its line, and its path as a person sees it.
        texts: of the documents that were read, by path as a person sees it.
    """

    contract: Contract | None
    findings: tuple[Finding, ...]
    located: Callable[[Place], Place]
    texts: tuple[tuple[str, str], ...]


def read_source(source: Source, service: str) -> ReadContract:
    """Return the contract that *source* holds, or why it holds none.

    Raises:
        FetchError: its document can't be had.
    """
    library = Library(source.snapshot.fetch)
    prefix = source.snapshot.prefix
    if source.service is None:
        reading = read(library, source.path, service=service, expected=Expectation(need=Need.COMPARISON))
    else:
        reading = read_service(library, source.service, need=Need.COMPARISON)

    locate = functools.partial(located_place, library=library, prefix=prefix)
    findings = tuple(located(finding, library, prefix=prefix) for finding in reading.findings)
    contract = None if is_refused(findings) else reading.contract
    texts = {each.path: each.text for each in library.documents()}
    if contract is None:
        paths = {*source.documents, *(finding.place.path for finding in reading.findings)}
        texts |= {path: text_at(source.snapshot.fetch, path) for path in sorted(paths - texts.keys())}
    return ReadContract(contract, findings, locate, tuple((prefix + path, text) for path, text in texts.items()))


def is_same(old: Source, new: Source) -> bool:
    """Whether both sources hold the same bytes, in every document that references lead to.

    Only sources of equal paths can be the same when references lead to further documents.
    """
    if len(old.documents) != len(new.documents) or _perspective(old) != _perspective(new):
        return False
    renamed = dict(zip(new.documents, old.documents, strict=True))
    library = Library(new.snapshot.fetch)
    waiting, seen = list(renamed), set(renamed)
    while waiting:
        path = waiting.pop()
        try:
            before = old.snapshot.fetch(renamed.get(path, path))
            if before != new.snapshot.fetch(path):
                return False
            document = library.document(path)
        except FetchError:
            return False
        if document is None:
            return False
        for address in outgoing(Place(path), document.tree):
            if address.path not in seen:
                seen.add(address.path)
                waiting.append(address.path)
    return len(seen) == len(renamed) or old.documents == new.documents


def _perspective(source: Source) -> str:
    return "" if source.service is None else source.service.perspective
