"""What `apictl diff` compares: operands and revisions to pairs of contracts."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from apictl.cli.diff_operands import Operand, existing, is_unusual, operand, root_of, service_of
from apictl.errors import ApictlError
from apictl.findings import Place
from apictl.report.checkout import Checkout
from apictl.workspace.comparing import ContractPair, Source
from apictl.workspace.discovery import Workspace, chosen_services, open_workspace
from apictl.workspace.manifest import MANIFEST_NAME
from apictl.workspace.repository import Commit
from apictl.workspace.roots import workspace_root
from apictl.workspace.snapshots import Revisions, Snapshot, folder_snapshot, revisions, workspace_snapshot


@dataclass(frozen=True, slots=True)
class Compared:
    """What is compared.

    Attributes:
        pairs: by name of service.
        workspace: whose manifest says who consumes whom, and where acceptances are; None when there is none.
        is_whole: the pairs are all contracts of the workspace.
        is_review: the workspace is compared with a revision of itself, so that acceptances must fit the changes.
        checkout: which files the places of findings mean.
    """

    pairs: tuple[ContractPair, ...]
    workspace: Workspace | None
    is_whole: bool = False
    is_review: bool = False
    checkout: Checkout = field(default_factory=Checkout)


class Inputs:
    """Turns what a person wrote into contracts; revisions can be read until *resources* are closed."""

    def __init__(self, current: Path, environment: Mapping[str, str], *, resources: ExitStack) -> None:
        """Read paths as somebody in *current* means them; *environment* is that of git's processes."""
        self._current = current
        self._home = workspace_root(current)
        self._environment = environment
        self._resources = resources
        self._revisions: dict[Path, Revisions] = {}

    def compared(self, operands: tuple[str, ...], against: str) -> Compared:
        """Return what *operands*, and the revision *against* ("" for none), ask to compare.

        Raises:
            ApictlError: they name nothing, or contradict each other.
        """
        found = self._chosen(operands, against)
        return dataclasses.replace(found, checkout=self._checkout(found))

    def _chosen(self, operands: tuple[str, ...], against: str) -> Compared:
        if not any(self._is_path(each) for each in operands):
            return self._services(operands, against)
        match [operand(each, self._current) for each in operands]:
            case [only]:
                return self._one(only, against)
            case [_, _] if against:
                raise ApictlError("two paths are compared with each other, --against has nothing to say")
            case [old, new]:
                return self._two(old, new)
            case many:
                raise ApictlError(f"{len(many)} paths are given, one or two can be compared")

    def _checkout(self, found: Compared) -> Checkout:
        top = next((folder for folder in (self._home, *self._home.parents) if (folder / ".git").exists()), self._home)
        folder = self._home.relative_to(top).as_posix()
        sources = [source for pair in found.pairs for source in (pair.old, pair.new) if source is not None]
        past = {source.snapshot.name: None for source in sources if not source.snapshot.is_current}
        has_manifest = found.workspace is not None and (self._home / MANIFEST_NAME).is_file()
        manifest = Place(MANIFEST_NAME, "", 1, 1) if has_manifest else None
        return Checkout("" if folder == "." else folder, tuple(past), manifest)

    def _is_path(self, text: str) -> bool:
        """Whether *text* is no service; a word may be a folder, too, unless a service is called so."""
        if is_unusual(text):
            return True
        is_folder = (self._current / text).is_dir()
        return is_folder and text not in {service.name for service in open_workspace(self._current).services}

    def _services(self, names: tuple[str, ...], against: str) -> Compared:
        workspace = open_workspace(self._current)
        past = self._past(workspace.root)
        old = past.workspace(_commit(past, against), workspace.root, current=workspace.services)
        new = workspace_snapshot(workspace, home=self._home, current=self._current)
        if not names and old.services:
            return Compared(_pairs(old, new, {*old.services, *new.services}), workspace, is_whole=True, is_review=True)
        present = [name for name in names if name not in old.services]
        if present or not names:
            chosen_services(workspace, present)
        return Compared(_pairs(old, new, names or new.services), workspace, is_whole=not names, is_review=True)

    def _one(self, given: Operand, against: str) -> Compared:
        """Compare one file or folder with what it was."""
        if given.revision and against:
            raise ApictlError(f"both @{given.revision} and --against {against} say what to compare with")
        past = self._past(existing(given.path))
        commit = _commit(past, against or given.revision)
        if given.is_folder:
            workspace = _workspace(given.path)
            old = past.workspace(commit, given.path, current=workspace.services)
            return _whole(old, workspace_snapshot(workspace, home=self._home, current=self._current), workspace)
        root = root_of(given.path, self._current)
        before = Source(past.snapshot(commit, root), given.path.relative_to(root).as_posix())
        return self._files(before, self._source(dataclasses.replace(given, revision="")), given.path)

    def _two(self, old: Operand, new: Operand) -> Compared:
        if old.is_folder is not new.is_folder:
            raise ApictlError(f"{old.path} and {new.path} are a file and a folder, two of a kind can be compared")
        if old.is_folder:
            workspace = None if new.revision else _workspace(new.path)
            return _whole(self._folder(old), self._folder(new), workspace)
        before, after = self._source(old), self._source(new)
        for source in (before, after):
            source.snapshot.fetch(source.path)  # a name that is mistyped is no contract that is gone
        return self._files(before, after, new.path)

    def _files(self, old: Source, new: Source, path: Path) -> Compared:
        is_old, is_new = (source.snapshot.holds(source.path) for source in (old, new))
        if not is_old and not is_new:
            raise ApictlError(f"{new.shown} does not exist, neither now nor in {old.snapshot.name}")
        is_workspace = (workspace_root(path.parent) / MANIFEST_NAME).is_file()
        workspace = open_workspace(path.parent) if is_workspace and new.snapshot.is_current else None
        against = old.shown if old.snapshot.is_current else old.snapshot.name
        pair = ContractPair(service_of(path, workspace), old if is_old else None, new if is_new else None, against)
        return Compared((pair,), workspace)

    def _source(self, given: Operand) -> Source:
        root = root_of(given.path, self._current)
        path = given.path.relative_to(root).as_posix()
        if not given.revision:
            return Source(folder_snapshot(root, home=self._home, current=self._current), path)
        past = self._past(existing(given.path))
        return Source(past.snapshot(past.commit(given.revision), root), path)

    def _folder(self, given: Operand) -> Snapshot:
        if not given.revision:
            return workspace_snapshot(_workspace(given.path), home=self._home, current=self._current)
        past = self._past(existing(given.path))
        return past.workspace(past.commit(given.revision), given.path)

    def _past(self, folder: Path) -> Revisions:
        if folder not in self._revisions:
            self._revisions[folder] = self._resources.enter_context(revisions(folder, self._environment))
        return self._revisions[folder]


def _commit(past: Revisions, name: str) -> Commit:
    return past.commit(name) if name else past.base()


def _workspace(folder: Path) -> Workspace:
    """Return the workspace that *folder* is; one that it merely lies in would be compared with itself."""
    workspace = open_workspace(folder)
    if workspace.root != folder:
        raise ApictlError(f"{folder} is no workspace", hint=f"it has neither {MANIFEST_NAME} nor a folder specs")
    return workspace


def _whole(old: Snapshot, new: Snapshot, workspace: Workspace | None) -> Compared:
    names = {*old.services, *new.services}
    if not names:
        raise ApictlError(f"neither {old.name} nor {new.name} has a contract")
    return Compared(_pairs(old, new, names), workspace, is_whole=True)


def _pairs(old: Snapshot, new: Snapshot, names: Iterable[str]) -> tuple[ContractPair, ...]:
    return tuple(ContractPair(name, _source(old, name), _source(new, name), old.name) for name in sorted(set(names)))


def _source(snapshot: Snapshot, service: str) -> Source | None:
    found = snapshot.services.get(service)
    return None if found is None else Source(snapshot, found.documents[0], found)
