"""The requests of one call, one after another, until there is a response to be read.

What happens is written once, as steps; the synchronous and the asynchronous caller take the same steps.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Final, TypeAlias, TypeGuard

import httpx2

from . import spans
from .clock import SYSTEM_CLOCK, Clock
from .deadlines import Deadline
from .declarations import Operation
from .hooks import Answered, Attempt, Hooks
from .retries import Retries, is_repeatable
from .tokens import TokenSource


@dataclass(frozen=True, slots=True)
class Policy:
    """How a client calls, whatever the operation.

    Attributes:
        retries: None to send each request once.
        hooks: None when nobody looks.
    """

    retries: Retries | None = None
    hooks: Hooks | None = None

    @property
    def clock(self) -> Clock:
        """Where time comes from."""
        return SYSTEM_CLOCK if self.retries is None else self.retries.clock

    def deadline(self, seconds: float | None) -> Deadline:
        """Return the deadline of a call that says *seconds*, or nothing about it."""
        usual = None if self.retries is None else self.retries.deadline_seconds
        return Deadline(usual if seconds is None else seconds, self.clock)


USUAL: Final = Policy()
"""Every request is sent once, and nobody looks."""


@dataclass(frozen=True, slots=True)
class Send:
    """Send the request, and give back the response or raise why there is none."""

    request: httpx2.Request


@dataclass(frozen=True, slots=True)
class Renew:
    """Let the source have a token that can be shown; one that was *refused* can't."""

    source: TokenSource
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Pause:
    """Wait."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Drop:
    """Close a response that nobody reads."""

    response: httpx2.Response


@dataclass(frozen=True, slots=True)
class Done:
    """The last step: this is the response."""

    response: httpx2.Response


Step: TypeAlias = Send | Renew | Pause | Drop
Steps: TypeAlias = "Generator[Step | Done, httpx2.Response | None]"
Attempted: TypeAlias = "Generator[Step, httpx2.Response | None, httpx2.Response | httpx2.RequestError]"


@dataclass(slots=True)
class Exchange:
    """One call, from its first request to the response that counts.

    Attributes:
        operation: that is called.
        make: makes the request, anew for each attempt.
        sources: of the tokens that the request shows.
        policy: of the client.
        deadline: of the call.
        usual: what bounds the waits of a request that says nothing of it.
        scope: instrumentation scope of spans.
    """

    operation: Operation[object]
    make: Callable[[], httpx2.Request]
    sources: tuple[TokenSource, ...]
    policy: Policy
    deadline: Deadline
    usual: httpx2.Timeout
    scope: str
    number: int = 0

    def steps(self) -> Steps:
        """Yield the steps of the call; the last one has its response.

        Raises:
            DeadlinePassed: there was none in time.
            httpx2.RequestError: there was none, and it is not tried again.
        """
        has_renewed = False
        while True:
            for source in self.sources:
                yield Renew(source)
            tokens = [source.token for source in self.sources]
            request = self.make()
            # Asked before it is sent: a body that was read on its way looks as if it had been there all the time.
            is_at_hand = isinstance(request.stream, httpx2.ByteStream)
            outcome = yield from self._attempt(request)
            if tokens and not has_renewed and is_at_hand and _is_unauthorized(outcome):
                # A token may be revoked before its time: a new one decides.
                has_renewed = True
                yield Drop(outcome)
                for source, token in zip(self.sources, tokens, strict=True):
                    yield Renew(source, refused=token)
                continue
            # A body that comes from an iterator is gone once it is sent.
            pause = self._pause(request, outcome) if is_at_hand else None
            if pause is None:
                break
            if isinstance(outcome, httpx2.Response):
                yield Drop(outcome)
            yield Pause(pause)
        if isinstance(outcome, httpx2.RequestError):
            raise outcome
        yield Done(outcome)

    def _attempt(self, request: httpx2.Request) -> Attempted:
        self.number += 1
        self.deadline.bound(request, self.usual)
        attempt = Attempt(self.operation.id, self.operation.path, self.number, request)
        hooks, clock = self.policy.hooks, self.policy.clock
        if hooks is not None and hooks.on_request is not None:
            hooks.on_request(attempt)
        end = spans.begin(self.scope, attempt)
        began = clock.seconds()
        try:
            outcome = yield from self._outcome(request)
        except BaseException:  # as where the caller gives up: the span ends all the same
            if end is not None:
                end(None)
            raise
        answered = Answered(attempt, outcome, clock.seconds() - began)
        if end is not None:
            end(answered)
        if hooks is not None and hooks.on_response is not None:
            hooks.on_response(answered)
        return outcome

    def _outcome(self, request: httpx2.Request) -> Attempted:
        try:
            response = yield Send(request)
        except httpx2.TimeoutException as fault:
            if self.deadline.left() > 0:
                return fault
            passed = self.deadline.passed(request)
            passed.__cause__ = fault
            return passed
        except httpx2.RequestError as fault:
            return fault
        assert response is not None  # noqa: S101 - what a `Send` gives back
        return response

    def _pause(self, request: httpx2.Request, outcome: httpx2.Response | httpx2.RequestError) -> float | None:
        """Return how long to wait before the next attempt; None when there is none, or no time for it."""
        retries = self.policy.retries
        if retries is None or not is_repeatable(request):
            return None
        pause = retries.pause_seconds(outcome, self.number)
        return None if pause is None or pause >= self.deadline.left() else pause


def _is_unauthorized(outcome: httpx2.Response | httpx2.RequestError) -> TypeGuard[httpx2.Response]:
    return isinstance(outcome, httpx2.Response) and outcome.status_code == httpx2.codes.UNAUTHORIZED
