"""One run at a time for one output: a lock that the kernel frees when its holder dies."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from apictl.errors import ApictlError

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try_lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


_PAUSE_SECONDS: Final = 0.05


@contextlib.contextmanager
def locked(folder: Path, *, wait_seconds: float = 10.0) -> Iterator[None]:
    """Hold the lock of *folder*, which is made for it and removed afterwards when nothing is left in it.

    The file names its holder for people only: what locks is the kernel, so a dead run's lock is free at once.

    Raises:
        ApictlError: another run holds it for longer than *wait_seconds*.
    """
    path = folder / "lock"
    try:
        descriptor = _acquired(path, wait_seconds)
    except BaseException:
        with contextlib.suppress(OSError):
            folder.rmdir()  # fails when it is another run's
        raise
    try:
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
    finally:
        insistently(lambda: _released(path, descriptor))


def insistently(action: Callable[[], None]) -> None:
    """Do *action*; when a signal interrupts it, do it again before the interruption goes on."""
    try:
        action()
    except BaseException:
        action()
        raise


def _released(path: Path, descriptor: int) -> None:
    # Unlinked while held, so that who waits for this file notices that it is gone.
    path.unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        os.close(descriptor)
    with contextlib.suppress(OSError):
        path.parent.rmdir()


def _acquired(path: Path, wait_seconds: float) -> int:
    for _ in range(max(1, round(wait_seconds / _PAUSE_SECONDS))):
        descriptor = _attempt(path)
        if descriptor is not None:
            return descriptor
        time.sleep(_PAUSE_SECONDS)
    raise ApictlError(f"another run is in progress (process {_holder(path)})", hint="wait for it to end")


def _attempt(path: Path) -> int | None:
    """Return a descriptor that holds the lock, or None when somebody else does."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0), 0o644)
    except FileNotFoundError:  # the last holder removed the folder in between
        return None
    except OSError as fault:
        raise ApictlError(f"{path.parent.parent} cannot be written: {fault.strerror}") from fault
    try:
        _try_lock(descriptor)
        is_current = os.fstat(descriptor).st_ino == path.stat().st_ino
    except OSError:
        is_current = False
    if not is_current:
        os.close(descriptor)
        return None
    return descriptor


def _holder(path: Path) -> str:
    with contextlib.suppress(OSError, ValueError):
        return str(int(path.read_bytes()[:20]))
    return "unknown"
