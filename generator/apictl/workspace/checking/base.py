"""What the workspace was at the base: the commit that a branch is compared with."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from apictl.errors import ApictlError
from apictl.source.library import FetchError
from apictl.workspace.checking.fingerprints import Fingerprints, fingerprint
from apictl.workspace.discovery import Workspace
from apictl.workspace.git_objects import git_objects
from apictl.workspace.manifest import MANIFEST_NAME, Manifest, read_manifest
from apictl.workspace.repository import Commit, NothingCommitted, Repository, open_repository
from apictl.workspace.snapshots import Revisions, Snapshot


@dataclass(frozen=True, slots=True)
class Base:
    """The workspace at a commit.

    Attributes:
        commit: that it was at.
        snapshot: its documents, and its services.
        blobs: ids that git gives to documents, by path.
        settings: what the manifest said besides of services.
        repository: that holds it.
        root: of the workspace, absolute.
    """

    commit: Commit
    snapshot: Snapshot
    blobs: Mapping[str, str]
    settings: Manifest
    repository: Repository
    root: Path

    def is_same(self, path: str, prints: Fingerprints) -> bool:
        """Whether the document at *path* held then what it holds now; one that is missing both times is the same."""
        now = prints.of(path)
        if now is not None and self.blobs.get(path) == now.blob:
            return True
        try:
            before = fingerprint(self.snapshot.fetch(path)).sha256
        except FetchError:
            return now is None
        return now is not None and before == now.sha256

    def touched(self, folder: str) -> tuple[str, ...]:
        """Return the files below *folder* that git keeps now or kept then, and that are not what they were.

        Some may be, if they were written anew since git looked.
        """
        above = self.root.relative_to(self.repository.top).as_posix()
        prefix = "" if above == "." else f"{above}/"
        found = self.repository.touched(self.commit, f"{prefix}{folder}")
        return tuple(path.removeprefix(prefix) for path in found)


@dataclass(frozen=True, slots=True)
class Baseless:
    """There is nothing to compare with yet.

    Attributes:
        reason: why.
    """

    reason: str


def open_base(
    workspace: Workspace, against: str, *, environment: Mapping[str, str], resources: ExitStack
) -> Base | Baseless:
    """Return what *workspace* was at the revision *against*, or where HEAD left the main branch for "".

    A folder that is no repository, or one without a commit, has no base. *environment* is that of git's processes; the
    base can be read until *resources* are closed.

    Raises:
        ApictlError: there should be a base and it can't be had.
    """
    root = workspace.root
    if not against and not any((folder / ".git").exists() for folder in (root, *root.parents)):
        return Baseless("this is no git repository")
    repository = open_repository(root, environment)
    revisions = Revisions(repository, resources.enter_context(git_objects(repository)))
    try:
        commit = revisions.commit(against) if against else revisions.base()
    except NothingCommitted as fault:
        return Baseless(str(fault))
    tree = repository.tree(commit, root)
    snapshot = revisions.workspace(commit, root, current=workspace.services)
    roots = [path for service in workspace.services for path in service.documents]
    specs, templates = workspace.manifest.specs, workspace.manifest.templates
    apart = [path for path in roots if not path.startswith(f"{specs}/")]
    apart += [templates] if templates else []
    return Base(
        commit=commit,
        snapshot=snapshot,
        blobs=repository.blobs(tree, [specs, *apart]),
        settings=_settings(snapshot, workspace.manifest),
        repository=repository,
        root=root,
    )


def may_remember(root: Path, environment: Mapping[str, str]) -> bool:
    """Whether what earlier runs left in the workspace *root* may be believed: it did not come with a commit.

    Whoever writes a commit could otherwise write down that all is well with it.
    """
    if not any((folder / ".git").exists() for folder in (root, *root.parents)):
        return True
    try:
        repository = open_repository(root, environment)
    except ApictlError:
        return False  # nobody can tell
    return not repository.tree(Commit("HEAD", "HEAD"), root / ".apictl")


def _settings(snapshot: Snapshot, now: Manifest) -> Manifest:
    try:
        before = read_manifest(snapshot.fetch(MANIFEST_NAME), path=f"{snapshot.prefix}{MANIFEST_NAME}")
    except FetchError:
        before = Manifest()
    return dataclasses.replace(before, services=now.services)
