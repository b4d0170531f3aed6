"""What generation remembers from one run to the next: kept outside of the workspace, for one version of the code.

Nothing there came with a commit, so that code may be made of it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson

from apictl.pages.memory import Memory
from apictl.workspace.building import Job
from apictl.workspace.plain_files import keep_latest

_MOST_FILES: Final = 200
_MOST_BYTES: Final = 500_000_000


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the memory of one service is kept.

    Attributes:
        path: of the file; None to remember nothing.
        tool: key of the code that made what it holds.
        memory: what earlier runs made, and this one makes.
        left: what the last run left, as it is in the file.
    """

    path: Path | None
    tool: str
    memory: Memory
    left: Left

    def put_back(self) -> None:
        """Leave what this run made or asked for to the next; a folder that can't be written stays as it is."""
        if self.path is None or not self.memory.is_changed:
            return
        draft = self.path.with_name(f"{self.path.name}.{os.getpid()}.tmp")
        with contextlib.suppress(OSError):
            # It quotes documents, which are nobody else's business (XDG Base Directory Specification).
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with draft.open("wb") as stream:
                stream.writelines(self._pieces())
            draft.replace(self.path)
            keep_latest(self.path.parent, most_files=_MOST_FILES, most_bytes=_MOST_BYTES)

    def _pieces(self) -> Iterator[bytes | memoryview]:
        """Yield what the file holds: what was left is handed on as it is, for it is long."""
        raw: dict[str, bytes | memoryview] = {}
        for key in sorted(self.memory.asked):
            # A text may have lone surrogates, which orjson does not write; it is made anew each time.
            with contextlib.suppress(orjson.JSONEncodeError):
                raw[key] = self.left.raw(key) or orjson.dumps(self.memory.kept.get(key))
        yield orjson.dumps({"tool": self.tool, "sizes": {key: len(value) for key, value in raw.items()}})
        yield b"\n"
        yield from raw.values()


class Left(Mapping[str, Any]):
    """Values by key, each read when it is asked for; one that is damaged is not there."""

    def __init__(self, content: bytes = b"", sizes: Mapping[str, int] | None = None) -> None:
        """Find values of these *sizes* in *content*, one behind the other."""
        self._content = memoryview(content)
        self._spans: dict[str, tuple[int, int]] = {}
        at = 0
        for key, size in (sizes or {}).items():
            self._spans[key] = (at, at + size)
            at += size

    def raw(self, key: str) -> memoryview:
        """Return the value of *key* as it is in the file; nothing when there is none."""
        start, end = self._spans.get(key, (0, 0))
        return self._content[start:end]

    def __getitem__(self, key: str) -> Any:
        """Return the value of *key*."""
        try:
            return orjson.loads(self.raw(key))
        except ValueError:
            self._spans.pop(key, None)  # or it would be left to every later run
            raise KeyError(key) from None

    def __iter__(self) -> Iterator[str]:
        """Yield the keys."""
        return iter(self._spans)

    def __len__(self) -> int:
        """Return how many values there are."""
        return len(self._spans)


def shelf_of(job: Job) -> Shelf:
    """Return the shelf of the service of *job*, with what the last run of the same code left there."""
    if not job.memory or not job.tool:
        return Shelf(None, job.tool, Memory(), Left())
    name = hashlib.sha256(f"{job.root}\0{job.service.name}".encode(errors="surrogateescape")).hexdigest()[:32]
    path = Path(job.memory, f"{name}.memory")
    left = _left(path, job.tool)
    return Shelf(path, job.tool, Memory(left), left)


def _left(path: Path, tool: str) -> Left:
    """Return what was left at *path* by the code *tool*; nothing where there is nothing usable."""
    try:
        head, _, content = path.read_bytes().partition(b"\n")
        told = orjson.loads(head)
    except (OSError, ValueError):
        return Left()
    match told:
        case {"tool": str(known), "sizes": dict(sizes)} if known == tool and _are_of(sizes, content):
            return Left(content, sizes)
        case _:  # damaged, of another version: all is made anew
            return Left()


def _are_of(sizes: Mapping[str, object], content: bytes) -> bool:
    found = [size for size in sizes.values() if isinstance(size, int) and size > 0]
    return len(found) == len(sizes) and sum(found) == len(content)
