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
