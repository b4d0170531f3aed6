"""Statuses of a contract: which are a success, what they are called."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from apictl.contract.operation import Response

_RANGES = {"1XX": "Informational", "2XX": "Success", "3XX": "Redirection", "4XX": "ClientError", "5XX": "ServerError"}


def successes(responses: Sequence[Response]) -> tuple[Response, ...]:
    """Return the responses that a call returns; every other one is raised.

    A redirection or `default` is a success only where nothing better is declared.
    """
    for prefixes in (("2",), ("3", "1"), ("d",)):
        found = tuple(response for response in responses if response.status[0] in prefixes)
        if found:
            return found
    return ()


def phrase(status: str) -> str:
    """Return the name of *status* in PascalCase, as `NotFound`; "Error" for `default`."""
    if status == "default":
        return "Error"
    if status in _RANGES:
        return _RANGES[status]
    try:
        words = HTTPStatus(int(status)).phrase.replace("-", " ").replace("'", "").split()
    except ValueError:
        return f"Status{status}"
    return "".join(word if word.isupper() else word.capitalize() for word in words)


def usual_status(status: str) -> int:
    """Return the status that is sent for *status* when nobody chooses one: of a range its first."""
    if status == "default":
        return HTTPStatus.OK
    return int(status.replace("XX", "00"))
