"""What befalls a workspace: what somebody did to it before a run, or between two."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

SOUND: Final = """\
openapi: 3.1.0
info: {title: T, version: "1"}
paths:
  /y:
    get:
      operationId: getY
      responses: {"204": {description: done}}
"""
_REFUSED: Final = SOUND.replace("operationId", "operationID")
_FAR: Final = '{"version": 1, "files": {"../../secret.yaml": "0"}}'
_MERGED: Final = "<<<<<<< ours\n=======\n>>>>>>> theirs\n"


def _gone(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _holding(text: str) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        _gone(path)
        path.write_text(text, encoding="utf-8")

    return write


def _folder(path: Path) -> None:
    _gone(path)
    path.mkdir()
    (path / "mine.txt").write_text("mine\n")


def _edited(path: Path) -> None:
    with path.open("a", encoding="utf-8") as stream:
        stream.write("# mine\n")


def _outside(path: Path) -> Path:
    """Return the folder that holds the workspace in which *path* is."""
    return next(folder for folder in path.parents if (folder / "secret.yaml").is_file())


def _link_to_a_folder_outside(path: Path) -> None:
    _gone(path)
    elsewhere = _outside(path) / "elsewhere"
    elsewhere.mkdir()
    path.symlink_to(elsewhere)


def _link_out(path: Path) -> None:
    """Make a link to the file beside the workspace that nobody may read."""
    path.symlink_to(_outside(path) / "secret.yaml")


FAULTS: Final[dict[str, Callable[[Path], None]]] = {
    "changed-by-hand": _edited,
    "conflict-of-a-merge": _holding(_MERGED),
    "file": _holding("# mine\n"),
    "folder": _folder,
    "gone": _gone,
    "ledger-that-climbs": _holding(_FAR),
    "link-out-of-the-workspace": _link_out,
    "link-to-a-folder-outside": _link_to_a_folder_outside,
    "link-to-itself": lambda path: path.symlink_to(path.name),
    "link-to-the-folder-above": lambda path: path.symlink_to(path.parents[1]),
    "lock-of-a-dead-process": _holding("4194999\n"),
    "no-permission": lambda path: path.chmod(0),
    "other-contract": _holding(SOUND),
    "refused-contract": _holding(_REFUSED),
}
