"""Names of services and paths of files: what may become a folder on every file system."""

from __future__ import annotations

import functools
import re
from pathlib import PurePosixPath
from typing import Final

_SERVICE: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_SERVICE_LENGTH: Final = 64
_COMPONENT_BYTES: Final = 255
_FORBIDDEN: Final = re.compile(r'[\x00-\x1f\x7f<>:"\\|?*]')
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)


def service_name(text: str) -> str | None:
    """Return *text* as the name of a service (`[a-z][a-z0-9-]*`), or None when nothing sensible is left of it.

    Capitals are lowered and runs of anything else become one dash, so that `My_Service` is `my-service`.
    """
    name = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    is_usable = len(name) <= _SERVICE_LENGTH and _SERVICE.fullmatch(name) and not is_reserved(name)
    return name if is_usable else None


def is_reserved(name: str) -> bool:
    """Whether *name* is a device on Windows, where no file or folder may be called so."""
    return _RESERVED.fullmatch(name) is not None


def portable_path(text: str) -> PurePosixPath | None:
    """Return *text* as a path below some folder, or None when it could lead elsewhere or exist on no Windows."""
    return PurePosixPath(*text.split("/")) if is_portable_path(text) else None


def is_portable_path(text: str) -> bool:
    """Whether `portable_path` gives *text* as a path; quick over many paths that share their folders."""
    return all(map(_is_portable, text.split("/")))


def path_inside(text: str) -> PurePosixPath | None:
    """Return *text*, written by a person, as a path below the workspace, or None when it leads out of it."""
    path = PurePosixPath(text)
    leads_out = path.is_absolute() or ".." in path.parts or not path.parts
    return None if leads_out or _FORBIDDEN.search(text) else path


@functools.lru_cache(maxsize=10_000)
def _is_portable(part: str) -> bool:
    if not part or part in {".", ".."} or part[-1] in ". " or _FORBIDDEN.search(part) or is_reserved(part):
        return False
    try:
        return len(part.encode()) <= _COMPONENT_BYTES
    except UnicodeEncodeError:  # a lone surrogate is no text
        return False
