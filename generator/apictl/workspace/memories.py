"""What generation remembers from one run to the next: kept outside of the workspace, for one version of the code.

Nothing there came with a commit, so that code may be made of it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import orjson

from apictl.pages.memory import Memory
from apictl.workspace.building import Job
from apictl.workspace.plain_files import keep_latest, read_plain

_MOST_FILES: Final = 200
_MOST_BYTES: Final = 500_000_000


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the memory of one service is kept.

    Attributes:
        path: of the file; None to remember nothing.
        tool: key of the code that made what it holds.
        memory: what earlier runs made, and this one makes.
    """

    path: Path | None
    tool: str
    memory: Memory

    def put_back(self) -> None:
        """Leave what this run made or asked for to the next; a folder that can't be written stays as it is."""
        if self.path is None or not self.memory.is_changed:
            return
        draft = self.path.with_name(f"{self.path.name}.{os.getpid()}.tmp")
        # A text may have lone surrogates, which orjson does not write; it is made anew each time.
        with contextlib.suppress(OSError, orjson.JSONEncodeError):
            content = orjson.dumps({"tool": self.tool, "values": self.memory.kept})
            # It quotes documents, which are nobody else's business (XDG Base Directory Specification).
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft.write_bytes(content)
            draft.replace(self.path)
            keep_latest(self.path.parent, most_files=_MOST_FILES, most_bytes=_MOST_BYTES)


def shelf_of(job: Job) -> Shelf:
    """Return the shelf of the service of *job*, with what the last run of the same code left there."""
    if not job.memory or not job.tool:
        return Shelf(None, job.tool, Memory())
    name = hashlib.sha256(f"{job.root}\0{job.service.name}".encode(errors="surrogateescape")).hexdigest()[:32]
    path = Path(job.memory, f"{name}.json")
    return Shelf(path, job.tool, Memory(_values(path, job.tool)))


def _values(path: Path, tool: str) -> dict[str, object]:
    """Return what was left at *path* by the code *tool*; nothing where there is nothing usable."""
    match read_plain(path):
        case {"tool": str(known), "values": dict(values)} if known == tool:
            return values
        case _:  # absent, damaged, of another version: all is made anew
            return {}
