"""How often a failing handler is tried again, and after which pauses."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Retries:
    """Pauses that grow by a factor up to a limit.

    A delivery stays unacknowledged, and its key waits, while it is retried: all pauses together should stay well
    below the time after which the broker takes it for lost (`max.poll.interval.ms`, `ack_wait`).

    Attributes:
        attempts: in all, the first one included.
        first_seconds: the pause after the first failure.
        factor: of one pause to the next.
        most_seconds: the longest pause.
        jitter: the part of each pause, from 0 to 1, that chance may take off it, so that many who failed together
            don't come back together.
        redeliveries: after how many a message that still is not acknowledged is dead-lettered unseen, as one that ends
            the process would come forever; None for never, and where the broker doesn't count.
    """

    attempts: int = 5
    first_seconds: float = 0.1
    factor: float = 2.0
    most_seconds: float = 30.0
    jitter: float = 0.2
    redeliveries: int | None = None

    def pause_seconds(self, failures: int, chance: float = 0.0) -> float:
        """Return the pause after the given number of failures, at least 1; *chance* is from 0 to 1."""
        # No power: of many failures it is a number too large for a float.
        pause = self.first_seconds
        for _ in range(failures - 1):
            pause *= self.factor
            if pause >= self.most_seconds:
                break
        return min(pause, self.most_seconds) * (1.0 - self.jitter * chance)
