"""Where a service is watched: it is given a message, and what becomes of it is an outcome."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from ..messages import Publication


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one message.

    Attributes:
        sent: all that the service sent until it was idle again, dead letters included.
        calls: how often a handler was called for the message; None where calls are not seen.
        is_taken: whether it was acknowledged.
        late: what the service sent after it had acknowledged all that it had been given.
        trouble: why there is no more to be seen; "" when the service is idle.
    """

    sent: tuple[Publication, ...]
    calls: int | None
    is_taken: bool
    late: tuple[Publication, ...] = ()
    trouble: str = ""


class Stage(Protocol):
    """A broker, and a service that receives from it."""

    def running(self) -> AbstractAsyncContextManager[object]:
        """Return a context in which the service runs.

        Raises:
            SubjectFailed: on entering or leaving, when the service does not start or stop.
        """
        ...

    async def outcomes(self, *publications: Publication) -> tuple[Outcome, ...]:
        """Send *publications* at once, and return what became of each; all that is sent counts for every one."""
        ...

    async def copied(self, publication: Publication) -> Outcome:
        """Send *publication* again, and return what became of it; it may well be nothing."""
        ...

    async def unasked(self) -> tuple[Publication, ...]:
        """Return what the service sends without having been given anything."""
        ...


class SubjectFailed(Exception):
    """The service does not start, or does not stop."""
