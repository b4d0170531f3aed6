"""What runs of `apictl check` leave for the next one, in `.apictl/cache/check`: plain JSON, any damage is a miss."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any, Final

from apictl.workspace.plain_files import read_plain, write_plain

FOLDER: Final = Path(".apictl", "cache", "check")


def read_json(root: Path, name: str) -> Any:
    """Return what was left as *name* in the workspace *root*; None when there is nothing usable."""
    return read_plain(f"{root}/{FOLDER}/{name}.json")


def write_json(root: Path, name: str, content: object) -> None:
    """Leave *content* as *name*; a workspace that can't be written merely stays without."""
    folder = root / FOLDER
    with contextlib.suppress(OSError):
        if any(each.is_symlink() for each in (folder, folder.parent, folder.parent.parent)):
            return
        if not folder.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            (root / FOLDER.parts[0] / ".gitignore").write_text("*\n", encoding="utf-8")
        write_plain(folder / f"{name}.json", content)
