"""What a person wrote to be compared: a file or a folder, now or at a revision."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from apictl.workspace.naming import service_name
from apictl.workspace.roots import MANIFEST_NAME, SPECS, workspace_root

if TYPE_CHECKING:
    from apictl.workspace.discovery import Workspace

_UNUSUAL: Final = frozenset("/\\.@")


@dataclass(frozen=True, slots=True)
class Operand:
    """A file or a folder.

    Attributes:
        path: absolute; its folder has no symlinks.
        revision: "" for what is on the disk.
        is_folder: as it is on the disk; a path that is not there is a folder if it has no suffix.
    """

    path: Path
    revision: str
    is_folder: bool


def operand(text: str, current: Path) -> Operand:
    """Return what *text* means to somebody in *current*: a path, or `PATH@REVISION` where no path is called so."""
    path, revision = text, ""
    if not os.path.lexists(current / text):
        at = text.rfind("@")
        while at > 0 and text.startswith("@{", at):  # `main@{1}`, a revision
            at = text.rfind("@", 0, at)
        if at >= 0:
            path, revision = text[:at], text[at + 1 :]
    spelled = Path(os.path.abspath(current / path))  # noqa: PTH100 - resolve() would follow the last symlink, too
    whole = spelled.resolve() if spelled.is_dir() else spelled.parent.resolve() / spelled.name
    return Operand(whole, revision, whole.is_dir() or (not os.path.lexists(whole) and not whole.suffix))


def is_unusual(text: str) -> bool:
    """Whether *text* can be no name of a service."""
    return not _UNUSUAL.isdisjoint(text)


def existing(path: Path) -> Path:
    """Return *path* if it is a folder, else the nearest folder above it."""
    return next(folder for folder in (path, *path.parents) if folder.is_dir())


def root_of(file: Path, current: Path) -> Path:
    """Return the folder inside which the references of *file* may lead.

    Its workspace; where there is none its repository, else *current* if the file is below, else its own folder.
    """
    root = workspace_root(file.parent)
    if (root / MANIFEST_NAME).is_file() or (root / SPECS).is_dir():
        return root
    repository = next((folder for folder in file.parents if (folder / ".git").exists()), None)
    if repository is not None:
        return repository
    return current if file.is_relative_to(current) else file.parent


def service_of(file: Path, workspace: Workspace | None) -> str:
    """Return the name of the service whose contract *file* is, else one made of the names of its folder or itself."""
    for service in workspace.services if workspace is not None else ():
        if workspace is not None and file in {workspace.root / path for path in service.documents}:
            return service.name
    own = service_name(file.stem)
    return (service_name(file.parent.name) if own in {"asyncapi", "openapi", None} else own) or "api"
