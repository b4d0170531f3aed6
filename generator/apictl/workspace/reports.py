"""Files that a person asked for by name: a report is there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from apictl.errors import ApictlError

_MODE: Final = 0o644
_LONGEST: Final = 100


def refuse_unwritable(path: Path) -> None:
    """Refuse a *path* where no file can be put, before any work is done for it.

    Raises:
        ApictlError: its folder is not there, or something other than a file is.
    """
    try:
        is_placed, is_taken = path.parent.is_dir(), path.exists() and not path.is_file()
    except (OSError, ValueError) as fault:
        raise ApictlError(f"{str(path)!r} can't be written: {fault}") from fault
    if not is_placed:
        raise ApictlError(f"{path} can't be written, there is no folder {path.parent}")
    if is_taken:
        raise ApictlError(f"{path} can't be written, it is no file")


def write_report(path: Path, lines: Iterable[str]) -> None:
    """Put a file of *lines*, in UTF-8, where *path* leads; what was there stays until it is whole.

    Raises:
        ApictlError: the disk is full or refuses.
    """
    content = "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")
    target = Path(os.path.realpath(path))
    try:
        with tempfile.TemporaryDirectory(prefix=".apictl-", dir=target.parent) as folder:
            draft = Path(folder) / target.name[:_LONGEST]
            draft.write_bytes(content)
            draft.chmod(target.stat().st_mode & 0o777 if target.exists() else _MODE)
            draft.replace(target)
    except OSError as fault:
        raise ApictlError(f"{path} could not be written: {fault.strerror}") from fault
