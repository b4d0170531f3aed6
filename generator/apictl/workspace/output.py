"""Writing the generated tree: staged beside it, decided in one step, never half of it for long."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from apictl.errors import ApictlError
from apictl.pages.page import GeneratedFile
from apictl.workspace.journal import NAMES, STAGED, Journal, carry_out, forget_draft, read_journal, write_journal
from apictl.workspace.ledger import LEDGER_NAME, ledger_text
from apictl.workspace.lock import insistently, locked
from apictl.workspace.outliving import outliving
from apictl.workspace.plan import Plan

_MODE: Final = 0o644


def state_folder(output: Path) -> Path:
    """Return the folder for lock, staging and journal: beside *output*, or in it when it is another file system."""
    beside = output.parent / f".{output.name}.apictl"
    with contextlib.suppress(OSError):
        if output.stat().st_dev != output.parent.stat().st_dev:
            return output / ".apictl"
    return beside


@contextlib.contextmanager
def exclusive(output: Path, *, names: Path | None = None, wait_seconds: float = 10.0) -> Iterator[None]:
    """Hold *output* alone, after completing or cleaning up what an interrupted run left.

    *names* is where the file of names belongs.

    Raises:
        ApictlError: another run holds it for too long, or its parent can't be written.
    """
    state = state_folder(output)
    if state.is_symlink():
        raise ApictlError(f"{state} is a symlink", hint="delete it")
    with locked(state, wait_seconds=wait_seconds):
        _complete(output, state, names)
        try:
            yield
        finally:
            # What is decided is carried out even when a signal ends the run right after the decision.
            insistently(lambda: _complete(output, state, names))


def has_leftovers(output: Path) -> bool:
    """Whether a run is in progress for *output*, or one was interrupted."""
    return state_folder(output).exists()


def apply(plan: Plan, output: Path, *, names: Path | None = None) -> None:
    """Make *output*, and the file at *names*, what *plan* says, entirely or not at all; call it within `exclusive`.

    When it is interrupted before the decision, nothing has changed; afterwards it is completed before the
    interruption goes on. When the process is killed, another one completes it, and the next run when that dies, too.

    Raises:
        ApictlError: the disk is full or refuses.
    """
    state = state_folder(output)
    ledger = GeneratedFile(PurePosixPath(LEDGER_NAME), ledger_text(plan.hashes))
    try:
        (state / STAGED).mkdir()  # a new one: nobody else may have put a symlink there
        _stage([*plan.writes, ledger], state / STAGED)
        if plan.names is not None:
            _stage([GeneratedFile(PurePosixPath(NAMES), plan.names)], state)
        journal = Journal(tuple(_moves(plan, output)), plan.removals, has_names=plan.names is not None)
        write_journal(state, journal)
    except OSError as fault:
        message = f"{output} is unchanged, the new files could not be written: {fault.strerror}"
        raise ApictlError(message) from fault
    outliving(lambda: _complete(output, state, names))
    _complete(output, state, names)


def _complete(output: Path, state: Path, names: Path | None) -> None:
    """Carry out what is decided, or remove what was only staged."""
    journal = read_journal(state)
    if journal is not None:
        carry_out(journal, output, state, names=names)
    shutil.rmtree(state / STAGED, ignore_errors=True)
    (state / NAMES).unlink(missing_ok=True)
    forget_draft(state)


def _stage(files: Iterable[GeneratedFile], folder: Path) -> None:
    made: set[Path] = {folder}
    written: list[Path] = []
    for file in files:
        target = folder / file.path
        if target.parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(target.parent)
        with target.open("xb") as stream:
            stream.write(file.content)
        target.chmod(_MODE)
        written.append(target)
    for target in written:  # after all are written, so that the disk can take them together
        descriptor = os.open(target, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _moves(plan: Plan, output: Path) -> Iterator[str]:
    """Yield what to move: a folder that is new goes as a whole, so that it is there entirely or not at all."""
    if not output.exists():
        yield "."
        return
    seen: set[str] = set()
    for file in plan.writes:
        steps = [file.path, *file.path.parents][-2::-1]
        newest = next((step for step in steps if not (output / step).exists()), file.path)
        move = newest.as_posix()
        if move not in seen:
            seen.add(move)
            yield move
    yield LEDGER_NAME
