"""Which services a branch has to do with: those that changed since the base, and those that call them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from apictl.source.library import FetchError, Library
from apictl.workspace.checking.base import Base
from apictl.workspace.checking.look import Look
from apictl.workspace.checking.reach import reached
from apictl.workspace.fetching import disk_fetch
from apictl.workspace.ledger import LEDGER_NAME, Hashes, ledger_hashes, owned_by_service
from apictl.workspace.manifest import Service


def affected(services: Iterable[Service], base: Base, look: Look) -> dict[str, str]:
    """Return why each of *services* has to be checked, by name; those that need not be are not among them."""
    listed = tuple(services)
    if base.settings != look.workspace.manifest:
        return {service.name: "apictl.yaml changed for all" for service in listed}
    if not _are_templates_same(base, look):
        return {service.name: "templates changed" for service in listed}
    before = _owned(base, look)
    every = {service.name: service for service in look.workspace.services}
    library = Library(disk_fetch(look.workspace.root))
    changed: dict[str, str] = {}
    provided = {name for service in listed for name in dict(service.consumes)}
    for name in sorted({service.name for service in listed} | provided):
        if reason := _reason(every[name], base, look, library=library) or _written(every[name], before, look):
            changed[name] = reason
    found = {service.name: changed[service.name] for service in listed if service.name in changed}
    for service in listed:
        called = next((name for name in sorted(dict(service.consumes)) if name in changed), None)
        if called is not None:
            found.setdefault(service.name, f"it calls {called}, which changed")
    return dict(sorted(found.items()))


def _reason(service: Service, base: Base, look: Look, *, library: Library) -> str:
    before = base.snapshot.services.get(service.name)
    if before is None:
        return "it is new"
    if before != service:
        return "what apictl.yaml says of it changed"
    if look.documents(service) is None:
        look.read(service, reached(library, service.documents))
    documents = look.documents(service) or {}
    changed = next((path for path in documents if not base.is_same(path, look.prints)), "")
    return changed and f"{changed} changed"


def _written(service: Service, before: Mapping[str, Hashes], look: Look) -> str:
    is_same = look.owned.get(service.name, {}) == before.get(service.name, {}) and look.is_as_listed(service)
    return "" if is_same else "its generated code changed"


def _owned(base: Base, look: Look) -> Mapping[str, Hashes]:
    """Return the generated files that were listed at *base*, by service."""
    try:
        before = base.snapshot.fetch(f"{look.workspace.manifest.output}/{LEDGER_NAME}")
    except FetchError:
        return {}
    path = look.output / LEDGER_NAME
    if path.is_file() and path.read_bytes() == before:
        return look.owned
    return owned_by_service(ledger_hashes(before) or {})


def _are_templates_same(base: Base, look: Look) -> bool:
    templates = look.workspace.manifest.templates
    if not templates:
        return True
    root = look.workspace.root
    now = {path.relative_to(root).as_posix() for path in (root / templates).rglob("*") if path.is_file()}
    before = {path for path in base.blobs if path.startswith(f"{templates}/")}
    return now == before and all(base.is_same(path, look.prints) for path in now)
