"""Failures that no handler answers: each in the shape, the media type and the status that the contract declares."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Final

import httpx2
import jsonschema_rs
import pytest
from fastapi import FastAPI
from starlette.types import ASGIApp

from apictl.support.authentication import ApiKey, Authentication, Forbidden
from apictl.support.declarations import Answer, Body, Content, Kind, Operation, Parameter, Requirement, SecurityScheme
from apictl.support.declared import DeclaredError, DeclaredStatusError
from apictl.support.endpoint import Settings, Surroundings
from apictl.support.failures import ErrorFactory, Failure, FailureKind
from apictl.support.fastapi_door import contract_router
from apictl.support.judge import Judge
from apictl.support.service import Service

TEXT: Final = {"type": "string"}
NUMBER: Final = {"type": "integer"}


def closed(**properties: Any) -> dict[str, Any]:
    """Return the schema of an object that has exactly *properties*."""
    return {
        "type": "object",
        "properties": properties,
        "required": [*properties],
        "additionalProperties": False,
    }


SHAPES: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "RFC 9457": (
        "application/problem+json",
        closed(type={"type": "string", "format": "uri-reference"}, title=TEXT, status=NUMBER, detail=TEXT),
    ),
    "RFC 9457, in short": ("application/problem+json", closed(title=TEXT, status=NUMBER)),
    "message": ("application/json", closed(message=TEXT)),
    "detail": ("application/json", closed(detail=TEXT)),
    "error with code and message": ("application/json", closed(error=closed(code=TEXT, message=TEXT))),
    "error with a status as code": ("application/json", closed(error=closed(code=NUMBER, message=TEXT))),
    "JSON:API": (
        "application/vnd.api+json",
        closed(errors={"type": "array", "minItems": 1, "items": closed(status=TEXT, title=TEXT, detail=TEXT)}),
    ),
    "code and message": ("application/json", closed(code=NUMBER, message=TEXT)),
    "a word": ("application/json", closed(error=TEXT)),
    "OAuth": ("application/json", closed(error=TEXT, error_description=TEXT)),
    "FastAPI": (
        "application/json",
        closed(detail={"type": "array", "items": closed(loc={"type": "array"}, msg=TEXT, type=TEXT)}),
    ),
    "what isn't known may be null": (
        "application/json",
        closed(error=closed(type=TEXT, message=TEXT, param={"type": ["string", "null"]})),
    ),
    "a status that has one value": ("application/json", closed(status={"enum": [*range(400, 600)]}, err=TEXT)),
    "with more that may be there": (
        "application/json",
        {"type": "object", "properties": {"message": TEXT, "documentation_url": TEXT, "status": TEXT}},
    ),
}
SECRET: Final = "sesame"
LARGEST: Final = 1000

Request = tuple[str, str, dict[str, str], bytes]
GOOD: Final = {"X-Key": SECRET, "Content-Type": "application/json", "Accept": "application/json"}
FAILURES: Final[dict[FailureKind, Request]] = {
    FailureKind.MALFORMED: ("POST", "/things?n=1", GOOD, b"{"),
    FailureKind.UNAUTHENTICATED: ("POST", "/things?n=1", {**GOOD, "X-Key": "wrong"}, b"1"),
    FailureKind.FORBIDDEN: ("POST", "/things?n=1", {**GOOD, "X-Key": "guest"}, b"1"),
    FailureKind.NOT_FOUND: ("POST", "/nothing", GOOD, b"1"),
    FailureKind.METHOD_NOT_ALLOWED: ("PUT", "/things", GOOD, b"1"),
    FailureKind.NOT_ACCEPTABLE: ("POST", "/things?n=1", {**GOOD, "Accept": "image/png"}, b"1"),
    FailureKind.TOO_LARGE: ("POST", "/things?n=1", GOOD, b"1" * (LARGEST + 1)),
    FailureKind.UNSUPPORTED_MEDIA_TYPE: ("POST", "/things?n=1", {**GOOD, "Content-Type": "text/csv"}, b"1"),
    FailureKind.REFUSED: ("POST", "/things?n=many", GOOD, b"1"),
    FailureKind.UNHANDLED: ("POST", "/things?n=500", GOOD, b"1"),
}


class Raised(DeclaredError[Any]):
    """An error of one status."""


class AnyRaised(DeclaredStatusError[Any]):
    """An error of several statuses."""


async def handle(*, n: int, principal: str, body: int) -> dict[str, int]:
    """Fail when asked to."""
    assert principal == SECRET
    if n == FailureKind.UNHANDLED.status:
        raise RuntimeError("a bug of the service")
    return {"sum": n + body}


async def judge_key(credential: ApiKey, _scopes: tuple[str, ...]) -> str | None:
    """Know one key, and a guest who may do nothing."""
    if credential.value == "guest":
        raise Forbidden("guests only look")
    return credential.value if credential.value == SECRET else None


def service(
    media_type: str, schema: dict[str, Any], *, statuses: tuple[str, ...], errors: ErrorFactory | None = None
) -> Service:
    """Return a service of one operation that declares errors of *schema* for *statuses*."""
    content = Content(media_type, Kind.TEXT if media_type.startswith("text/") else Kind.JSON, Any, "error")
    refusals = (Answer(status, (content,), error=Raised if status.isdigit() else AnyRaised) for status in statuses)
    operation: Operation[Any] = Operation(
        "make",
        "POST",
        "/things",
        "make",
        (Answer("200", (Content("application/json", Kind.JSON, Any, "sum"),)), *refusals),
        (Parameter("n", "n", "query", "number", int, is_required=True),),
        Body((Content("application/json", Kind.JSON, Any, "number"),), is_required=True),
        ((Requirement("key"),),),
    )
    judge = Judge.of({"error": schema, "number": {"type": "integer"}, "sum": {"type": "object"}})
    scheme = SecurityScheme("key", "apiKey", "key", key_name="X-Key")
    surroundings = Surroundings(
        judge, Authentication((scheme,), {"key": judge_key}), errors, Settings(max_body_bytes=LARGEST)
    )
    return Service("", [(operation, handle)], surroundings)


def plain(served: Service) -> ASGIApp:
    """Return the fast door."""
    return served.application()


def routed(served: Service) -> ASGIApp:
    """Return the other door."""
    application = FastAPI()
    application.include_router(contract_router(served))
    return application


def answered(application: ASGIApp, request: Request) -> httpx2.Response:
    """Return the answer to *request*."""
    method, target, headers, content = request

    async def run() -> httpx2.Response:
        transport = httpx2.ASGITransport(application, raise_app_exceptions=True)
        async with httpx2.AsyncClient(transport=transport, base_url="https://x.example") as http:
            return await http.request(method, target, headers=headers, content=content)

    return asyncio.run(run())


def every_status() -> tuple[str, ...]:
    """Return the statuses of all failures."""
    return tuple(str(kind.status) for kind in FAILURES)


doors = pytest.mark.parametrize("door", [plain, routed])
Door = Callable[[Service], ASGIApp]


@doors
@pytest.mark.parametrize("statuses", [every_status(), ("4XX", "5XX"), ("default",)], ids=["each", "ranges", "default"])
@pytest.mark.parametrize("shape", SHAPES)
def test_every_failure_has_the_declared_shape(door: Door, statuses: tuple[str, ...], shape: str) -> None:
    media_type, schema = SHAPES[shape]
    application = door(service(media_type, schema, statuses=statuses))

    for kind, request in FAILURES.items():
        if kind is FailureKind.NOT_FOUND and door is routed:
            continue  # a path without operations belongs to the application around the router
        response = answered(application, request)

        assert (response.status_code, response.headers["content-type"]) == (kind.status, media_type), kind
        jsonschema_rs.validate(schema, response.json())
        assert response.json() != {}


@pytest.mark.parametrize("shape", ["FastAPI", "JSON:API", "error with code and message"])
def test_shape_that_is_described_comes_before_one_that_an_open_schema_merely_accepts(shape: str) -> None:
    media_type, schema = SHAPES[shape]
    is_open = {"type": "object", "properties": schema["properties"]}
    application = plain(service(media_type, is_open, statuses=("422",)))

    response = answered(application, FAILURES[FailureKind.REFUSED])

    assert response.json().keys() == schema["properties"].keys()


@pytest.mark.parametrize("media_type,is_told", [("text/plain", True), ("text/html", False)])
def test_failure_is_told_in_plain_text_where_that_is_declared(media_type: str, *, is_told: bool) -> None:
    application = plain(service(media_type, TEXT, statuses=("422",)))

    response = answered(application, FAILURES[FailureKind.REFUSED])

    assert response.headers["content-type"].startswith(media_type if is_told else "application/problem+json")
    assert response.text


def test_message_that_may_not_be_long_is_the_title() -> None:
    short = closed(message={"type": "string", "maxLength": 12})
    application = plain(service("application/json", short, statuses=("401",)))

    assert answered(application, FAILURES[FailureKind.UNAUTHENTICATED]).json() == {"message": "Unauthorized"}


@pytest.mark.parametrize("coding,status", [("gzip", 415), ("identity", 200)])
def test_body_in_a_coding_that_nobody_unpacked_is_not_read(coding: str, status: int) -> None:
    application = plain(service(*SHAPES["message"], statuses=("415",)))

    response = answered(application, ("POST", "/things?n=2", {**GOOD, "Content-Encoding": coding}, b"3"))

    assert response.status_code == status


@doors
@pytest.mark.parametrize("declared,status", [("400", 400), ("422", 422), ("4XX", 415), ("404", 415)])
def test_body_of_another_media_type_is_a_wrong_request_where_that_alone_is_declared(
    door: Door, declared: str, status: int
) -> None:
    application = door(service(*SHAPES["message"], statuses=(declared,)))

    response = answered(application, FAILURES[FailureKind.UNSUPPORTED_MEDIA_TYPE])

    assert response.status_code == status


@doors
def test_good_request_is_no_failure(door: Door) -> None:
    application = door(service(*SHAPES["message"], statuses=("default",)))

    response = answered(application, ("POST", "/things?n=2", GOOD, b"3"))

    assert (response.status_code, response.json()) == (200, {"sum": 5})


@doors
@pytest.mark.parametrize("kind", [kind for kind in FAILURES if kind is not FailureKind.NOT_FOUND])
def test_status_that_is_not_declared_is_told_as_all_errors_of_the_contract_are(door: Door, kind: FailureKind) -> None:
    application = door(service(*SHAPES["error with code and message"], statuses=("418",)))

    response = answered(application, FAILURES[kind])

    assert (response.status_code, [*response.json()["error"]]) == (kind.status, ["code", "message"])


def test_path_without_operations_is_told_as_all_errors_of_the_contract_are() -> None:
    application = plain(service(*SHAPES["JSON:API"], statuses=("418",)))

    response = answered(application, FAILURES[FailureKind.NOT_FOUND])

    assert (response.status_code, response.headers["content-type"]) == (404, "application/vnd.api+json")
    assert response.json() == {
        "errors": [{"status": "404", "title": "Not Found", "detail": "no operation has this path"}]
    }


@doors
def test_contract_without_any_errors_answers_with_problem_details(door: Door) -> None:
    application = door(service("application/json", {}, statuses=()))

    response = answered(application, FAILURES[FailureKind.REFUSED])

    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")
    assert (response.json()["title"], response.json()["status"]) == ("Unprocessable Entity", 422)


# ------------------------------------------------------------------------------------------------------- the factory

OWN: Final = closed(fault=closed(because=TEXT, colour=TEXT))


@doors
@pytest.mark.parametrize("kind", [kind for kind in FAILURES if kind is not FailureKind.NOT_FOUND])
@pytest.mark.parametrize("statuses", [("default",), ()], ids=["declared", "undeclared"])
def test_shape_that_is_not_recognised_is_made_by_the_factory(
    door: Door, kind: FailureKind, statuses: tuple[str, ...]
) -> None:
    def errors(failure: Failure) -> AnyRaised:
        return AnyRaised(failure.status, {"fault": {"because": failure.detail, "colour": "red"}})

    application = door(service("application/json", OWN, statuses=statuses, errors=errors))

    response = answered(application, FAILURES[kind])

    assert response.status_code == kind.status
    assert response.json()["fault"]["colour"] == "red"
    jsonschema_rs.validate(OWN, response.json())


@doors
def test_factory_may_leave_a_failure_to_the_recognised_shapes(door: Door) -> None:
    application = door(service(*SHAPES["message"], statuses=("default",), errors=lambda _failure: None))

    assert [*answered(application, FAILURES[FailureKind.REFUSED]).json()] == ["message"]


@doors
def test_factory_that_breaks_the_contract_is_not_sent(door: Door, caplog: pytest.LogCaptureFixture) -> None:
    application = door(
        service(*SHAPES["message"], statuses=("default",), errors=lambda failure: AnyRaised(failure.status, 7))
    )

    response = answered(application, FAILURES[FailureKind.REFUSED])

    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")
    assert "the error factory breaks the contract" in caplog.text


def test_challenge_and_allow_go_with_the_declared_shape() -> None:
    application = plain(service(*SHAPES["message"], statuses=("default",)))

    assert answered(application, FAILURES[FailureKind.UNAUTHENTICATED]).headers["www-authenticate"] == "ApiKey"
    assert answered(application, FAILURES[FailureKind.METHOD_NOT_ALLOWED]).headers["allow"] == "OPTIONS, POST"
