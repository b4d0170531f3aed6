"""All services of a workspace with their contracts read, as members of one graph."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from apictl.contract.contract import Contract
from apictl.contract.graph import Consumption, Member
from apictl.findings import Finding, Place, Severity, is_refused
from apictl.readers.asyncapi.outline import Perspective
from apictl.readers.expectation import Expectation
from apictl.readers.language import Language
from apictl.readers.read import read
from apictl.readers.reading import Reading
from apictl.source.collecting import collect_seldom, without_collecting
from apictl.source.library import FetchError, Library
from apictl.source.tree import JsonValue
from apictl.workspace.discovery import Workspace
from apictl.workspace.fetching import disk_fetch
from apictl.workspace.locating import located, located_place
from apictl.workspace.manifest import MANIFEST_NAME, Service
from apictl.workspace.workers import Progress, silent


@dataclass(frozen=True, slots=True)
class Membership:
    """What became of the contracts of a workspace.

    Attributes:
        members: by name.
        findings: why documents could not be read, with their lines.
        locate: gives a place of a contract, or of the manifest, its line.
    """

    members: tuple[Member, ...]
    findings: tuple[Finding, ...]
    locate: Callable[[Place], Place]


def read_members(workspace: Workspace, *, progress: Progress = silent) -> Membership:
    """Return the services of *workspace*, each document read once.

    Raises:
        FetchError: a document can't be had.
    """
    library = Library(disk_fetch(workspace.root))
    entries = manifest_entries(library)
    members: list[Member] = []
    findings: list[Finding] = []
    with without_collecting():
        for done, service in enumerate(workspace.services, start=1):
            member, faults = read_member(library, service, entry=entries.get(service.name))
            findings += faults
            members.append(member)
            progress(service.name, done, len(workspace.services))
        collect_seldom()
    return Membership(tuple(members), tuple(findings), lambda place: located_place(place, library))


def read_member(library: Library, service: Service, *, entry: JsonValue = None) -> tuple[Member, tuple[Finding, ...]]:
    """Return *service* with its contracts, and why documents could not be read; *entry* is what the manifest has of it.

    Raises:
        FetchError: a document can't be had.
    """
    requests = _reading(library, service, service.openapi, Language.OPENAPI)
    events = _reading(library, service, service.asyncapi, Language.ASYNCAPI)
    faults = [each for reading in (requests, events) if reading is not None for each in reading.findings]
    faults = [each for each in faults if each.severity is Severity.ERROR]
    member = Member(
        name=service.name,
        requests=_contract(requests),
        events=_contract(events),
        owner=service.owner,
        is_external=service.is_external,
        is_whole=not faults,
        consumes=tuple(_consumptions(service, entry)),
    )
    return member, tuple(located(each, library) for each in faults)


def _reading(library: Library, service: Service, path: str, language: Language) -> Reading | None:
    if not path:
        return None
    expected = Expectation(language, Perspective(service.perspective), service.need)
    return read(library, path, service=service.name, expected=expected)


def _contract(reading: Reading | None) -> Contract | None:
    return None if reading is None or is_refused(reading.findings) else reading.contract


def manifest_entries(library: Library) -> dict[str, JsonValue]:
    """Return what the manifest has at `services`, by name; its shape was judged when the workspace was opened."""
    try:
        document = library.document(MANIFEST_NAME)
    except FetchError:
        return {}
    tree = None if document is None else document.tree
    services = tree.get("services") if isinstance(tree, dict) else None
    return services if isinstance(services, dict) else {}


def _consumptions(service: Service, entry: JsonValue) -> Iterator[Consumption]:
    written = entry.get("consumes") if isinstance(entry, dict) else None
    place = Place(MANIFEST_NAME).child("services", service.name, "consumes")
    for provider, ids in service.consumes:
        is_listed = isinstance(written, dict) and isinstance(written.get(provider), list)
        for index, name in enumerate(ids):
            at = place.child(provider, index) if is_listed else place.child(provider, name).key()
            yield Consumption(provider, name, at)
