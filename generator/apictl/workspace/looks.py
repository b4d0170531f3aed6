"""What generated files held when they were last looked at: one that nobody touched since is not read again."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from apictl.workspace.checking.fingerprints import is_settled, mark_of
from apictl.workspace.ledger import digest
from apictl.workspace.plain_files import keep_latest, read_plain, write_plain

_MOST_FILES: Final = 500
_MOST_BYTES: Final = 200_000_000


@dataclass(slots=True)
class Looks:
    """Hashes of the files of one output, by path, each with what changes whenever the file does.

    Attributes:
        place: where they are kept, outside of the workspace; None to remember nothing.
        now_ns: when the run began; only files that had settled by then are remembered.
    """

    place: Path | None = None
    now_ns: int = 0
    _known: dict[str, list[int | str]] = field(default_factory=dict)
    _is_changed: bool = False

    def hash_of(self, path: str, target: str, status: os.stat_result) -> str:
        """Return the SHA-256 of the file *target*, which has *status* and is called *path* in the output.

        Raises:
            OSError: it can't be read.
        """
        mark = mark_of(status)
        match self._known.get(path):
            case [*known, str(found)] if tuple(known) == mark:
                return found
        found = digest(Path(target).read_bytes())
        if self.place is not None and is_settled(mark, self.now_ns):
            self._known[path] = [*mark, found]
            self._is_changed = True
        return found

    def put_back(self, owned: Collection[str]) -> None:
        """Leave what was found out of the files *owned* to the next run; a folder that can't be written stays."""
        if self.place is None or not self._is_changed:
            return
        with contextlib.suppress(OSError):
            self.place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_plain(self.place, {path: row for path, row in self._known.items() if path in owned})
            keep_latest(self.place.parent, most_files=_MOST_FILES, most_bytes=_MOST_BYTES)


def looks_at(output: Path, memory: Path | None, *, now_ns: int) -> Looks:
    """Return what earlier runs found in *output*, as it is remembered beside the folder *memory*; see `Looks`."""
    if memory is None:
        return Looks()
    name = hashlib.sha256(str(output).encode(errors="surrogateescape")).hexdigest()[:32]
    place = memory.with_name("looks") / f"{name}.json"
    return Looks(place, now_ns, _rows(place))


def _rows(place: Path) -> dict[str, list[int | str]]:
    match read_plain(place):
        case dict(rows):
            return {path: row for path, row in rows.items() if isinstance(row, list)}
        case _:
            return {}
