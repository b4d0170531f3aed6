"""How requests are refused: the errors that the contract declares, with bodies that tell what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final, TypeAlias

from trips_api import errors, models

ProblemError: TypeAlias = Callable[[models.Problem], Exception]
"""The class of a declared error whose body is a problem."""


def problem(status: HTTPStatus, detail: str, *, pointer: str | None = None) -> models.Problem:
    """Return problem details; *pointer* is the place of the request that is refused."""
    body = models.Problem(title=status.phrase, status=status, detail=detail)
    if pointer is not None:
        body.errors = [models.ProblemPlace(pointer=pointer, detail=detail)]
    return body


def not_found(error: ProblemError) -> Exception:
    """Return *error*, a 404 of an operation on one trip."""
    return error(problem(HTTPStatus.NOT_FOUND, "there is no such trip"))


def conflict(error: ProblemError, detail: str) -> Exception:
    """Return *error*, a 409."""
    return error(problem(HTTPStatus.CONFLICT, detail))


def unprocessable(error: ProblemError, pointer: str, detail: str) -> Exception:
    """Return *error*, a 422 because of what stands at *pointer* in the body."""
    return error(problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail, pointer=pointer))


@dataclass(frozen=True, slots=True)
class StepErrors:
    """The errors of one operation that takes a trip a step further.

    Attributes:
        not_found: 404.
        conflict: 409.
        precondition_failed: 412.
        precondition_required: 428.
    """

    not_found: ProblemError
    conflict: ProblemError
    precondition_failed: ProblemError
    precondition_required: ProblemError

    def stale(self, if_match: str, etag: str) -> Exception:
        """Return the refusal of a change that is based on *if_match* when the trip is at *etag*."""
        return self.precondition_failed(
            problem(HTTPStatus.PRECONDITION_FAILED, f"the trip is at {etag}, not at {if_match}")
        )

    def unconditional(self) -> Exception:
        """Return the refusal of a change that does not say what it is based on."""
        return self.precondition_required(
            problem(HTTPStatus.PRECONDITION_REQUIRED, "the change needs If-Match", pointer="header If-Match")
        )


ACCEPT: Final = StepErrors(
    errors.AcceptTripNotFound,
    errors.AcceptTripConflict,
    errors.AcceptTripPreconditionFailed,
    errors.AcceptTripPreconditionRequired,
)
START: Final = StepErrors(
    errors.StartTripNotFound,
    errors.StartTripConflict,
    errors.StartTripPreconditionFailed,
    errors.StartTripPreconditionRequired,
)
COMPLETE: Final = StepErrors(
    errors.CompleteTripNotFound,
    errors.CompleteTripConflict,
    errors.CompleteTripPreconditionFailed,
    errors.CompleteTripPreconditionRequired,
)
CANCEL: Final = StepErrors(
    errors.CancelTripNotFound,
    errors.CancelTripConflict,
    errors.CancelTripPreconditionFailed,
    errors.CancelTripPreconditionRequired,
)
