"""What holds for every operation, asked with prepared requests: what must be accepted, what refused, and how."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator

import httpx2
import pytest
import schemathesis

from . import refusals
from .answers import ABSENT, REFUSED, Caller, broken, demand_refusal
from .cases import OperationCase, Wire, load_cases
from .reporting import ContractBroken
from .target import Target

CASES = load_cases()
OPERATIONS = tuple(CASES.operations.values())
METHODS = ("GET", "PUT", "POST", "DELETE", "PATCH")
_IMPLICIT = {"HEAD", "OPTIONS"}
UNKNOWN_PATH = "/there-is-no-such-path/c0ffee"


def about(operations: Iterable[OperationCase]) -> pytest.MarkDecorator:
    """Return the parametrisation of a test by *operations*."""
    return pytest.mark.parametrize(
        "operation",
        [pytest.param(one, id=one.id, marks=pytest.mark.contract(one.label)) for one in operations],
    )


@pytest.fixture
def caller(target: Target, client: httpx2.Client, bound_contract: schemathesis.BaseSchema) -> Caller:
    """Return what sends requests."""
    return Caller(target, client, bound_contract)


def admitted(caller: Caller, operation: OperationCase) -> tuple[Wire, httpx2.Response]:
    """Return the plainest valid request and its answer; skip where there is none or the caller may not."""
    if operation.valid is None:
        pytest.skip("no valid request could be made from the contract")
    response = caller.call(operation, operation.valid)
    if response.status_code in REFUSED and not caller.target.is_stub:
        pytest.skip(f"{response.status_code}: these credentials are not admitted")
    return operation.valid, response


@about(OPERATIONS)
def test_plainest_valid_request_is_accepted(operation: OperationCase, caller: Caller) -> None:
    """It succeeds on the stub; elsewhere what it names may not exist."""
    _, response = admitted(caller, operation)

    caller.judge(operation, response)
    is_unlucky = not caller.target.is_stub and response.status_code in {*ABSENT, 409, 429}
    is_rule = caller.target.may_refuse(operation, response.status_code)
    if response.is_client_error and not (is_unlucky or is_rule):
        hint = "" if caller.target.is_stub else refusals.advice(operation, response.status_code)
        raise broken([f"A valid request is refused\n\n{hint}"], response)


@about(operation for operation in OPERATIONS if operation.wrong)
def test_wrong_requests_are_refused(operation: OperationCase, caller: Caller) -> None:
    """Each breaks the contract in one place."""
    admitted(caller, operation)

    flaws = []
    for wrong in operation.wrong:
        caller.target.fresh()
        response = caller.call(operation, wrong.wire)
        try:
            demand_refusal(caller, operation, response, wrong.why)
        except ContractBroken as flaw:
            flaws.append(str(flaw))
    if flaws:
        raise ContractBroken("\n\n".join(flaws))


@about(operation for operation in OPERATIONS if operation.security and () not in operation.security)
def test_every_credential_is_needed(operation: OperationCase, caller: Caller) -> None:
    """Without one of them, or with a wrong one, the request is refused."""
    alternatives = caller.target.alternatives(operation)
    if not alternatives:
        pytest.skip("no credentials were given for this operation")
    wire, _ = admitted(caller, operation)

    for credentials in alternatives:
        for scheme in credentials:
            others = {name: value for name, value in credentials.items() if name != scheme}
            if any(set(alternative) <= others.keys() for alternative in operation.security):
                continue
            for given, how in ((others, "without the credential"), ({**others, scheme: "wrong"}, "with a wrong one")):
                caller.target.fresh()
                response = caller.send(wire, given)
                if response.status_code not in REFUSED:
                    raise broken([f"A request {how} of {scheme!r} is answered, expected 401 or 403"], response)
                if any(operation.declares(status) for status in REFUSED):  # else no service could keep the contract
                    caller.judge(operation, response)


@about({operation.path: operation for operation in OPERATIONS if operation.valid is not None}.values())
def test_undeclared_methods_are_refused(operation: OperationCase, caller: Caller) -> None:
    """405 says in `Allow` which methods there are (RFC 9110, 15.5.6)."""
    wire, _ = admitted(caller, operation)

    declared, elsewhere = CASES.methods(operation.path), CASES.methods_at(wire.path)
    for method in METHODS:
        if method in declared | elsewhere:
            continue
        caller.target.fresh()
        response = caller.call(operation, Wire(method, wire.path, "", (), None))
        if response.status_code in {*ABSENT, *REFUSED} and not caller.target.is_stub:
            continue
        if response.status_code != httpx2.codes.METHOD_NOT_ALLOWED:
            raise broken([f"The contract declares no {method} here, expected 405"], response)
        allowed = {name.strip() for name in response.headers.get("allow", "").split(",")}
        if not declared <= allowed | _IMPLICIT or not allowed <= declared | elsewhere | _IMPLICIT:
            raise broken([f"`Allow` must say {', '.join(sorted(declared))}"], response)


@about(operation for operation in OPERATIONS if operation.method == "GET" and operation.valid is not None)
def test_head_answers_like_get_or_not_at_all(operation: OperationCase, caller: Caller) -> None:
    """HEAD has the status of GET and no body, or it is refused (RFC 9110, 9.3.2)."""
    wire, answer = admitted(caller, operation)

    response = caller.call(operation, dataclasses.replace(wire, method="HEAD"))

    if response.status_code not in {answer.status_code, httpx2.codes.METHOD_NOT_ALLOWED}:
        raise broken([f"GET is answered by {answer.status_code}, HEAD by another status"], response)


def test_unknown_path_is_not_found(caller: Caller) -> None:
    """Whatever the method."""
    for method in METHODS:
        response = caller.send(Wire(method, UNKNOWN_PATH, "", (), None), {})
        if response.status_code not in {*ABSENT, *REFUSED}:
            raise broken([f"The contract has no path {UNKNOWN_PATH!r}, expected 404"], response)


def pairs(method: str) -> Iterator[OperationCase]:
    """Yield the operations of *method* on paths that can be read, where the contract says how absence is answered."""
    for operation in OPERATIONS:
        reader = CASES.operations.get(f"GET {operation.path}")
        if operation.method == method and operation.valid and reader and reader.valid and reader.tells_absence:
            yield operation


def read_back(caller: Caller, operation: OperationCase) -> httpx2.Response:
    """Return the answer to reading what *operation* has changed; skip where it has changed nothing."""
    _, response = admitted(caller, operation)
    if not response.is_success or response.status_code == httpx2.codes.ACCEPTED:
        pytest.skip(f"{response.status_code}: nothing was changed")
    reader = CASES.operations[f"GET {operation.path}"]
    if reader.valid is None or operation.valid is None:
        pytest.skip("no valid request could be made from the contract")
    return caller.call(reader, dataclasses.replace(reader.valid, path=operation.valid.path))


@about(pairs("DELETE"))
def test_deleted_is_gone(operation: OperationCase, caller: Caller) -> None:
    """What was deleted can't be read."""
    answer = read_back(caller, operation)

    if answer.status_code not in ABSENT:
        raise broken([f"{operation.label} succeeded, yet what it deleted can be read"], answer)


@about(pairs("PUT"))
def test_what_was_put_is_there(operation: OperationCase, caller: Caller) -> None:
    """What was put can be read."""
    answer = read_back(caller, operation)

    if answer.status_code in ABSENT:
        raise broken([f"{operation.label} succeeded, yet what it put is not there"], answer)
