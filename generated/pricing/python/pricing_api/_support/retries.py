"""When a failed call is tried again, and after which pause."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Final

import httpx2

from .clock import SYSTEM_CLOCK, Clock

IDEMPOTENT: Final = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE", "QUERY"})
"""Methods that may be sent twice and mean once (RFC 9110, 9.2.2; QUERY is safe by its own specification)."""

TRANSIENT: Final = frozenset({408, 425, 429, 502, 503, 504})
"""Refusals that speak of this moment, or of what stands between, and not of the request (RFC 9110, 6585, 8470).

500 is not one of them: it is as likely to be a bug that the same request meets again.
"""

_PASSING: Final = (
    httpx2.TimeoutException,
    httpx2.NetworkError,
    httpx2.RemoteProtocolError,
    httpx2.ProxyError,
)
_LONGEST_DELAY: Final = 12
"""Digits of a `Retry-After`; more are no number of seconds that anybody waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retries:
    """What a client tries again by itself.

    A client that is given none sends each request once: layers that retry multiply each other's attempts, so that one
    of them has to be chosen, and your transport, your proxy or your queue may be it already.

    Only what may arrive twice is sent twice: calls of an idempotent method (RFC 9110, 9.2.2), and those that carry an
    `Idempotency-Key`. A body that comes from an iterator can't be sent twice.

    The pause after attempt n is a random part of `first_pause_seconds` * 2 ** (n - 1), or of `longest_pause_seconds`
    where that is less: "full jitter", so that clients which failed together don't come back together. A `Retry-After`
    is waited out before it.

    Attributes:
        attempts: the most requests that a call makes, the first one included.
        first_pause_seconds: bound of the pause after the first attempt.
        longest_pause_seconds: bound of every pause; when the service asks for a longer one, its refusal is final.
        statuses: that are tried again.
        deadline_seconds: for a call as a whole where it does not say its own; None for no bound.
        clock: where time and chance come from.
    """

    attempts: int = 3
    first_pause_seconds: float = 0.5
    longest_pause_seconds: float = 30.0
    statuses: frozenset[int] = TRANSIENT
    deadline_seconds: float | None = None
    clock: Clock = SYSTEM_CLOCK

    def __post_init__(self) -> None:
        """Refuse what means nothing.

        Raises:
            ValueError: there is no attempt, or a pause is negative.
        """
        if self.attempts < 1:
            raise ValueError(f"attempts is {self.attempts}, and a call has at least one")
        if min(self.first_pause_seconds, self.longest_pause_seconds) < 0:
            raise ValueError("a pause has no negative length")

    def pause_seconds(self, outcome: httpx2.Response | httpx2.RequestError, number: int) -> float | None:
        """Return how long to wait after attempt *number* ended in *outcome*; None when that is final."""
        if number >= self.attempts:
            return None
        if isinstance(outcome, httpx2.RequestError):
            return self._jitter(number) if isinstance(outcome, _PASSING) else None
        if outcome.status_code not in self.statuses:
            return None
        asked = retry_after_seconds(outcome.headers.get("retry-after"), self.clock)
        if asked > self.longest_pause_seconds:
            return None
        return asked + self._jitter(number)

    def _jitter(self, number: int) -> float:
        # The exponent is bounded before it is used: 2 ** 10000 is no float.
        bound = min(self.longest_pause_seconds, self.first_pause_seconds * 2.0 ** min(number - 1, 60))
        return bound * self.clock.chance()


def is_repeatable(request: httpx2.Request) -> bool:
    """Whether *request* may arrive twice: by its method, or by the key that it carries."""
    return request.method in IDEMPOTENT or bool(request.headers.get("idempotency-key"))


def retry_after_seconds(value: str | None, clock: Clock) -> float:
    """Return the seconds that a `Retry-After` asks for (RFC 9110, 10.2.3); 0 when it asks for nothing that is one."""
    text = "" if value is None else value.strip(" \t")
    if text.isascii() and text.isdigit():
        return float(text) if len(text) <= _LONGEST_DELAY else float("inf")
    try:
        date = parsedate_to_datetime(text)
        # What says nothing of its zone is UTC: HTTP has no other.
        moment = date if date.tzinfo is not None else date.replace(tzinfo=UTC)
        return max(0.0, moment.timestamp() - clock.today())
    except (ValueError, OverflowError, LookupError):
        return 0.0
