"""What a workspace is made of, as marks that change when a file does: for runs that begin anew with each change."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Final

from apictl.errors import ApictlError
from apictl.workspace.checking.fingerprints import Signature, signature
from apictl.workspace.discovery import open_workspace
from apictl.workspace.manifest import MANIFEST_NAME
from apictl.workspace.roots import workspace_root

_MOST: Final = 50_000
"""Files that are looked at; a workspace with more is not watched whole."""


def marks(start: Path) -> Mapping[str, Signature]:
    """Return a mark of each file that the workspace around *start* is made of, as far as a faulty one can be read."""
    root = workspace_root(start)
    folders, files = {root / "specs"}, {root / MANIFEST_NAME}
    try:
        workspace = open_workspace(root)
    except (ApictlError, OSError):
        pass  # its manifest is among the files: the next change of it may mend it
    else:
        manifest = workspace.manifest
        folders |= {root / path for path in (manifest.specs, manifest.templates) if path}
        files |= {root / path for path in (*manifest.linting.custom, manifest.hooks) if path}
        files |= {root / path for service in workspace.services for path in service.documents}
    below = (path for folder in sorted(folders) for path in _files(folder))
    found = ((str(path), signature(path)) for path in (*sorted(files), *islice(below, _MOST)))
    return {path: mark for path, mark in found if mark is not None}


def _files(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent, name) for name in sorted(names))
