"""What documents hold, by hash; a file that was not touched since it was last hashed is not read again."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

from apictl.source.library import FetchError
from apictl.workspace.checking.store import read_json, write_json
from apictl.workspace.fetching import disk_fetch

_NAME: Final = "documents"
_SETTLED_NS: Final = 2_000_000_000
"""A file that was touched so shortly ago may change again without another size or time (FAT counts in 2 s)."""

Signature: TypeAlias = tuple[int, int, int, int]
"""Inode, size, time of the last change of content and of the file, in ns."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a file holds.

    Attributes:
        sha256: of its bytes, in hex.
        blob: id that git gives to these bytes, in repositories with SHA-1.
        size: in bytes.
    """

    sha256: str
    blob: str
    size: int


class Fingerprints:
    """Fingerprints of the documents of a workspace, each file hashed once and remembered between runs."""

    def __init__(self, root: Path, *, now_ns: int, is_remembered: bool = True) -> None:
        """Take what is known of files below *root*; *now_ns* is when the run began."""
        self._root = root
        self._now_ns = now_ns
        self._fetch = disk_fetch(root)
        self._is_remembered = is_remembered
        self._known = _known(read_json(root, _NAME)) if is_remembered else {}
        self._found: dict[str, Fingerprint | None] = {}
        self._is_changed = False

    def of(self, path: str) -> Fingerprint | None:
        """Return the fingerprint of the file at *path*; None when it can't be had."""
        if path not in self._found:
            self._found[path] = self._looked_at(path)
        return self._found[path]

    def hashes(self, paths: Mapping[str, object]) -> dict[str, str | None]:
        """Return the SHA-256 of each of *paths*, sorted; None for a file that can't be had."""
        return {path: None if (found := self.of(path)) is None else found.sha256 for path in sorted(paths)}

    def remember(self) -> None:
        """Keep what was found out for the next run."""
        if self._is_changed and self._is_remembered:
            rows = {path: [list(mark), *_row(found)] for path, (mark, found) in self._known.items()}
            write_json(self._root, _NAME, rows)

    def _looked_at(self, path: str) -> Fingerprint | None:
        mark = signature(self._root / path)
        known = self._known.get(path)
        if mark is not None and known is not None and known[0] == mark:
            return known[1]
        try:
            raw = self._fetch(path)
        except FetchError:
            return None
        found = fingerprint(raw)
        if mark is not None and is_settled(mark, self._now_ns):
            self._known[path] = (mark, found)
            self._is_changed = True
        return found


def fingerprint(raw: bytes) -> Fingerprint:
    """Return the fingerprint of *raw*."""
    blob = hashlib.sha1(b"blob %d\0" % len(raw), usedforsecurity=False)
    blob.update(raw)
    return Fingerprint(hashlib.sha256(raw).hexdigest(), blob.hexdigest(), len(raw))


def signature(path: Path | str) -> Signature | None:
    """Return what changes whenever the file at *path* does; None when there is none."""
    with contextlib.suppress(OSError, ValueError):
        return mark_of(os.stat(path))  # noqa: PTH116 - half the time of pathlib, over thousands of files
    return None


def mark_of(status: os.stat_result) -> Signature:
    """Return what of *status* changes whenever the file does."""
    return (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def is_settled(mark: Signature, now_ns: int) -> bool:
    """Whether a file with *mark* was last touched long enough before *now_ns* that another change would show."""
    return max(mark[2:]) < now_ns - _SETTLED_NS


def content_key(parts: object) -> str:
    """Return a hash of *parts*, plain values of JSON."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def plain(value: Any) -> Any:
    """Return *value*, of frozen dataclasses and collections, as plain values of JSON, the same in every process."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in dataclasses.fields(value)}
    match value:
        case set() | frozenset():
            return sorted(map(plain, value), key=repr)
        case list() | tuple():
            return [plain(each) for each in value]
        case Mapping():
            return {str(key): plain(each) for key, each in value.items()}
        case str() | int() | float() | None:
            return value
        case _:
            return repr(value)


def _row(found: Fingerprint) -> tuple[str, str, int]:
    return (found.sha256, found.blob, found.size)


def _known(content: object) -> dict[str, tuple[Signature, Fingerprint]]:
    known: dict[str, tuple[Signature, Fingerprint]] = {}
    for path, row in content.items() if isinstance(content, dict) else ():
        match row:
            case [[int(inode), int(length), int(changed), int(touched)], str(sha256), str(blob), int(size)]:
                known[path] = ((inode, length, changed, touched), Fingerprint(sha256, blob, size))
            case _:
                continue
    return known
