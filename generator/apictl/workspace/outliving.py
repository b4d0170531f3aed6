"""Work that goes on when the process that decided on it is killed."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
import warnings
from collections.abc import Callable

from apictl.workspace.lock import insistently


def outliving(action: Callable[[], object]) -> None:
    """Do *action* in a process that no kill of this one or of its group ends; return when it is over.

    What goes wrong there is not told, and where no such process can be had, nothing is done: whoever calls looks what
    is left to do. *action* only moves files: locks of other threads are copied as they are, and never opened again.
    """
    if sys.platform != "linux":  # elsewhere libraries of the system may not stand a fork
        return
    try:
        child = _forked()
    except OSError:
        return
    if child == 0:
        _done_apart(action)
    insistently(lambda: _waited_for(child))


def _forked() -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of forks beside threads; see above why this one may
        return os.fork()


def _done_apart(action: Callable[[], object]) -> None:
    try:
        os.setsid()  # out of the group, which is killed as a whole by shells and runners of CI
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        gc.disable()  # what it would end belongs to the parent
        action()
    finally:
        os._exit(0)


def _waited_for(child: int) -> None:
    with contextlib.suppress(ChildProcessError):
        os.waitpid(child, 0)
