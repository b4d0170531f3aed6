"""`--watch`: a run begins anew whenever the workspace changed and has come to rest."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from apictl.cli import console
from apictl.errors import ApictlError
from apictl.workspace.watching import marks

_PAUSE_SECONDS: Final = 0.2
_REST_SECONDS: Final = 0.3
_LONGEST_SECONDS: Final = 3.0
"""Whoever saves again and again waits no longer for a run."""


def watched(run: Callable[[], int]) -> int:
    """Do *run* at once and after each change, until somebody interrupts; what it can't do is told, and ends nothing."""
    while True:
        # Taken before the run: what changes while it works is seen afterwards, so that the last state wins.
        before = marks(Path.cwd())
        _tell(run)
        console.flush()
        console.note("watching, Ctrl-C ends it")
        _wait_for_rest(before)


def _tell(run: Callable[[], int]) -> None:
    try:
        run()
    except ApictlError as fault:
        console.complain(f"error: {fault}", hint=fault.hint)
    except OSError as fault:  # a file that was there a moment ago
        console.complain(f"error: {fault.filename}: {fault.strerror}")


def _wait_for_rest(before: Mapping[str, object]) -> None:
    """Return when the workspace differs from *before* and nobody has touched it for a moment."""
    now = marks(Path.cwd())
    while now == before:
        time.sleep(_PAUSE_SECONDS)
        now = marks(Path.cwd())
    until = time.monotonic() + _LONGEST_SECONDS
    while time.monotonic() < until:
        time.sleep(_REST_SECONDS)
        later = marks(Path.cwd())
        if later == now:
            return
        now = later
