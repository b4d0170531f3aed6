"""What others may see of the requests that a client makes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import httpx2


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request of a call, before it is sent.

    Attributes:
        operation_id: `operationId` in the contract.
        path: template in the contract, as `/trips/{tripId}`.
        number: 1 for the first request of the call.
        request: to be sent; headers may still be added.
    """

    operation_id: str
    path: str
    number: int
    request: httpx2.Request


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of an attempt.

    Attributes:
        attempt: that was made.
        outcome: the response, whose body may not be read yet, or why there is none.
        elapsed_seconds: from sending the request.
    """

    attempt: Attempt
    outcome: httpx2.Response | httpx2.RequestError
    elapsed_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Hooks:
    """Functions that a client calls around each request, retries included.

    The event hooks of httpx2 see the same requests, and those of redirects; these know besides which operation it is,
    the how manyth attempt, and when there was no response at all. An asynchronous client calls them, too, without
    awaiting: they should be quick.

    Attributes:
        on_request: before an attempt.
        on_response: after it; what it raises leaves the call.
    """

    on_request: Callable[[Attempt], None] | None = None
    on_response: Callable[[Answered], None] | None = None
