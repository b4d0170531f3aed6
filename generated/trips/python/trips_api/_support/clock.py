"""Time and chance as a client sees them, so that tests can have their own."""

from __future__ import annotations

import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

import anyio


@dataclass(frozen=True, slots=True)
class Clock:
    """Where a client takes the time from.

    Attributes:
        seconds: since some moment; never goes back.
        today: seconds since 1970, which is what dates in headers are compared with.
        chance: at least 0, less than 1.
        pause: waits for some seconds.
        pause_async: the same of asynchronous clients.
    """

    seconds: Callable[[], float] = time.monotonic
    today: Callable[[], float] = time.time
    chance: Callable[[], float] = random.random
    pause: Callable[[float], None] = time.sleep
    pause_async: Callable[[float], Awaitable[None]] = anyio.sleep


SYSTEM_CLOCK: Final = Clock()
"""The time of the machine."""
