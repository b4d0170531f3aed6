"""What is in the folders of generated packages, and how it differs from what the contracts say."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Final

from apictl.workspace.checking.fingerprints import content_key, is_settled, mark_of
from apictl.workspace.ledger import Hashes, digest

_TRACES: Final = frozenset({"__pycache__", ".pytest_cache", ".hypothesis", ".mypy_cache", ".ruff_cache"})
"""Folders that tools leave behind, and that change nothing."""
_LINK: Final = "a link"


@dataclass(frozen=True, slots=True)
class Currency:
    """How a generated package differs from what its contract says; paths are relative to the output, sorted.

    Attributes:
        missing: files that are not there.
        outdated: files as apictl left them, which would be written anew.
        edited: files that apictl did not leave so.
        stale: files that apictl wrote and nothing asks for any more.
        is_listed: the ledger says what it should.
        is_named: `apictl.lock` keeps the names that it should.
    """

    missing: tuple[str, ...] = ()
    outdated: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    is_listed: bool = True
    is_named: bool = True

    @property
    def is_current(self) -> bool:
        """Whether nothing would change."""
        return self.is_listed and self.is_named and not (self.missing or self.outdated or self.edited or self.stale)


def currency(wanted: Hashes, *, present: Hashes, owned: Hashes) -> Currency:
    """Return how *present*, the files of a service, differs from *wanted*; *owned* is what apictl wrote before."""
    differing = [path for path, value in wanted.items() if path in present and present[path] != value]
    return Currency(
        missing=tuple(sorted(wanted.keys() - present.keys())),
        outdated=tuple(sorted(path for path in differing if present[path] == owned.get(path))),
        edited=tuple(sorted(path for path in differing if present[path] != owned.get(path))),
        stale=tuple(sorted(path for path in owned.keys() - wanted.keys() if path in present)),
        is_listed=owned == wanted,
    )


def hashes_of(output: Path, service: str) -> dict[str, str]:
    """Return the SHA-256 of each file in the folder of *service*, by path relative to *output*; of links the word."""
    found: dict[str, str] = {}
    for entry in _files(f"{output}/{service}"):
        path = Path(entry.path).relative_to(output).as_posix()
        try:
            found[path] = _LINK if entry.is_symlink() else digest(Path(entry.path).read_bytes())
        except OSError as fault:
            found[path] = fault.strerror or "unreadable"
    return found


def stamp_of(output: Path, service: str, *, now_ns: int) -> str:
    """Return what changes whenever a file in the folder of *service* does; "" when one was touched near *now_ns*.

    Only a stamp of files that had settled may stand for what was in them.
    """
    lines: list[str] = []
    for entry in _files(f"{output}/{service}"):
        try:
            mark = mark_of(entry.stat(follow_symlinks=False))
        except OSError:
            return ""
        if not is_settled(mark, now_ns):
            return ""
        lines.append(f"{entry.path}\0{mark}\n")
    return hashlib.sha256("".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def state_key(present: Hashes) -> str:
    """Return a hash of all files of a service."""
    return content_key(sorted(present.items()))


def _files(folder: str) -> Iterator[os.DirEntry[str]]:
    """Yield all files below *folder*, sorted by folder; links are not followed."""
    try:
        entries = sorted(os.scandir(folder), key=attrgetter("name"))
    except OSError:
        return
    for entry in entries:
        if not entry.is_dir(follow_symlinks=False):
            yield entry
        elif entry.name not in _TRACES:
            yield from _files(entry.path)
