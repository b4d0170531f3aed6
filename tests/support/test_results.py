"""What handlers return and raise, as statuses, headers and bodies: over both doors."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import httpx2
import pytest
from fastapi import FastAPI
from starlette.types import ASGIApp

from apictl.support.authentication import Authentication
from apictl.support.declarations import Answer, Content, Header, Kind, Operation
from apictl.support.declared import DeclaredError, DeclaredStatusError
from apictl.support.endpoint import ResponseCheck, Settings, Surroundings
from apictl.support.fastapi_door import contract_router
from apictl.support.judge import Judge
from apictl.support.service import Service

JUDGE: Final = Judge.of({"text": {"type": "string"}, "fault": {"type": "object", "required": ["why"]}})
TEXT: Final = (Content("application/json", Kind.JSON, str, "text"),)
FAULT: Final = (Content("application/problem+json", Kind.JSON, dict[str, Any], "fault"),)
LOCATION: Final = Header("Location", "location", "text", str, is_required=True)
TRACE: Final = Header("X-Trace", "trace", "text", str)


@dataclass(frozen=True)
class Known:
    """200."""

    body: str


@dataclass(frozen=True)
class Made:
    """201, with a header that has to be there and one that may."""

    body: str
    location: str | None
    trace: str | None = None


@dataclass(frozen=True)
class Ranged:
    """2XX."""

    body: str
    status: int = 200


@dataclass(frozen=True)
class Emptied:
    """204."""


class NotModified(DeclaredError[None]):
    """304."""

    status = 304

    def __init__(self, *, etag: str) -> None:
        """Keep the version."""
        super().__init__(None)
        self.etag = etag


class Missing(DeclaredError[Any]):
    """404 of this operation."""

    status = 404


class AnyMissing(DeclaredError[Any]):
    """404 of no single operation."""

    status = 404


class ClientError(DeclaredStatusError[Any]):
    """4XX."""


class Conflict(DeclaredError[Any]):
    """409, which has no answer of its own."""

    status = 409


class Gone(DeclaredError[Any]):
    """410, of which nothing is declared where there is no range."""

    status = 410


class Other(DeclaredStatusError[Any]):
    """Any other status."""


SUCCESSES: Final = (
    Answer("200", TEXT, result=Known),
    Answer("201", TEXT, headers=(LOCATION, TRACE), result=Made),
    Answer("204", result=Emptied),
)
REFUSALS: Final = (
    Answer("304", headers=(Header("ETag", "etag", "text", str, is_required=True),), error=NotModified),
    Answer("404", FAULT, error=Missing),
    Answer("4XX", FAULT, error=ClientError),
    Answer("default", FAULT, error=Other),
)


def plain(service: Service) -> ASGIApp:
    return service.application()


def routed(service: Service) -> ASGIApp:
    application = FastAPI()
    application.include_router(contract_router(service))
    return application


def answer(
    door: Callable[[Service], ASGIApp],
    outcome: Any,
    *,
    answers: tuple[Answer, ...] = SUCCESSES + REFUSALS,
    check: ResponseCheck = ResponseCheck.STRICT,
) -> httpx2.Response:
    """Return what the caller of a handler gets that returns or raises *outcome*."""

    async def handle() -> Any:
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    operation: Operation[Any] = Operation("get", "GET", "/", "get", answers)
    surroundings = Surroundings(JUDGE, Authentication((), {}), None, Settings(responses=check))
    application = door(Service("service", [(operation, handle)], surroundings))

    async def run() -> httpx2.Response:
        transport = httpx2.ASGITransport(application)
        async with httpx2.AsyncClient(transport=transport, base_url="http://service.test") as http:
            return await http.get("/")

    return asyncio.run(run())


doors = pytest.mark.parametrize("door", [plain, routed])
WHY: Final = {"why": "because"}


@doors
@pytest.mark.parametrize(
    "outcome, status, headers, content",
    [
        (Known("a"), 200, {"content-type": "application/json"}, b'"a"'),
        (Made("a", "/a"), 201, {"location": "/a"}, b'"a"'),
        (Made("a", "/a", "t1"), 201, {"x-trace": "t1"}, b'"a"'),
        (Emptied(), 204, {}, b""),
        (NotModified(etag='"1"'), 304, {"etag": '"1"'}, b""),
        (Missing(WHY), 404, {"content-type": "application/problem+json"}, b'{"why":"because"}'),
        (ClientError(418, WHY), 418, {}, b'{"why":"because"}'),
        (Other(507, WHY), 507, {}, b'{"why":"because"}'),
        (AnyMissing(WHY), 404, {}, b'{"why":"because"}'),
        (Conflict(WHY), 409, {}, b'{"why":"because"}'),
    ],
)
def test_outcome_is_answered_as_it_is_declared(
    door: Any, outcome: Any, status: int, headers: dict[str, str], content: bytes
) -> None:
    response = answer(door, outcome)

    assert (response.status_code, response.content) == (status, content)
    assert headers.items() <= dict(response.headers).items()
    assert bool(content) == ("content-type" in response.headers)


@doors
@pytest.mark.parametrize(
    "outcome",
    [
        "a body without its class, where only classes are declared",
        Made("a", None),
        Made("a", "/a", trace=7),  # type: ignore[arg-type]  # what a careless service does
        Missing({}),
        ClientError(503, WHY),
        NotModified(etag=7),  # type: ignore[arg-type]  # as above
        RuntimeError("a bug"),
    ],
)
def test_outcome_that_breaks_the_contract_is_a_failure_of_the_service(
    door: Any, outcome: Any, caplog: pytest.LogCaptureFixture
) -> None:
    response = answer(door, outcome)

    assert (response.status_code, response.headers["content-type"]) == (500, "application/problem+json")
    assert caplog.records


def test_error_whose_status_is_not_declared_is_a_failure_of_the_service() -> None:
    declared = (Answer("200", TEXT), Answer("404", FAULT, error=Missing))

    assert answer(plain, Gone(WHY), answers=declared).status_code == 500
    assert answer(plain, Missing(WHY), answers=declared).status_code == 404


def test_answer_that_breaks_the_contract_is_sent_where_answers_are_not_judged(caplog: pytest.LogCaptureFixture) -> None:
    off, warned = (answer(plain, Missing({}), check=check) for check in (ResponseCheck.OFF, ResponseCheck.WARN))

    assert (off.status_code, warned.status_code) == (404, 404)
    assert [record.levelname for record in caplog.records] == ["WARNING"]


@pytest.mark.parametrize("outcome, sent", [(Ranged("a"), 200), (Ranged("a", 202), 202), (Ranged("a", 404), 500)])
def test_result_of_a_range_says_its_status(outcome: Ranged, sent: int) -> None:
    assert answer(plain, outcome, answers=(Answer("2XX", TEXT, result=Ranged),)).status_code == sent


@pytest.mark.parametrize("status, sent", [("2XX", 200), ("default", 200), ("202", 202)])
def test_body_without_a_class_has_the_one_declared_status(status: str, sent: int) -> None:
    response = answer(plain, "a", answers=(Answer(status, TEXT),))

    assert (response.status_code, response.json()) == (sent, "a")
