"""One service read and built, to tell what is wrong with it and whether its generated code is current: on any core."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from apictl.contract.ends import ends_of
from apictl.contract.events import Direction
from apictl.contract.graph import Member
from apictl.errors import ApictlError
from apictl.findings import Finding, is_refused
from apictl.source.library import FetchError, Library
from apictl.workspace import cache
from apictl.workspace.building import Built, Job
from apictl.workspace.checking.documents import linted
from apictl.workspace.checking.examination import Examination, Examined
from apictl.workspace.checking.parts import Part
from apictl.workspace.checking.reach import reached
from apictl.workspace.checking.records import Ends
from apictl.workspace.checking.written import currency, hashes_of, state_key
from apictl.workspace.fetching import disk_fetch
from apictl.workspace.generation import entry_of, key_of
from apictl.workspace.ledger import Hashes, digest
from apictl.workspace.members import read_member


def examine(examination: Examination) -> Examined:
    """Return what *examination* asks for."""
    root, service = Path(examination.job.root), examination.service
    library = Library(disk_fetch(root))
    documents = tuple((path, _hash(root, path)) for path in reached(library, service.documents))
    try:
        return _examined(Examined(documents), examination, library)
    except ApictlError as fault:  # of this service; others can be examined all the same
        told = f"{fault}; {fault.hint}" if fault.hint else str(fault)
        return Examined(documents, failure=told)


def _examined(found: Examined, examination: Examination, library: Library) -> Examined:
    root, service = Path(examination.job.root), examination.service
    if Part.LINT in examination.wants:
        told = linted(root, service)
        found = dataclasses.replace(found, linted=told.findings, faults=told.faults)
    if Part.TRAFFIC in examination.wants:
        member, _ = read_member(library, service)
        found = dataclasses.replace(found, ends=_ends(member))
    if Part.GENERATED in examination.wants:
        found = _with_currency(found, examination)
    return found


def _with_currency(found: Examined, examination: Examination) -> Examined:
    output, service = Path(examination.output), examination.service
    present = hashes_of(output, service.name)
    state = state_key(present)
    wanted, findings, is_named = _wanted(examination, dict(found.documents))
    if is_refused(findings):
        return dataclasses.replace(found, state=state, findings=findings)
    result = currency(wanted, present=present, owned=dict(examination.owned))
    result = dataclasses.replace(result, is_named=is_named)
    return dataclasses.replace(found, state=state, findings=findings, currency=result)


def _wanted(examination: Examination, documents: dict[str, str | None]) -> tuple[Hashes, tuple[Finding, ...], bool]:
    """Return the hashes of the files that the service becomes, from the last run's when it is the same.

    The last says whether the names in them are those that are kept.
    """
    job = examination.job
    root, name = Path(job.root), job.service.name
    entry = cache.read_entry(root, name) if examination.is_remembered else None
    if entry is not None and entry.key == key_of(job):
        known = documents | {path: _hash(root, path) for path in entry.inputs.keys() - documents.keys()}
        if all(known[path] == value for path, value in entry.inputs.items()):
            return entry.files, entry.findings, True
    built = _built(job)
    if not is_refused(built.findings):
        cache.write_entry(root, name, entry_of(job, built))
    files = {PurePosixPath(name, file.path).as_posix(): digest(file.content) for file in built.files}
    return files, built.findings, built.names == job.names


def _built(job: Job) -> Built:
    from apictl.workspace import pipeline  # noqa: PLC0415 - not at all by a service that was built before

    return pipeline.run(job)


def _hash(root: Path, path: str) -> str | None:
    try:
        return digest(disk_fetch(root)(path))
    except FetchError:
        return None


def _ends(member: Member) -> Ends:
    found = () if member.events is None else ends_of(member.name, member.events)
    sends = _shapes(end.shape for end in found if end.direction is Direction.SEND)
    receives = _shapes(end.shape for end in found if end.direction is Direction.RECEIVE)
    operations = () if member.requests is None else tuple(sorted(each.id for each in member.requests.operations))
    return Ends(sends, receives, operations)


def _shapes(shapes: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({shape for shape in shapes if shape is not None}))
