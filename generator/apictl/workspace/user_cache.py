"""What runs leave for the next one outside of any workspace: in the folder for caches of who runs apictl.

Nothing there came with a commit, so that it may be believed.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from apictl.workspace.cache import program_key
from apictl.workspace.plain_files import keep_latest, read_plain, write_plain

_MOST_BYTES: Final = 64_000_000
_MOST_FILES: Final = 500


class UserCache:
    """A folder of plain values by name, of bounded size; one that can't be written stays empty."""

    def __init__(self, folder: Path) -> None:
        """Keep everything in *folder*, which need not be there."""
        self._folder = folder

    def read(self, name: str) -> Any:
        """Return what was left as *name*; None when there is nothing usable."""
        return read_plain(f"{self._folder}/{name}.json")

    def write(self, name: str, content: object) -> None:
        """Leave *content* as *name*; what was left longest ago goes when there is too much."""
        with contextlib.suppress(OSError):
            # Findings quote documents, which are nobody else's business (XDG Base Directory Specification).
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_plain(self._folder / f"{name}.json", content)
            keep_latest(self._folder, most_files=_MOST_FILES, most_bytes=_MOST_BYTES)

    def tool(self) -> str:
        """Return the key of the code that runs, which is not read again as long as no file of it was touched."""
        name = f"tool-{_digest([str(_PACKAGE), sys.version])[:16]}"
        match self.read(name):
            case [str(stamp), str(key)] if stamp == _stamp():
                return key
        before, key = _stamp(), program_key()
        if before == _stamp():
            self.write(name, [before, key])
        return key


def user_cache(environment: Mapping[str, str]) -> UserCache | None:
    """Return the cache of the person whose *environment* it is; None when nobody knows where it would be."""
    folder = caches_folder(environment, "lint")
    return UserCache(folder) if folder else None


def caches_folder(environment: Mapping[str, str], name: str) -> Path | None:
    """Return the folder *name* for caches of the person whose *environment* it is; None when nobody knows where.

    It is in the folder that APICTL_CACHE names, else in that of all caches.
    """
    chosen, caches = environment.get("APICTL_CACHE", ""), environment.get("XDG_CACHE_HOME", "")
    home = environment.get("HOME") or environment.get("USERPROFILE", "")
    # A path that is not absolute is to be disregarded (XDG Base Directory Specification).
    if not os.path.isabs(caches):  # noqa: PTH117 - of a text
        caches = f"{home}/.cache" if os.path.isabs(home) else ""  # noqa: PTH117 - as above
    folder = chosen or (f"{caches}/apictl" if caches else "")
    return Path(folder, name) if folder else None


_PACKAGE: Final = Path(__file__).parents[1]


def _stamp() -> str:
    """Return what changes whenever a file of apictl does, or something is installed beside it."""
    # The current folder is on the path of `python -m`, and changes all the time.
    marks = [f"{path} {_time_of(path)}" for path in sys.path if path not in {"", os.getcwd()}]  # noqa: PTH109 - a text
    for folder in (_PACKAGE, _PACKAGE.parents[1] / "templates"):
        marks += sorted(_marks(str(folder)))
    return _digest(marks)


def _marks(folder: str) -> Iterator[str]:
    try:
        entries = os.scandir(folder)
    except OSError:  # templates lie in the package where that is installed
        return
    with entries:
        for entry in entries:
            if entry.is_file():
                status = entry.stat()
                yield f"{entry.path} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"
            elif entry.name != "__pycache__":
                yield from _marks(entry.path)


def _time_of(path: str) -> int:
    with contextlib.suppress(OSError, ValueError):
        return os.stat(path).st_mtime_ns  # noqa: PTH116 - a text, which may be empty
    return 0


def _digest(parts: list[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()
