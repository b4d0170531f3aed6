"""From a document to rendered files, with everything that takes long to import."""

from __future__ import annotations

import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath

from apictl.errors import ApictlError
from apictl.findings import Finding, Severity, is_refused
from apictl.pages.memory import Memory
from apictl.pages.page import GeneratedFile, PageSet
from apictl.pages.rendering import render
from apictl.readers.forgiven import Need
from apictl.source.library import Fetch, Library
from apictl.workspace.building import Built, ClientWish, Job
from apictl.workspace.fetching import disk_fetch
from apictl.workspace.ledger import digest
from apictl.workspace.locating import located
from apictl.workspace.memories import shelf_of
from apictl.workspace.name_lock import service_text
from apictl.workspace.reading import read_service
from apictl.workspace.reshaping import client_order, names_of, refuse_unmet, shaped
from apictl.workspace.targets import TargetOptions, emit
from apictl.workspace.templates import template_fault


def run(job: Job) -> Built:
    """Read the contract of *job*, and render everything it becomes.

    Raises:
        ApictlError: the document can't be read at all, a template or the formatter fails.
    """
    seen: dict[str, str] = {}
    shelf = shelf_of(job)
    library = Library(_recorded(disk_fetch(Path(job.root)), seen))
    service = job.service
    reading = read_service(library, service, need=service.need)
    findings = reading.findings
    files: tuple[GeneratedFile, ...] = ()
    names = names_of(service, job.names)
    if reading.contract is not None and not is_refused(findings):
        contract = shaped(reading.contract, service, job)
        options = TargetOptions(package=service.package or None, is_external=service.is_external)
        emission = emit(contract, options, shelf.memory, names=names)
        findings += emission.findings
        if not is_refused(findings):
            refuse_unmet(names, service)
            files = _rendered(emission.pages, job, shelf.memory)
    for wish in job.clients:
        made, about = _client(wish, job, library, shelf.memory)
        files, findings = files + made, findings + about
    files = () if is_refused(findings) else files
    with ThreadPoolExecutor(max_workers=1) as beside:
        kept = beside.submit(shelf.put_back) if files else None  # which waits for the disk, most of the time
        told = tuple(located(each, library) for each in dict.fromkeys(findings))
        if kept is not None:
            kept.result()
    return Built(files, told, tuple(sorted(seen.items())), service_text(service.name, names.given) if files else "")


def _client(
    wish: ClientWish, job: Job, library: Library, memory: Memory
) -> tuple[tuple[GeneratedFile, ...], tuple[Finding, ...]]:
    """Return the files of a client that *wish* asks for, and what is to be said about its provider's documents."""
    reading = read_service(library, wish.provider, need=Need.CLIENT)
    findings = tuple(each for each in reading.findings if each.severity is Severity.ERROR)
    if reading.contract is None or is_refused(findings):
        return (), findings
    order = client_order(shaped(reading.contract, wish.provider, job), wish, job.service.name)
    emission = emit(order.contract, TargetOptions(order.package, is_external=True), memory, names=order.names)
    if is_refused(emission.findings):
        return (), emission.findings
    folder = PurePosixPath("clients", wish.provider.name)
    files = _rendered(emission.pages, job, memory)
    return tuple(GeneratedFile(folder / each.path, each.content) for each in files), ()


def _rendered(pages: PageSet, job: Job, memory: Memory) -> tuple[GeneratedFile, ...]:
    """Return the files of *pages*; what a template of the workspace raises is no bug of apictl."""
    root = Path(job.root)
    try:
        return render(pages, overrides=root / job.templates if job.templates else None, memory=memory)
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
