"""Documents from the disk: regular files inside the workspace and nothing else, whatever a reference asks for."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

from apictl.source.fetch import DocumentMissing, Fetch, NotRegularFile, OutsideWorkspace, UnreadableDocument

_SIZE_LIMIT: Final = 64 * 1024 * 1024


def disk_fetch(root: Path) -> Fetch:
    """Return the function that reads documents below *root*, an absolute folder without symlinks.

    The function takes a path relative to *root*, with forward slashes, and raises `FetchError`: no such file, a
    symlink that leads out of *root*, a folder, device or pipe, no permission, more than 64 MB.
    """

    def fetch(path: str) -> bytes:
        target = _resolved(root, path)
        try:
            status = target.stat()
            if not stat.S_ISREG(status.st_mode):  # asked before it is opened: a pipe would wait, a device may act
                raise NotRegularFile(path)
            if status.st_size > _SIZE_LIMIT:
                raise UnreadableDocument(path, f"larger than {_SIZE_LIMIT // 1024 // 1024} MB")
            with target.open("rb") as stream:
                return stream.read(_SIZE_LIMIT + 1)
        except (FileNotFoundError, NotADirectoryError) as fault:
            raise DocumentMissing(path) from fault
        except OSError as fault:
            raise UnreadableDocument(path, fault.strerror or "unreadable") from fault

    return fetch


def _resolved(root: Path, path: str) -> Path:
    """Return the real file behind *path*, which must be inside *root* after all symlinks."""
    try:
        target = Path(os.path.realpath(root / path))
    except (OSError, ValueError) as fault:  # a loop of symlinks, a NUL
        raise UnreadableDocument(path, "no usable path") from fault
    if not target.is_relative_to(root):
        raise OutsideWorkspace(path)
    return target
