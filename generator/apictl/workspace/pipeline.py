"""From a document to rendered files, with everything that takes long to import."""

from __future__ import annotations

import tempfile
from pathlib import Path

from apictl.errors import ApictlError
from apictl.findings import is_refused
from apictl.pages.page import GeneratedFile, PageSet
from apictl.pages.rendering import render
from apictl.source.library import Fetch, Library
from apictl.workspace.building import Built, Job
from apictl.workspace.fetching import disk_fetch
from apictl.workspace.ledger import digest
from apictl.workspace.locating import located
from apictl.workspace.reading import read_service
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
    reading = read_service(library, service)
    findings = reading.findings
    files: tuple[GeneratedFile, ...] = ()
    if reading.contract is not None and not is_refused(findings):
        options = TargetOptions(package=service.package or None, is_external=service.is_external)
        emission = emit(reading.contract, options)
        findings += emission.findings
        if not is_refused(findings):
            files = _rendered(emission.pages, job)
    return Built(files, tuple(located(each, library) for each in findings), tuple(sorted(seen.items())))


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
