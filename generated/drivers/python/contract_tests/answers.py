"""What an answer must be: demanded of it one by one, each failure with the request that led to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from http import HTTPStatus

import httpx2
import schemathesis
from schemathesis.errors import FailureGroup

from .cases import OperationCase, Wire
from .contract import stand_in
from .reporting import ContractBroken, exchange
from .target import ANSWER_CHECKS, Target, named_checks

REFUSED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})
"""Answers to a caller who may not."""
ABSENT = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
"""Answers of what is not there."""


_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


class Caller:
    """Sends the requests of one operation and judges the answers."""

    def __init__(self, target: Target, client: httpx2.Client, contract: schemathesis.BaseSchema) -> None:
        """Ask *target* through *client*; *contract* has the last word."""
        self.target = target
        self._client = client
        self._contract = contract

    def send(self, wire: Wire, credentials: Mapping[str, str]) -> httpx2.Response:
        """Return the answer to *wire*."""
        return self._client.send(self.target.request(self._client, wire, credentials))

    def call(self, operation: OperationCase, wire: Wire) -> httpx2.Response:
        """Return the answer to *wire* sent with the credentials of *operation*."""
        return self.send(wire, self.target.credentials(operation))

    def judge(self, operation: OperationCase, response: httpx2.Response) -> None:
        """Demand that *response* is one that the contract declares for *operation*.

        Raises:
            ContractBroken: it is not.
        """
        method, _, _ = stand_in(operation.label).partition(" ")
        names = dict.fromkeys(_PLACEHOLDER.findall(operation.path), "any")
        case = self._contract[operation.path][method].Case(path_parameters=names)
        try:
            case.validate_response(response, checks=named_checks(ANSWER_CHECKS))
        except FailureGroup as group:
            raise broken([str(failure) for failure in group.exceptions], response) from None


def broken(flaws: Iterable[str], response: httpx2.Response) -> ContractBroken:
    """Return a failure that tells *flaws* and the exchange that showed them."""
    listed = "\n\n".join(f"- {flaw.strip()}" for flaw in flaws)
    return ContractBroken(f"{listed}\n\n{exchange(response)}")


def demand_refusal(caller: Caller, operation: OperationCase, response: httpx2.Response, why: str) -> None:
    """Demand that *response* refuses a request that is wrong because of *why*, as the contract declares.

    Raises:
        ContractBroken: the request is accepted, or refused in another way.
    """
    if not 400 <= response.status_code < 500:  # noqa: PLR2004 - client errors (RFC 9110, 15.5)
        verb = "is accepted" if response.is_success else "is not refused"
        raise broken([f"A request that breaks the contract {verb}: {why}"], response)
    caller.judge(operation, response)
