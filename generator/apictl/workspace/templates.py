"""Templates that take precedence over apictl's own: what may lie among them, and what is said when one fails."""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterator
from pathlib import Path

from apictl.errors import ApictlError


def templates_flaw(root: Path, templates: str) -> str | None:
    """Return what keeps the folder *templates* of the workspace *root* from being used; None when nothing does.

    A link out of the workspace would put what it leads to into generated files.
    """
    folder = root / templates
    if not folder.is_dir():
        return "is no folder"
    if not folder.resolve().is_relative_to(root):
        return "leads out of the workspace"
    for path in _entries(folder):
        if path.is_symlink() and not path.resolve().is_relative_to(root):
            return f"holds a link that leads out of the workspace: {path.relative_to(root).as_posix()}"
    return None


def template_fault(fault: Exception, root: Path, *, templates: str) -> ApictlError | None:
    """Return what to say of *fault*, raised while the folder *templates* was in use; None when it is apictl's own."""
    folder = str(root / templates)
    frames = [frame for frame in traceback.extract_tb(fault.__traceback__) if frame.filename.endswith(".jinja")]
    told = f"{type(fault).__name__}: {fault}"
    if not frames:  # the page came to its end; it is its module that is wrong
        return ApictlError(f"{told}", hint=f"see the templates in {templates}")
    last = frames[-1]
    if not last.filename.startswith(folder + os.sep):
        return None
    return ApictlError(f"{os.path.relpath(last.filename, root)}:{last.lineno}: {told}")


def _entries(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        for name in sorted([*folders, *names]):
            yield Path(parent, name)
