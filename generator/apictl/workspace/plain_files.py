"""Files of plain JSON that runs leave for the next one: any damage is a miss, and what can't be written is left out."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any

import orjson


def read_plain(path: str | Path) -> Any:
    """Return what was left at *path*; None when there is nothing usable."""
    try:
        with open(path, "rb") as stream:  # noqa: PTH123 - opened a thousand times
            return orjson.loads(stream.read())
    except (OSError, ValueError, RecursionError):
        return None


def write_plain(path: Path, content: object) -> None:
    """Leave *content* at *path*, whole or not at all; its folder is there."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    with contextlib.suppress(OSError):
        # Not by orjson: a text may have lone surrogates, and is then merely not found again.
        draft.write_text(json.dumps(content, separators=(",", ":")), encoding="ascii")
        draft.replace(path)


def own_folder(root: Path, folder: Path) -> Path | None:
    """Return *folder*, below apictl's own in the workspace *root*, made where it is missing; None behind a link.

    Raises:
        OSError: it can't be made.
    """
    if any((root / each).is_symlink() for each in (folder, *folder.parents)[:-1]):
        return None
    made = root / folder
    made.mkdir(parents=True, exist_ok=True)
    ignored = root / folder.parts[0] / ".gitignore"
    if not os.path.lexists(ignored):
        ignored.write_text("*\n", encoding="utf-8")
    return made


def keep_latest(folder: Path, *, most_files: int, most_bytes: int) -> None:
    """Remove what was left in *folder* longest ago, when there is more than this.

    Raises:
        OSError: the folder can't be looked at.
    """
    with os.scandir(folder) as entries:
        found = [(entry.stat(follow_symlinks=False), entry.path) for entry in entries]
    found.sort(key=lambda each: (each[0].st_mtime_ns, each[1]), reverse=True)
    size = 0
    for count, (status, path) in enumerate(found, start=1):
        size += status.st_size
        if size > most_bytes or count > most_files:
            with contextlib.suppress(OSError):
                Path(path).unlink()
