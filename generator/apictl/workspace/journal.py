"""The journal: moves and removals that are decided and must all happen, whatever interrupts them."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from apictl.errors import ApictlError
from apictl.workspace.naming import portable_path

STAGED: Final = "new"
NAMES: Final = "names"
"""The file of names, which belongs outside of the output."""
_NAME: Final = "journal.json"
_WHOLE: Final = "."


@dataclass(frozen=True, slots=True)
class Journal:
    """What is left to do to an output; doing it twice is doing it once.

    Attributes:
        moves: files and folders below the staging folder, "." for all of it; in this order.
        removals: files below the output.
        has_names: the file of names is new, too.
    """

    moves: tuple[str, ...]
    removals: tuple[str, ...]
    has_names: bool = False


def write_journal(state: Path, journal: Journal) -> None:
    """Put *journal* into the folder *state* in one step: from here on it will be carried out."""
    draft = state / f"{_NAME}.tmp"
    with draft.open("wb") as stream:
        told = {"moves": journal.moves, "removals": journal.removals, "names": journal.has_names}
        stream.write(json.dumps(told).encode())
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(state / _NAME)
    sync_folder(state)


def forget_draft(state: Path) -> None:
    """Remove a journal that was never finished, so that nothing was decided."""
    (state / f"{_NAME}.tmp").unlink(missing_ok=True)


def read_journal(state: Path) -> Journal | None:
    """Return the journal that an interrupted run left, or None.

    Raises:
        ApictlError: it is none of ours: a journal is complete or not there.
    """
    path = state / _NAME
    try:
        document = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError) as fault:
        raise ApictlError(f"{path} cannot be read", hint=f"delete {state} and run again") from fault
    match document:
        case {"moves": list(moves), "removals": list(removals)} if _are_safe([*moves, *removals]):
            return Journal(tuple(moves), tuple(removals), has_names=document.get("names") is True)
        case _:
            raise ApictlError(f"{path} is no journal of apictl", hint=f"delete {state} and run again")


def carry_out(journal: Journal, output: Path, state: Path, *, names: Path | None = None) -> None:
    """Do what is left of *journal*, then forget it; *names* is where the file of names belongs.

    Raises:
        ApictlError: the disk refuses; what is left stays in the journal for the next run.
    """
    try:
        for path in journal.removals:
            _within(output, path).unlink(missing_ok=True)
        for path in journal.moves:
            _move(state / STAGED if path == _WHOLE else state / STAGED / path, _within(output, path))
        if journal.has_names and names is not None:
            _move(state / NAMES, names)
        _remove_empty_folders(output, journal.removals)
        sync_folder(output)
        (state / _NAME).unlink(missing_ok=True)
    except OSError as fault:
        hint = "the next run completes it"
        raise ApictlError(f"{output} could not be completed: {fault.strerror}", hint=hint) from fault


def sync_folder(folder: Path) -> None:
    """Make the entries of *folder* last through a loss of power, where the system can."""
    if os.name != "posix" or not folder.is_dir():
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _are_safe(paths: Iterable[object]) -> bool:
    # Anybody could have put a journal there, as a repository that was cloned.
    return all(isinstance(path, str) and (path == _WHOLE or portable_path(path) is not None) for path in paths)


def _within(output: Path, path: str) -> Path:
    """Return *path* below *output*, unless a symlink leads away from it."""
    target = output / path
    for folder in [parent for parent in target.parents if parent.is_relative_to(output)]:
        if folder.is_symlink():
            raise ApictlError(f"{folder} is a symlink, generated files are never written through one")
    return target


def _move(source: Path, target: Path) -> None:
    if source.is_symlink() or not source.exists():  # already moved, or never one of ours
        return
    if source.is_dir() and target.is_dir() and not target.is_symlink():
        # Somebody made the folder since it was planned: what is in it stays.
        for entry in sorted(source.iterdir()):
            _move(entry, target / entry.name)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        source.replace(target)
    except OSError as fault:
        if fault.errno != errno.EXDEV:
            raise
        _copy_over(source, target)


def _copy_over(source: Path, target: Path) -> None:
    """Move across file systems: beside the target first, so that the last step is a rename again."""
    beside = target.with_name(f".{target.name}.apictl-tmp")
    if source.is_dir():
        shutil.copytree(source, beside, dirs_exist_ok=True)
        beside.replace(target)
        shutil.rmtree(source)
    else:
        shutil.copyfile(source, beside)
        beside.chmod(0o644)
        beside.replace(target)
        source.unlink()


def _remove_empty_folders(output: Path, removed: Iterable[str]) -> None:
    folders = {parent for path in removed for parent in (output / path).parents if parent.is_relative_to(output)}
    for folder in sorted(folders - {output}, key=lambda path: len(path.parts), reverse=True):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
