"""What has to change in the output: compares finished files with the disk; changes nothing."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from apictl.errors import ApictlError
from apictl.pages.page import GeneratedFile
from apictl.workspace.ledger import Hashes, digest
from apictl.workspace.looks import Looks
from apictl.workspace.naming import portable_path


@dataclass(frozen=True, slots=True)
class Plan:
    """Changes that make the output what the contracts say; paths are relative to the output and sorted.

    Attributes:
        writes: files that are new or differ.
        removals: files that apictl wrote, nobody touched and no contract asks for any more.
        edited: files that stand in the way of a write and that apictl did not leave so.
        kept: files that apictl wrote, somebody changed since and no contract asks for any more.
        hashes: of all files that apictl owns afterwards.
        is_listed: the ledger says so already.
        names: what the file of names becomes; None when it stays as it is.
    """

    writes: tuple[GeneratedFile, ...]
    removals: tuple[str, ...]
    edited: tuple[str, ...]
    kept: tuple[str, ...]
    hashes: Hashes
    is_listed: bool
    names: bytes | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the output is what it should be, and so are the names that are kept."""
        return not self.writes and not self.removals and self.is_listed and self.names is None


def nothing_planned(owned: Hashes) -> Plan:
    """Return the plan that changes nothing."""
    return Plan((), (), (), (), owned, is_listed=True)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be there.

    Attributes:
        files: by path.
        hashes: of what they hold, by path.
    """

    files: Mapping[str, GeneratedFile]
    hashes: Hashes


def planned(disk: Disk, wanted: Wanted, *, owned: Hashes, scope: frozenset[str]) -> Plan:
    """Return the changes that put what is *wanted* on *disk*.

    Args:
        disk: the folder of generated packages; need not exist.
        wanted: all files of the services in *scope*.
        owned: what apictl wrote before.
        scope: first folders that *wanted* speaks for; what apictl owns elsewhere stays as it is.

    Raises:
        ApictlError: a path leads through a symlink, or a folder stands where a file must go.
    """
    writes: list[GeneratedFile] = []
    edited: list[str] = []
    hashes = {path: value for path, value in owned.items() if first_folder(path) not in scope}
    stale = [path for path in sorted(owned) if path not in hashes and path not in wanted.files]
    for path, file in sorted(wanted.files.items()):
        hashes[path] = wanted.hashes[path]
        present = disk.hash_of(path)
        if present == hashes[path]:
            continue
        writes.append(file)
        if present is not None and present != owned.get(path):
            edited.append(path)
    removals = [path for path in stale if disk.hash_of(path) == owned[path]]
    kept = [path for path in stale if disk.hash_of(path) not in {owned[path], None}]
    return Plan(tuple(writes), tuple(removals), tuple(edited), tuple(kept), hashes, is_listed=hashes == owned)


def is_as_hashed(disk: Disk, hashes: Hashes) -> bool:
    """Whether each file of *hashes* is on *disk* with that content."""
    return all(disk.hash_of(path) == value for path, value in hashes.items())


def first_folder(path: str) -> str:
    """Return the first step of *path*: the folder of a service."""
    return path.split("/", 1)[0]


def wanted_of(files: Iterable[GeneratedFile]) -> Wanted:
    """Return *files* as they are to be there.

    Raises:
        ApictlError: a path is unusable, or two are one on a file system without case.
    """
    wanted: dict[str, GeneratedFile] = {}
    folded: dict[str, str] = {}
    for file in files:
        path = file.path.as_posix()
        if portable_path(path) is None:
            raise ApictlError(f"refused to write {path!r}: no path that is safe on every file system")
        other = folded.setdefault(path.casefold(), path)
        if path in wanted or other != path:
            raise ApictlError(f"refused to write {path!r} and {other!r}: one file on some file systems")
        wanted[path] = file
    return Wanted(wanted, {path: digest(file.content) for path, file in wanted.items()})


class Disk:
    """Reads below the output, never through a symlink; remembers which folders it has looked at."""

    def __init__(self, output: Path, looks: Looks | None = None) -> None:
        """Read below *output*, which need not exist, what was not touched since *looks* were taken at it."""
        self._output = output
        self._looks = looks or Looks()
        self._is_folder: dict[str, bool] = {}

    def hash_of(self, path: str) -> str | None:
        """Return the hash of the file, None when there is none, "" for something that is not a regular file."""
        if not self._has_folder(path.rpartition("/")[0]):
            return None
        target = f"{self._output}/{path}"
        try:
            status = os.lstat(target)  # by text: half the time of pathlib, over thousands of files
            if stat.S_ISDIR(status.st_mode):
                raise ApictlError(f"{target} is a folder, a generated file belongs there", hint="move it away")
            return self._looks.hash_of(path, target, status) if stat.S_ISREG(status.st_mode) else ""
        except FileNotFoundError:
            return None
        except OSError as fault:
            raise ApictlError(f"{target} cannot be read: {fault.strerror}") from fault

    def _has_folder(self, folder: str) -> bool:
        if folder not in self._is_folder:
            has_parent = not folder or self._has_folder(folder.rpartition("/")[0])
            self._is_folder[folder] = has_parent and self._look_at(self._output / folder)
        return self._is_folder[folder]

    @staticmethod
    def _look_at(folder: Path) -> bool:
        try:
            mode = folder.lstat().st_mode
        except FileNotFoundError:
            return False
        except OSError as fault:
            raise ApictlError(f"{folder} cannot be read: {fault.strerror}") from fault
        if stat.S_ISLNK(mode):
            raise ApictlError(f"{folder} is a symlink, generated files are never written through one")
        if not stat.S_ISDIR(mode):
            raise ApictlError(f"{folder} is a file, generated files need a folder there", hint="move it away")
        return True
