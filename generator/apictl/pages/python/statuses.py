"""Statuses of a contract: which are a success, what they are called."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from apictl.contract.operation import Response

# Python 3.13 has other phrases for these; a package has one text, whatever generates it.
_PHRASES = {
    413: "Request Entity Too Large",
    414: "Request URI Too Long",
    416: "Requested Range Not Satisfiable",
    422: "Unprocessable Entity",
}
RANGES = {"1XX": "Informational", "2XX": "Success", "3XX": "Redirection", "4XX": "ClientError", "5XX": "ServerError"}
"""What the ranges of statuses are called."""


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
    if status in RANGES:
        return RANGES[status]
    try:
        known = HTTPStatus(int(status))
    except ValueError:
        return f"Status{status}"
    words = _PHRASES.get(known, known.phrase).replace("-", " ").replace("'", "").split()
    return "".join(word if word.isupper() else word.capitalize() for word in words)


def is_without_content(method: str, status: str) -> bool:
    """Whether an answer of *status* to *method* never has content (RFC 9110, 6.4.1, 15.3.6 and 15.4.5)."""
    return method == "HEAD" or status[0] == "1" or status in {"204", "205", "304"}


def usual_status(status: str) -> int:
    """Return the status that an answer declared for *status* has unless something else is said."""
    return 200 if status == "default" else int(status.replace("XX", "00"))
