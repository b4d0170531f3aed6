"""How requests are refused: the errors that the contract declares, with bodies that tell what went wrong."""

from __future__ import annotations

from http import HTTPStatus

from trips_api import errors, models


def problem(status: HTTPStatus, detail: str, *, pointer: str | None = None) -> models.Problem:
    """Return problem details; *pointer* is the place of the request that is refused."""
    body = models.Problem(title=status.phrase, status=status, detail=detail)
    if pointer is not None:
        body.errors = [models.ProblemPlace(pointer=pointer, detail=detail)]
    return body


def not_found() -> errors.NotFound:
    """Return the refusal of what asks for a trip that is not there."""
    return errors.NotFound(problem(HTTPStatus.NOT_FOUND, "there is no such trip"))


def conflict(detail: str) -> errors.Conflict:
    """Return the refusal of what the state of things doesn't allow."""
    return errors.Conflict(problem(HTTPStatus.CONFLICT, detail))


def unprocessable(pointer: str, detail: str) -> errors.UnprocessableEntity:
    """Return the refusal of what stands at *pointer* in the body."""
    return errors.UnprocessableEntity(problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail, pointer=pointer))


def stale(if_match: str, etag: str) -> errors.PreconditionFailed:
    """Return the refusal of a change that is based on *if_match* when the trip is at *etag*."""
    detail = f"the trip is at {etag}, not at {if_match}"
    return errors.PreconditionFailed(problem(HTTPStatus.PRECONDITION_FAILED, detail))


def unconditional() -> errors.PreconditionRequired:
    """Return the refusal of a change that does not say what it is based on."""
    body = problem(HTTPStatus.PRECONDITION_REQUIRED, "the change needs If-Match", pointer="header If-Match")
    return errors.PreconditionRequired(body)
