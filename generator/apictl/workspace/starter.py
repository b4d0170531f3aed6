"""The first contract of somebody who starts, and a manifest for it."""

from __future__ import annotations

import importlib.resources
from itertools import chain
from pathlib import Path
from typing import Final

from apictl.errors import ApictlError
from apictl.workspace.discovery import open_workspace
from apictl.workspace.manifest import MANIFEST_NAME
from apictl.workspace.roots import STEMS

_CONTRACT: Final = "specs/hello/openapi.yaml"


def make_starter(root: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write a contract and a manifest below *root*; return the paths made, and those kept as they were.

    Where a workspace has contracts already, only what is missing around them is made: no contract is added.

    Raises:
        ApictlError: *root* can't be written, or its `specs` leads elsewhere.
    """
    if not (root / "specs").resolve().is_relative_to(root.resolve()):
        raise ApictlError("specs leads out of this folder", hint="replace it by a folder")
    made: list[str] = []
    kept: list[str] = []
    files = {_CONTRACT: "openapi.yaml", MANIFEST_NAME: "apictl.yaml"}
    if (root / MANIFEST_NAME).exists() or _has_contracts(root):
        # A manifest that speaks of `hello` would be wrong here.
        kept = [path for path in files if (root / path).exists()] or ["specs"]
        return (), tuple(kept)
    for path, starter in files.items():
        (made if _write_new(root / path, starter) else kept).append(path)
    return tuple(made), tuple(kept)


def _has_contracts(root: Path) -> bool:
    documents = (path for stem in chain(*STEMS.values()) for path in (root / "specs").glob(f"*/{stem}.*"))
    return any(documents) and bool(open_workspace(root).services)


def put_new(target: Path, content: bytes) -> bool:
    """Write *content* to *target* unless something is there; return whether it was written.

    Raises:
        ApictlError: it can't be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as stream:
            stream.write(content)
    except FileExistsError:
        return False
    except OSError as fault:
        raise ApictlError(f"{target} cannot be written: {fault.strerror}") from fault
    return True


def _write_new(target: Path, starter: str) -> bool:
    """Write the *starter* file to *target* unless something is there."""
    return put_new(target, importlib.resources.files("apictl.workspace").joinpath("starter", starter).read_bytes())
