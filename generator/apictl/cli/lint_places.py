"""What names of services and files mean to somebody in a folder, before any of them is read."""

from __future__ import annotations

import functools
from pathlib import Path

from apictl.cli.diff_operands import is_unusual, operand, root_of
from apictl.cli.lint_wish import Wish
from apictl.report.checkout import Checkout
from apictl.workspace.lint_memory import Question
from apictl.workspace.roots import workspace_root


def question(wish: Wish, current: Path) -> Question:
    """Return what *wish* asks in the folder *current*."""
    home = workspace_root(current)
    meanings: list[tuple[str, ...]] = []
    roots = {home: None}
    for text in wish.operands:
        if not is_path(text, current):
            meanings.append((text,))
            continue
        given = operand(text, current)
        root = root_of(given.path, current)
        roots[root] = None
        meanings.append((text, str(given.path), given.revision, str(given.is_folder), str(root)))
    return Question(current, home, tuple(meanings), wish.judging.rules, tuple(roots))


def is_path(text: str, current: Path) -> bool:
    """Whether *text* means a file to somebody in *current*, not a service."""
    return is_unusual(text) or (current / text).is_file()


@functools.lru_cache(maxsize=10_000)
def file_of(path: str, current: Path) -> Path:
    """Return the file that *path*, as it is shown to somebody in *current*, means: of the workspace, if it has it."""
    inside = workspace_root(current) / path
    return inside if inside.is_file() else current / path


def checkout(current: Path) -> Checkout:
    """Return what paths mean in the repository that *current* lies in; they are those of its workspace."""
    home = workspace_root(current)
    top = next((folder for folder in (home, *home.parents) if (folder / ".git").exists()), home)
    folder = home.relative_to(top).as_posix()
    return Checkout("" if folder == "." else folder)
