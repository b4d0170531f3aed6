"""The contracts of a workspace as they are on the disk or were at a revision."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Final

from apictl.errors import ApictlError
from apictl.source.library import DocumentMissing, Fetch, FetchError, OutsideWorkspace
from apictl.workspace.discovery import Workspace
from apictl.workspace.fetching import disk_fetch
from apictl.workspace.git_objects import GitObjects, git_objects
from apictl.workspace.manifest import MANIFEST_NAME, Manifest, Service, read_manifest
from apictl.workspace.naming import service_name
from apictl.workspace.repository import Commit, Repository, open_repository

_KINDS: Final = ("openapi", "asyncapi")
_SUFFIXES: Final = (".yaml", ".yml", ".json")
_SUBMODULE: Final = "160000"
_REGULAR: Final = frozenset({"100644", "100755"})


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A folder of documents at one time.

    Attributes:
        name: in messages: "main", "the working tree", a folder.
        prefix: what paths of this folder have in front when they are shown; "" for none.
        fetch: gives its documents.
        services: by name, each with the paths of its contracts.
        is_current: what is on the disk, not a revision.
    """

    name: str
    prefix: str
    fetch: Fetch
    services: Mapping[str, Service] = field(default_factory=lambda: MappingProxyType({}))
    is_current: bool = True

    def holds(self, path: str) -> bool:
        """Whether there is something at *path*, readable or not."""
        try:
            self.fetch(path)
        except (DocumentMissing, OutsideWorkspace):
            return False
        except FetchError:
            return True
        return True


def folder_snapshot(folder: Path, *, home: Path, current: Path) -> Snapshot:
    """Return the documents below *folder*, an absolute one, seen from *current* in the workspace *home*.

    Paths of *home* are shown from there, others as they would be written in *current*.
    """
    if folder == home:
        return Snapshot("the working tree", "", disk_fetch(folder))
    is_near = folder.is_relative_to(current) or folder.is_relative_to(current.parent) or current.is_relative_to(folder)
    shown = Path(os.path.relpath(folder, current) if is_near else folder).as_posix()
    return Snapshot(shown, f"{shown.rstrip('/')}/", disk_fetch(folder))


def workspace_snapshot(workspace: Workspace, *, home: Path, current: Path) -> Snapshot:
    """Return the contracts of *workspace* as they are on the disk, with paths as `folder_snapshot` shows them."""
    services = {service.name: service for service in workspace.services}
    return dataclasses.replace(folder_snapshot(workspace.root, home=home, current=current), services=services)


class Revisions:
    """The revisions of the repository that a folder lies in."""

    def __init__(self, repository: Repository, objects: GitObjects) -> None:
        """Read *objects*, which are those of *repository*."""
        self._repository = repository
        self._objects = objects

    def base(self) -> Commit:
        """Return the commit at which HEAD left the main branch."""
        return self._repository.base()

    def commit(self, name: str) -> Commit:
        """Return the commit that *name* means."""
        return self._repository.commit(name)

    def snapshot(self, commit: Commit, root: Path) -> Snapshot:
        """Return the documents below *root* in *commit*, without looking for contracts."""
        if not root.is_relative_to(self._repository.top):
            raise ApictlError(f"{root} is not in the repository {self._repository.top}")
        tree = self._repository.tree(commit, root)
        return Snapshot(commit.name, f"{commit.name}:", self._guarded(commit, tree), is_current=False)

    def workspace(self, commit: Commit, root: Path, *, current: Iterable[Service] = ()) -> Snapshot:
        """Return the contracts of the workspace *root* in *commit*.

        Services of *current* that no listing shows, as behind a symlink, are looked for where they are now.

        Raises:
            ApictlError: its manifest was faulty.
        """
        plain = self.snapshot(commit, root)
        manifest = _manifest(plain)
        tree = self._repository.tree(commit, root)
        found = _listed(self._repository.files(tree, manifest.specs), manifest.specs)
        listed = {service.name: service for service in manifest.services}
        services = {
            name: _completed(listed.get(name, Service(name)), found.get(name, {})) for name in {**listed, **found}
        }
        for service in current:
            if not (service.name in services and services[service.name].documents):
                paths = dict(zip(_KINDS, (service.openapi, service.asyncapi), strict=True))
                held = {kind: path for kind, path in paths.items() if path and plain.holds(path)}
                services[service.name] = _completed(listed.get(service.name, Service(service.name)), held)
        services = {name: service for name, service in sorted(services.items()) if service.documents}
        return dataclasses.replace(plain, services=services)

    def _guarded(self, commit: Commit, tree: str) -> Fetch:
        """Return the documents of *tree*; what git can't give though it was there is no missing document."""
        fetch = self._objects.fetch(tree)

        def guarded(path: str) -> bytes:
            try:
                return fetch(path)
            except DocumentMissing:
                self._refuse_withheld(commit, tree, PurePosixPath(path))
                raise

        return guarded

    def _refuse_withheld(self, commit: Commit, tree: str, path: PurePosixPath) -> None:
        above = {parent.as_posix() for parent in path.parents}
        for mode, name in self._repository.files(tree, path.parts[0] if path.parts else ""):
            if mode == _SUBMODULE and name in above:
                message = f"{commit.name}:{path} lies in the submodule {name!r}, which {commit.name} only points to"
                raise ApictlError(message, hint="run apictl in the submodule")
            if name == path.as_posix() and mode in _REGULAR:
                raise ApictlError(f"{commit.name}:{path} can't be read, it is damaged or was not fetched")


@contextmanager
def revisions(folder: Path, environment: Mapping[str, str]) -> Iterator[Revisions]:
    """Give the revisions of the repository that *folder* lies in; *environment* is that of git's processes.

    Raises:
        ApictlError: there is no repository that can be read.
    """
    repository = open_repository(folder, environment)
    with git_objects(repository) as objects:
        yield Revisions(repository, objects)


def _manifest(snapshot: Snapshot) -> Manifest:
    try:
        raw = snapshot.fetch(MANIFEST_NAME)
    except DocumentMissing:
        return Manifest()
    return read_manifest(raw, path=f"{snapshot.prefix}{MANIFEST_NAME}")


def _listed(entries: Iterable[tuple[str, str]], specs: str) -> dict[str, dict[str, str]]:
    """Return the paths of contracts among the *entries* of a specs folder, by service and kind; the first of two."""
    below = PurePosixPath(specs)
    paths = {PurePosixPath(path) for _, path in entries}
    contracts = [path for path in paths if _is_contract(path) and path.parent.parent == below]
    found: dict[str, dict[str, str]] = {}
    for path in sorted(contracts, key=lambda path: (path.parent, _SUFFIXES.index(path.suffix))):
        name = service_name(path.parent.name)
        if name is not None:
            found.setdefault(name, {}).setdefault(path.stem, path.as_posix())
    return found


def _is_contract(path: PurePosixPath) -> bool:
    return path.stem in _KINDS and path.suffix in _SUFFIXES


def _completed(service: Service, found: Mapping[str, str]) -> Service:
    openapi, asyncapi = service.openapi or found.get("openapi", ""), service.asyncapi or found.get("asyncapi", "")
    return dataclasses.replace(service, openapi=openapi, asyncapi=asyncapi)
