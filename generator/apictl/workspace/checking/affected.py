"""Which services a branch has to do with: those that changed since the base, and those that call them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from apictl.errors import ApictlError
from apictl.source.library import FetchError
from apictl.workspace.checking.base import Base
from apictl.workspace.checking.look import Look
from apictl.workspace.checking.reach import Outlook
from apictl.workspace.fetching import disk_fetch
from apictl.workspace.ledger import LEDGER_NAME, Hashes, ledger_hashes, owned_by_service
from apictl.workspace.manifest import Service
from apictl.workspace.name_lock import LOCK_NAME, Lines, lock_lines, section_text


def affected(services: Iterable[Service], base: Base, look: Look) -> dict[str, str]:
    """Return why each of *services* has to be checked, by name; those that need not be are not among them."""
    listed = tuple(services)
    if base.settings != look.workspace.manifest:
        return {service.name: "apictl.yaml changed for all" for service in listed}
    if not _are_templates_same(base, look):
        return {service.name: "templates changed" for service in listed}
    hooks = look.workspace.manifest.hooks
    if hooks and not base.is_same(hooks, look.prints):
        return {service.name: "the hook changed" for service in listed}
    code = _Code(base, look)
    every = {service.name: service for service in look.workspace.services}
    outlook = Outlook(disk_fetch(look.workspace.root))
    changed: dict[str, str] = {}
    provided = {name for service in listed for name in dict(service.consumes)}
    for name in sorted({service.name for service in listed} | provided):
        if reason := _reason(every[name], base, look, outlook=outlook) or code.reason(every[name]):
            changed[name] = reason
    found = {service.name: changed[service.name] for service in listed if service.name in changed}
    for service in listed:
        called = next((name for name in sorted(dict(service.consumes)) if name in changed), None)
        if called is not None:
            found.setdefault(service.name, f"it calls {called}, which changed")
    return dict(sorted(found.items()))


def _reason(service: Service, base: Base, look: Look, *, outlook: Outlook) -> str:
    before = base.snapshot.services.get(service.name)
    if before is None:
        return "it is new"
    if before != service:
        return "what apictl.yaml says of it changed"
    if look.documents(service) is None:
        if not _first_changed(outlook.reached(service.documents), base, look):
            return ""
        look.read(service, outlook.certain(service.documents))
    changed = _first_changed(look.documents(service) or {}, base, look)
    return changed and f"{changed} changed"


def _first_changed(paths: Iterable[str], base: Base, look: Look) -> str:
    return next((path for path in paths if not base.is_same(path, look.prints)), "")


class _Code:
    """The generated code of services, now and at the base."""

    def __init__(self, base: Base, look: Look) -> None:
        """Ask git which files are not what they were: of a thousand services, it is few."""
        self._look = look
        output = look.workspace.manifest.output
        touched = base.touched(output)
        self._touched = {PurePosixPath(path).relative_to(output).parts[0] for path in touched}
        self._before = _owned(base, look, is_kept=bool(touched))
        self._names_before = _names(base, look)

    def reason(self, service: Service) -> str:
        """Return why the generated code of *service* has to be checked; "" when it is what it was."""
        look = self._look
        if section_text(look.names.get(service.name, ())) != section_text(self._names_before.get(service.name, ())):
            return "its names changed"
        if look.owned.get(service.name, {}) == self._before.get(service.name, {}) and (
            service.name not in self._touched or look.is_as_listed(service)
        ):
            return ""
        return "its generated code changed"


def _owned(base: Base, look: Look, *, is_kept: bool) -> Mapping[str, Hashes]:
    """Return the generated files that were listed at *base*, by service; those of now when git never kept any."""
    try:
        before = base.snapshot.fetch(f"{look.workspace.manifest.output}/{LEDGER_NAME}")
    except FetchError:
        return {} if is_kept else look.owned
    path = look.output / LEDGER_NAME
    if path.is_file() and path.read_bytes() == before:
        return look.owned
    return owned_by_service(ledger_hashes(before) or {})


def _names(base: Base, look: Look) -> Mapping[str, Lines]:
    """Return what `apictl.lock` kept at *base*, by service."""
    if base.is_same(LOCK_NAME, look.prints):
        return look.names
    try:
        return lock_lines(base.snapshot.fetch(LOCK_NAME))
    except (FetchError, ApictlError):  # there was none, or none that said anything
        return {}


def _are_templates_same(base: Base, look: Look) -> bool:
    templates = look.workspace.manifest.templates
    if not templates:
        return True
    root = look.workspace.root
    now = {path.relative_to(root).as_posix() for path in (root / templates).rglob("*") if path.is_file()}
    before = {path for path in base.blobs if path.startswith(f"{templates}/")}
    return now == before and all(base.is_same(path, look.prints) for path in now)
