"""What runs of `apictl check` leave for the next one, in `.apictl/cache/check`: plain JSON, any damage is a miss."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any, Final

from apictl.workspace.plain_files import own_folder, read_plain, write_plain

FOLDER: Final = Path(".apictl", "cache", "check")


def read_json(root: Path, name: str) -> Any:
    """Return what was left as *name* in the workspace *root*; None when there is nothing usable."""
    return read_plain(f"{root}/{FOLDER}/{name}.json")


def write_json(root: Path, name: str, content: object) -> None:
    """Leave *content* as *name*; a workspace that can't be written merely stays without."""
    with contextlib.suppress(OSError):
        if (folder := own_folder(root, FOLDER)) is not None:
            write_plain(folder / f"{name}.json", content)
