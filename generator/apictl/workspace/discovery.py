"""From a folder to a workspace: the manifest, or the specs folder alone, and the services in it."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from apictl.errors import ApictlError
from apictl.findings import Place
from apictl.pages.python.names import package_name
from apictl.workspace.manifest import MANIFEST_NAME, Manifest, Service, manifest_fault, read_manifest
from apictl.workspace.naming import service_name
from apictl.workspace.roots import KINDS, SpecsFolder, specs_folders, workspace_root
from apictl.workspace.templates import templates_flaw

_PLACE: Final = Place(MANIFEST_NAME)


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder of contracts.

    Attributes:
        root: absolute, without symlinks.
        manifest: with defaults filled in; its `services` may lack those found in the specs folder.
        services: all that have a contract, sorted by name; each with its `openapi`, its `asyncapi` or both.
    """

    root: Path
    manifest: Manifest
    services: tuple[Service, ...]


def open_workspace(start: Path) -> Workspace:
    """Return the workspace that *start* lies in.

    Raises:
        ApictlError: the manifest is faulty, a contract is missing or doubled, two services meet in one name.
    """
    root = workspace_root(start)
    raw = manifest_text(root)
    manifest = read_manifest(raw)
    if manifest.templates and (flaw := templates_flaw(root, manifest.templates)):
        raise manifest_fault(raw, _PLACE.child("templates"), message=f"templates {manifest.templates!r} {flaw}")
    listed = {entry.name: entry for entry in manifest.services}
    found = _contracts(root, manifest)
    _refuse_unknown_consumed(raw, manifest, listed.keys() | found.keys())
    services = [_completed(raw, entry, found) for entry in manifest.services]
    services += [_completed(raw, Service(name), found) for name in found if name not in listed]
    services.sort(key=lambda service: service.name)
    _refuse_equal_packages(raw, services)
    return Workspace(root, manifest, tuple(services))


def chosen_services(workspace: Workspace, names: Iterable[str]) -> tuple[Service, ...]:
    """Return the services called *names*, or all of them.

    Raises:
        ApictlError: there is no contract at all, or none by one of the names.
    """
    known = {service.name: service for service in workspace.services}
    if not known:
        expected = f"{workspace.manifest.specs}/<service>/openapi.yaml or asyncapi.yaml"
        raise ApictlError(f"no contract found, expected {expected}", hint="`apictl init` makes a first one")
    wanted = sorted(set(names)) or list(known)
    for name in wanted:
        if name not in known:
            close = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"known are {', '.join(known)}"
            raise ApictlError(f"there is no service {name!r}", hint=hint)
    return tuple(known[name] for name in wanted)


def manifest_text(root: Path) -> bytes:
    """Return the text of the manifest in *root*; nothing when there is none.

    Raises:
        ApictlError: it can't be read.
    """
    path = root / MANIFEST_NAME
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError as fault:
        raise ApictlError(f"{MANIFEST_NAME} cannot be read: {fault.strerror}") from fault


def _contracts(root: Path, manifest: Manifest) -> dict[str, dict[str, str]]:
    """Return the path of each contract in the specs folder by its kind, by the name of its service, sorted."""
    found: dict[str, dict[str, str]] = {}
    for folder in specs_folders(root, manifest.specs):
        paths = dict(_documents(manifest.specs, folder))
        if not folder.name.isprintable():  # bytes that are no UTF-8, ends of lines, sequences that a terminal obeys
            raise ApictlError(f"folder {folder.name!r} has a name that can't be printed", hint="rename it")
        name = service_name(folder.name)
        if name is None:
            raise ApictlError(f"folder {folder.name!r} gives no name for a service, write a-z, 0-9 and dashes")
        if name in found:
            shown = [next(iter(each.values())) for each in (found[name], paths)]
            raise ApictlError(f"{shown[0]} and {shown[1]} both are service {name!r}", hint="rename one folder")
        found[name] = paths
    return found


def _documents(specs: str, folder: SpecsFolder) -> Iterable[tuple[str, str]]:
    """Yield the kind and the path of each contract in *folder* of the folder *specs*."""
    for kind, names in zip(KINDS, (folder.openapi, folder.asyncapi), strict=True):
        documents = [(PurePosixPath(specs) / folder.name / name).as_posix() for name in names]
        if len(documents) > 1 and folder.name.isprintable():
            raise ApictlError(
                f"{documents[0]} and {documents[1]} are both the contract of one service", hint="keep one"
            )
        if documents:
            yield kind, documents[0]


def _completed(raw: bytes, entry: Service, found: dict[str, dict[str, str]]) -> Service:
    paths = found.get(entry.name, {})
    openapi, asyncapi = entry.openapi or paths.get("openapi", ""), entry.asyncapi or paths.get("asyncapi", "")
    if not openapi and not asyncapi:
        hint = "put it where `openapi:` or `asyncapi:` says, or into the specs folder"
        place = _PLACE.child("services", entry.name).key()
        raise manifest_fault(raw, place, message=f"service {entry.name!r} has no contract", hint=hint)
    return dataclasses.replace(entry, openapi=openapi, asyncapi=asyncapi)


def _refuse_unknown_consumed(raw: bytes, manifest: Manifest, known: Iterable[str]) -> None:
    names = sorted(known)
    for entry in manifest.services:
        for consumed, _ in entry.consumes:
            if consumed not in names:
                close = difflib.get_close_matches(consumed, names, n=1)
                hint = f"did you mean {close[0]!r}?" if close else None
                place = _PLACE.child("services", entry.name, "consumes", consumed).key()
                message = f"{entry.name!r} consumes unknown service {consumed!r}"
                raise manifest_fault(raw, place, message=message, hint=hint)


def _refuse_equal_packages(raw: bytes, services: Iterable[Service]) -> None:
    """Refuse two services whose packages could not be installed together."""
    owners: dict[str, Service] = {}
    # Packages that were chosen come last, so that the choice is what is told to be wrong.
    for service in sorted(services, key=lambda service: bool(service.package)):
        package = service.package or package_name(service.name)
        owner = owners.setdefault(package, service)
        if owner is service:
            continue
        if not service.package:
            message = f"services {owner.name!r} and {service.name!r} both have the package {package!r}"
            raise ApictlError(message, hint=f"give one of them a `package` in {MANIFEST_NAME}")
        place = _PLACE.child("services", service.name, "package")
        raise manifest_fault(raw, place, message=f"package {package!r} is also the package of {owner.name!r}")
