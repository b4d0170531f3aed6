"""Whether what one service sends, receives and calls fits those at the other end: on any core."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from pathlib import Path

from apictl.contract.graph import Member, graph_of
from apictl.errors import ApictlError
from apictl.findings import Finding, Place, Related, Severity
from apictl.rules.graph.catalogue import judged
from apictl.rules.graph.judgement import Judgement
from apictl.source.library import Library
from apictl.source.tree import JsonValue
from apictl.workspace.checking.meetings import Encounter
from apictl.workspace.fetching import disk_fetch
from apictl.workspace.locating import located_place
from apictl.workspace.manifest import Service
from apictl.workspace.members import manifest_entries, read_member


def met(encounter: Encounter) -> tuple[Judgement, ...]:
    """Return what is to be said about the traffic of the service of *encounter*, with lines; no notes.

    Nothing is concluded from a contract that can't be read.
    """
    library = Library(disk_fetch(Path(encounter.root)))
    around = encounter.neighbours
    entries = manifest_entries(library) if around.providers or around.consumers else {}
    members = [
        _member(library, _needed(service, encounter), entries.get(service.name))
        for service in (encounter.service, *encounter.others)
    ]
    name = encounter.service.name
    about = (each for each in judged(graph_of(members)) if name in each.services)
    return tuple(_located(about, library))


def _needed(service: Service, encounter: Encounter) -> Service:
    """Return *service* with only those documents that have to be read of it."""
    around, is_own = encounter.neighbours, service == encounter.service
    is_calling = service.name in around.providers or (is_own and bool(around.consumers))
    is_sending = service.name in around.partners or (is_own and bool(around.partners))
    openapi, asyncapi = service.openapi if is_calling else "", service.asyncapi if is_sending else ""
    return dataclasses.replace(service, openapi=openapi, asyncapi=asyncapi)


def _member(library: Library, service: Service, entry: JsonValue) -> Member:
    try:
        member, _ = read_member(library, service, entry=entry)
    except ApictlError:
        return Member(service.name, is_whole=False)
    # Of an operation that was not looked for, nobody says that it is not there.
    return member if service.openapi else dataclasses.replace(member, is_whole=False)


def _located(judgements: Iterable[Judgement], library: Library) -> Iterator[Judgement]:
    for each in judgements:
        if each.finding.severity is not Severity.INFO:
            yield dataclasses.replace(each, finding=_with_lines(each.finding, library))


def _with_lines(finding: Finding, library: Library) -> Finding:
    def spot(place: Place) -> Place:
        return located_place(place, library)

    related = tuple(Related(other.message, spot(other.place)) for other in finding.related)
    return dataclasses.replace(finding, place=spot(finding.place), related=related)
