"""Where a workspace begins, and which contracts lie in its specs folder: what names of files alone tell."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MANIFEST_NAME: Final = "apictl.yaml"
SPECS: Final = "specs"
KINDS: Final = ("openapi", "asyncapi")
STEMS: Final = {"openapi": ("openapi", "swagger"), "asyncapi": ("asyncapi",)}
"""What contracts of each kind are called; Swagger 2.0 is what OpenAPI was before its name."""
SUFFIXES: Final = (".yaml", ".yml", ".json")


@dataclass(frozen=True, slots=True)
class SpecsFolder:
    """A folder with contracts.

    Attributes:
        name: of the folder.
        openapi: names of contracts of requests in it; more than one is a fault.
        asyncapi: names of contracts of events, likewise.
    """

    name: str
    openapi: tuple[str, ...]
    asyncapi: tuple[str, ...]


def workspace_root(start: Path) -> Path:
    """Return the folder that holds `apictl.yaml`, else the nearest with `specs/`, else *start*.

    The root of a git repository ends the search, so that no manifest above it has a say.
    """
    folders = list(_ancestors(start.resolve()))
    with_manifest = next((folder for folder in folders if (folder / MANIFEST_NAME).is_file()), None)
    with_specs = next((folder for folder in folders if (folder / SPECS).is_dir()), None)
    return with_manifest or with_specs or folders[0]


def specs_folders(root: Path, specs: str) -> tuple[SpecsFolder, ...]:
    """Return the folders directly in the folder *specs* of *root* that hold contracts, by name."""
    names: list[str] = []
    with contextlib.suppress(OSError, ValueError):
        names = sorted(os.listdir(root / specs))  # noqa: PTH208 - pathlib takes three times the time, over a thousand
    folders = (SpecsFolder(name, *(_contracts(f"{root}/{specs}/{name}", kind) for kind in KINDS)) for name in names)
    return tuple(folder for folder in folders if folder.openapi or folder.asyncapi)


def _contracts(folder: str, kind: str) -> tuple[str, ...]:
    names = (f"{stem}{suffix}" for stem in STEMS[kind] for suffix in SUFFIXES)
    return tuple(name for name in names if os.path.exists(f"{folder}/{name}"))  # noqa: PTH110 - as above


def _ancestors(start: Path) -> Iterator[Path]:
    for folder in (start, *start.parents):
        yield folder
        if (folder / ".git").exists():
            return
