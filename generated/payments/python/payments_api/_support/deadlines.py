"""One deadline for a whole call: every attempt, and the pauses between them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import httpx2

from .clock import Clock


class DeadlinePassed(httpx2.TimeoutException):
    """The deadline of a call passed before it had its response."""


class Deadline:
    """When a call must be over."""

    def __init__(self, seconds: float | None, clock: Clock) -> None:
        """Begin now, and end after *seconds* of *clock*; never when that is None."""
        self.seconds = seconds
        self._clock = clock
        self._end = math.inf if seconds is None else clock.seconds() + seconds

    @property
    def is_set(self) -> bool:
        """Whether the call ends at all."""
        return self.seconds is not None

    def left(self) -> float:
        """Return the seconds that are left, which may be less than none; infinity without an end."""
        return math.inf if self.seconds is None else self._end - self._clock.seconds()

    def bound(self, request: httpx2.Request, usual: httpx2.Timeout) -> None:
        """Let no wait of *request* be longer than what is left; *usual* is what bounds it otherwise.

        Raises:
            DeadlinePassed: nothing is left.
        """
        if self.seconds is None:
            return
        left = self.left()
        if left <= 0:
            raise self.passed(request)
        waits: dict[str, Any] = request.extensions.get("timeout") or usual.as_dict()
        request.extensions["timeout"] = {
            name: left if wait is None else min(wait, left) for name, wait in waits.items()
        }

    def passed(self, request: httpx2.Request) -> DeadlinePassed:
        """Return the failure to raise when nothing is left for *request*."""
        return DeadlinePassed(f"the deadline of {self.seconds:g} s has passed", request=request)


class Watched(httpx2.SyncByteStream):
    """The content of a response as it arrives, until the deadline passes."""

    def __init__(self, response: httpx2.Response, deadline: Deadline) -> None:
        """Watch over the content of *response*, which is not read yet."""
        self._stream = response.stream
        self._request = response.request
        self._deadline = deadline

    def __iter__(self) -> Iterator[bytes]:
        """Yield the content.

        Raises:
            DeadlinePassed: there was more to come.
        """
        assert isinstance(self._stream, httpx2.SyncByteStream)  # noqa: S101 - of a synchronous client
        for chunk in self._stream:
            if self._deadline.left() <= 0:
                raise self._deadline.passed(self._request)
            yield chunk

    def close(self) -> None:
        """Give the connection back."""
        assert isinstance(self._stream, httpx2.SyncByteStream)  # noqa: S101 - of a synchronous client
        self._stream.close()
