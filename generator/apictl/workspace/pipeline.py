"""From a document to rendered files, with everything that takes long to import."""

from __future__ import annotations

import dataclasses
import tempfile
from pathlib import Path

from apictl.errors import ApictlError
from apictl.findings import Finding, Place, Related, is_refused
from apictl.pages.page import GeneratedFile, PageSet
from apictl.pages.rendering import render
from apictl.readers.read import read
from apictl.source.library import Fetch, FetchError, Library
from apictl.workspace.building import Built, Job
from apictl.workspace.fetching import disk_fetch
from apictl.workspace.ledger import digest
from apictl.workspace.targets import TargetOptions, emit
from apictl.workspace.templates import template_fault


def run(job: Job) -> Built:
    """Read the contract of *job*, and render everything it becomes.

    Raises:
        ApictlError: the document can't be read at all, a template or the formatter fails.
    """
    seen: dict[str, str] = {}
    library = Library(_recorded(disk_fetch(Path(job.root)), seen))
    service = job.service
    reading = read(library, service.openapi, service=service.name)
    findings = reading.findings
    files: tuple[GeneratedFile, ...] = ()
    if reading.contract is not None and not is_refused(findings):
        options = TargetOptions(package=service.package or None, is_external=service.is_external)
        emission = emit(reading.contract, options)
        findings += emission.findings
        if not is_refused(findings):
            files = _rendered(emission.pages, job)
    return Built(files, tuple(_located(each, library) for each in findings), tuple(sorted(seen.items())))


def _rendered(pages: PageSet, job: Job) -> tuple[GeneratedFile, ...]:
    """Return the files of *pages*; what a template of the workspace raises is no bug of apictl."""
    root = Path(job.root)
    try:
        return render(pages, overrides=root / job.templates if job.templates else None)
    except ApictlError:
        raise
    except OSError as fault:
        place = fault.filename or tempfile.gettempdir()
        raise ApictlError(f"generated code cannot be formatted, {place}: {fault.strerror}") from fault
    except Exception as fault:
        told = template_fault(fault, root, templates=job.templates) if job.templates else None
        if told is None:
            raise
        raise told from fault


def _recorded(fetch: Fetch, seen: dict[str, str]) -> Fetch:
    """Return *fetch*, noting in *seen* what each document held."""

    def recording(path: str) -> bytes:
        raw = fetch(path)
        seen[path] = digest(raw)
        return raw

    return recording


def _located(finding: Finding, library: Library) -> Finding:
    """Return *finding* with its lines looked up, while the documents are at hand."""
    related = tuple(Related(each.message, _spot(each.place, library)) for each in finding.related)
    return dataclasses.replace(finding, place=_spot(finding.place, library), related=related)


def _spot(place: Place, library: Library) -> Place:
    if place.line is not None:
        return place
    try:
        document = library.document(place.path)
    except FetchError:
        return place
    return place if document is None else document.locate(place)
