"""Refusals that a contract declares: raised by the server, caught by the client."""

from __future__ import annotations

from typing import Generic, TypeVar

Body = TypeVar("Body")
"""What the contract declares for a status."""


class DeclaredError(Exception, Generic[Body]):
    """A response with one status that the contract declares for a refused call.

    Attributes:
        status: HTTP status code.
        body: what the contract declares for this status; None when it declares no body.
    """

    status: int

    def __init__(self, body: Body) -> None:
        """Keep *body*."""
        super().__init__(body)
        self.body = body

    def __str__(self) -> str:
        """Return status and body."""
        return f"{self.status}: {self.body!r}"


class DeclaredStatusError(DeclaredError[Body]):
    """A response with any status of a range, or any that the contract does not name."""

    def __init__(self, status: int, body: Body) -> None:
        """Keep *status* and *body*."""
        super().__init__(body)
        self.status = status
