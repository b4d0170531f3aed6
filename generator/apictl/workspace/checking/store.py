"""What runs of `apictl check` leave for the next one, in `.apictl/cache/check`: plain JSON, any damage is a miss."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any, Final

import orjson

FOLDER: Final = Path(".apictl", "cache", "check")


def read_json(root: Path, name: str) -> Any:
    """Return what was left as *name* in the workspace *root*; None when there is nothing usable."""
    try:
        with open(root / FOLDER / f"{name}.json", "rb") as stream:  # noqa: PTH123 - opened a thousand times
            return orjson.loads(stream.read())
    except (OSError, ValueError, RecursionError):
        return None


def write_json(root: Path, name: str, content: object) -> None:
    """Leave *content* as *name*; a workspace that can't be written merely stays without."""
    folder = root / FOLDER
    draft = folder / f"{name}.json.{os.getpid()}.tmp"
    with contextlib.suppress(OSError):
        if any(each.is_symlink() for each in (folder, folder.parent, folder.parent.parent)):
            return
        if not folder.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            (root / FOLDER.parts[0] / ".gitignore").write_text("*\n", encoding="utf-8")
        # Not by orjson: a text may have lone surrogates, and is then merely not found again.
        draft.write_text(json.dumps(content, separators=(",", ":")), encoding="ascii")
        draft.replace(folder / f"{name}.json")
