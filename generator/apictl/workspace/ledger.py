"""The ledger `.apictl.json` in the output: which files apictl wrote there, and what was in them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from apictl.errors import ApictlError
from apictl.workspace.naming import is_portable_path

LEDGER_NAME: Final = ".apictl.json"
_VERSION: Final = 1

Hashes = Mapping[str, str]
"""SHA-256 in hex by path relative to the output, with forward slashes."""


def digest(content: bytes) -> str:
    """Return the SHA-256 of *content* in hex."""
    return hashlib.sha256(content).hexdigest()


def read_ledger(output: Path) -> Hashes:
    """Return the files that apictl wrote below *output*; empty when it never did.

    Raises:
        ApictlError: the ledger can't be read, or isn't one (a merge may have left its marks in it).
    """
    path = output / LEDGER_NAME
    try:
        text = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as fault:
        raise ApictlError(f"{path} cannot be read: {fault.strerror}") from fault
    hashes = ledger_hashes(text)
    if hashes is None:
        hint = "delete it and run with --force, or take it back from version control"
        raise ApictlError(f"{path} is no list of generated files", hint=hint)
    return hashes


def owned_by_service(owned: Hashes) -> Mapping[str, dict[str, str]]:
    """Return the files of a ledger by their first folder, that of a service."""
    found: dict[str, dict[str, str]] = {}
    for path, value in owned.items():
        found.setdefault(path.partition("/")[0], {})[path] = value
    return found


def ledger_text(hashes: Hashes) -> bytes:
    """Return the ledger of *hashes*, sorted, the same bytes for the same files."""
    document = {"version": _VERSION, "files": dict(sorted(hashes.items()))}
    return (json.dumps(document, indent=2, ensure_ascii=True) + "\n").encode()


def ledger_hashes(text: bytes) -> Hashes | None:
    """Return what *text* lists; None when it is no ledger."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return None
    match document:
        case {"version": 1, "files": dict(files)}:
            # A hostile ledger must not make apictl remove a file elsewhere.
            is_sound = all(isinstance(value, str) and is_portable_path(path) for path, value in files.items())
            return files if is_sound else None
        case _:
            return None
