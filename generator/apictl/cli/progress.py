"""Progress on stderr, for runs that take longer than a second."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from apictl.cli import console

if TYPE_CHECKING:
    from rich.status import Status


@contextlib.contextmanager
def shown(*, patience_seconds: float = 1.0, pause_seconds: float = 5.0) -> Iterator[Callable[[str, int, int], None]]:
    """Give a function to call with a service that is done, how many are done and how many there are.

    Nothing is shown before *patience_seconds* have passed; where there is no terminal, then a line every
    *pause_seconds* at most, for a log of a thousand lines helps nobody.
    """
    display = _Display(pause_seconds)
    timer = threading.Timer(patience_seconds, display.start)
    timer.daemon = True
    timer.start()
    try:
        yield display.advance
    finally:
        timer.cancel()
        display.stop()


class _Display:
    """A spinner on a terminal, a line now and then elsewhere; nothing until it is started."""

    def __init__(self, pause_seconds: float) -> None:
        self._lock = threading.Lock()
        self._pause_seconds = pause_seconds
        self._next = 0.0
        self._status: Status | None = None
        self._is_started = False
        self._is_stopped = False

    def start(self) -> None:
        with self._lock:
            self._is_started = not self._is_stopped
            if not self._is_started or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
                return
            from rich.console import Console  # noqa: PLC0415 - a quick run does without
            from rich.status import Status  # noqa: PLC0415 - as above

            self._status = Status("reading contracts", console=Console(stderr=True))
            self._status.start()

    def advance(self, service: str, done: int, total: int) -> None:
        with self._lock:
            if self._status is not None:
                self._status.update(f"{done} of {total} services, {service} is done")
            elif self._is_started and total > 1 and (time.monotonic() >= self._next or done == total):
                self._next = time.monotonic() + self._pause_seconds
                console.note(f"{service} is done, {done} of {total}")

    def stop(self) -> None:
        with self._lock:
            self._is_stopped = True
            if self._status is not None:
                self._status.stop()
