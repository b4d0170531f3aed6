"""Reading large documents without the cyclic garbage collector, which would take half of the time."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_YOUNG: Final = 100_000
"""Objects that are made before the young ones are looked at; the interpreter's own number is 700."""
_MIDDLE: Final = 20
_OLD: Final = 100


@contextmanager
def without_collecting() -> Iterator[None]:
    """Switch the collector off, and on again if it was on."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            if gc.get_threshold()[0] == _YOUNG and gc.get_count()[0] > _YOUNG:
                gc.freeze()  # as in `collect_seldom`: so much was read to be kept, and need not be looked at
            gc.enable()


def collect_seldom() -> None:
    """Let the collector pass over all that there is by now, and seldom look at what comes, for the rest of the run.

    For a run that keeps what it read and found until its end: at the interpreter's pace, the collector would look at
    the growing heap again and again, for a fifth of the time.
    """
    gc.freeze()
    gc.set_threshold(_YOUNG, _MIDDLE, _OLD)
    atexit.register(gc.freeze)  # what is left then goes with the process, unseen
