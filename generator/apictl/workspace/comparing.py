"""Two contracts read, whatever each comes from, with a way from their places to lines."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from apictl.contract.contract import Contract
from apictl.findings import Finding, Place, Related, is_refused
from apictl.readers.forgiven import Need
from apictl.readers.read import read
from apictl.source.library import Fetch, FetchError, Library
from apictl.source.references import Address, address_of
from apictl.source.tree import JsonValue
from apictl.workspace.snapshots import Snapshot


@dataclass(frozen=True, slots=True)
class Source:
    """A contract that can be read.

    Attributes:
        snapshot: the documents among which it is.
        path: of its root document.
    """

    snapshot: Snapshot
    path: str

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
    reading = read(library, source.path, service=service, need=Need.COMPARISON)

    def located(place: Place) -> Place:
        spot = _spot(place, library)
        return dataclasses.replace(spot, path=prefix + spot.path)

    findings = tuple(
        dataclasses.replace(
            finding,
            place=located(finding.place),
            related=tuple(Related(each.message, located(each.place)) for each in finding.related),
        )
        for finding in reading.findings
    )
    contract = None if is_refused(findings) else reading.contract
    texts = {each.path: each.text for each in library.documents()}
    if contract is None:
        paths = {source.path, *(finding.place.path for finding in reading.findings)}
        texts |= {path: _text(source.snapshot.fetch, path) for path in sorted(paths - texts.keys())}
    return ReadContract(contract, findings, located, tuple((prefix + path, text) for path, text in texts.items()))


def text_excerpts(texts: Mapping[str, str]) -> Callable[[Place], str | None]:
    """Return a function that gives the line of *texts*, by path, that a place is on; None when there is none."""

    @functools.cache
    def lines(path: str) -> tuple[str, ...]:
        # The ends of lines that YAML counts, not all that str.splitlines knows.
        return tuple(texts.get(path, "").replace("\r\n", "\n").replace("\r", "\n").split("\n"))

    def excerpt(place: Place) -> str | None:
        found = lines(place.path)
        return found[place.line - 1] if place.line is not None and 0 < place.line <= len(found) else None

    return excerpt


def is_same(old: Source, new: Source) -> bool:
    """Whether both sources hold the same bytes, in every document that references lead to.

    Only sources of equal path can be the same when references lead to further documents.
    """
    library = Library(new.snapshot.fetch)
    waiting, seen = [new.path], {new.path}
    while waiting:
        path = waiting.pop()
        try:
            before = old.snapshot.fetch(old.path if path == new.path else path)
            if before != new.snapshot.fetch(path):
                return False
            document = library.document(path)
        except FetchError:
            return False
        if document is None:
            return False
        for address in _addresses(Place(path), document.tree):
            if address.path not in seen:
                seen.add(address.path)
                waiting.append(address.path)
    return len(seen) == 1 or old.path == new.path


def _addresses(base: Place, tree: JsonValue) -> Iterator[Address]:
    """Yield where the references of *tree* lead to outside of its document, even those that are data."""
    waiting = [tree]
    while waiting:
        match waiting.pop():
            case dict() as members:
                for reference in _references(members):
                    address = address_of(base, reference)
                    if isinstance(address, Address):
                        yield address
                waiting.extend(each for each in members.values() if isinstance(each, dict | list))
            case list() as items:
                waiting.extend(each for each in items if isinstance(each, dict | list))
            case _:
                pass


def _references(members: dict[str, JsonValue]) -> Iterator[str]:
    found = [members.get("$ref"), members.get("operationRef")]
    if isinstance(mapping := members.get("mapping"), dict):  # of a discriminator: names of components, or references
        found += [each for each in mapping.values() if isinstance(each, str) and ("/" in each or "." in each)]
    yield from (each for each in found if isinstance(each, str) and not each.startswith("#"))


def _text(fetch: Fetch, path: str) -> str:
    """Return the text at *path*, which may be no document; "" when it can't be had."""
    try:
        return fetch(path).decode("utf-8-sig", "backslashreplace")
    except FetchError:
        return ""


def _spot(place: Place, library: Library) -> Place:
    if place.line is not None:
        return place
    try:
        document = library.document(place.path)
    except FetchError:
        return place
    return place if document is None else document.locate(place)
