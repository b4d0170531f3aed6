"""Both doors of a service find the operation of a request by its path and the fixed query of the path."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import unquote

import httpx2
import pytest
from fastapi import APIRouter, Depends, FastAPI, HTTPException
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from apictl.support.authentication import Authentication
from apictl.support.declarations import Answer, Body, Content, Kind, Operation, Parameter
from apictl.support.endpoint import Settings, Surroundings
from apictl.support.fastapi_door import contract_router
from apictl.support.judge import Judge
from apictl.support.service import Service

JUDGE = Judge.of(
    {
        "any": True,
        "text": {"type": "string"},
        "uuid": {"type": "string", "format": "uuid"},
        "number": {"type": "integer"},
        "open": {"type": "object", "additionalProperties": {"type": "string"}},
        "flags": {"type": "object", "properties": {"beta": {"type": "string"}}, "required": ["beta"]},
    }
)
JSON = Content("application/json", Kind.JSON, Any, "any")
ID = Parameter("id", "id", "path", "text", str, style="simple", explode=False, is_required=True)
LIMIT = Parameter("limit", "limit", "query", "number", int)

Door = Callable[[Service], tuple[Any, str]]


def _plain(service: Service) -> tuple[Any, str]:
    return service.application(), ""


def _router(service: Service) -> tuple[Any, str]:
    application = FastAPI()
    application.include_router(contract_router(service))
    return application, ""


def _prefixed(service: Service) -> tuple[Any, str]:
    application = FastAPI()
    application.include_router(contract_router(service), prefix="/api/v1")
    return application, "/api/v1"


def _mounted(service: Service) -> tuple[Any, str]:
    inner, outer = FastAPI(), FastAPI()
    inner.include_router(contract_router(service))
    outer.mount("/api", inner)
    return outer, "/api"


doors = pytest.mark.parametrize("door", [_plain, _router, _prefixed, _mounted])


def _service(*requests: str, parameters: tuple[Parameter, ...] = ()) -> Service:
    """Return a service of *requests*, as "GET /a", that answers each with its id and arguments."""

    def handled(operation: Operation[Any]) -> tuple[Operation[Any], Callable[..., Any]]:
        async def handle(**arguments: Any) -> Any:
            return [operation.id, arguments]

        return operation, handle

    operations: list[Operation[Any]] = []
    for request in requests:
        method, path = request.split(" ")
        declared = (*([ID] if "{id}" in path else []), *parameters)
        body = Body((JSON,)) if method == "POST" else None
        operations.append(Operation(request, method, path, "op", (Answer("200", (JSON,)),), declared, body))
    surroundings = Surroundings(JUDGE, Authentication((), {}), None, Settings())
    return Service("", [handled(operation) for operation in operations], surroundings)


def _answers(door: Door, service: Service, *requests: str) -> list[Any]:
    """Return what each of *requests*, as "GET /a", is answered: the value, or the status and `Allow` of a refusal."""
    application, prefix = door(service)

    async def run() -> list[Any]:
        transport = httpx2.ASGITransport(application, raise_app_exceptions=True)
        async with httpx2.AsyncClient(transport=transport, base_url="https://x.example") as http:
            return [await answer(http, *request.split(" ")) for request in requests]

    async def answer(http: httpx2.AsyncClient, method: str, target: str) -> Any:
        response = await http.request(method, prefix + target, json=1 if method == "POST" else None)
        return response.json() if response.is_success else (response.status_code, response.headers.get("allow"))

    return asyncio.run(run())


@doors
def test_operation_is_chosen_by_the_fixed_query(door: Door) -> None:
    service = _service("GET /r/{id}", "GET /r/{id}?beta=true", "GET /r/{id}?v=2&beta=true", parameters=(LIMIT,))

    answers = _answers(
        door, service, "GET /r/7?limit=1", "GET /r/7?limit=2&b%65ta=true", "GET /r/7?beta=true&v=2", "GET /r/7?beta=1"
    )

    assert answers == [
        ["GET /r/{id}", {"id": "7", "limit": 1}],
        ["GET /r/{id}?beta=true", {"id": "7", "limit": 2}],
        ["GET /r/{id}?v=2&beta=true", {"id": "7", "limit": None}],
        ["GET /r/{id}", {"id": "7", "limit": None}],
    ]


@doors
def test_body_reaches_the_operation_of_a_fixed_query(door: Door) -> None:
    service = _service("POST /r", "POST /r?beta=true")

    assert _answers(door, service, "POST /r?beta=true") == [["POST /r?beta=true", {"body": 1}]]


@doors
def test_method_is_looked_for_among_all_templates_of_the_path(door: Door) -> None:
    service = _service("GET /r", "POST /r?beta=true", "PUT /{id}")

    answers = _answers(
        door, service, "GET /r?beta=true", "POST /r?beta=true", "PUT /r", "POST /r", "DELETE /r?beta=true", "DELETE /r"
    )

    assert answers == [
        ["GET /r", {}],
        ["POST /r?beta=true", {"body": 1}],
        ["PUT /{id}", {"id": "r"}],
        (405, "GET, HEAD, OPTIONS, PUT"),
        (405, "GET, HEAD, OPTIONS, POST, PUT"),
        (405, "GET, HEAD, OPTIONS, PUT"),
    ]


@doors
def test_templates_of_one_path_may_name_its_parameter_differently(door: Door) -> None:
    service = _service("GET /r/{id}", "PUT /r/{id}?v=2&beta=true", "GET /r/{other}?beta=true")

    answers = _answers(door, service, "GET /r/7?beta=true", "GET /r/7", "DELETE /r/7?v=2&beta=true")

    assert answers == [["GET /r/{other}?beta=true", {}], ["GET /r/{id}", {"id": "7"}], (405, "GET, HEAD, OPTIONS, PUT")]


@doors
def test_path_without_its_fixed_query_is_not_found_whatever_the_method(door: Door) -> None:
    service = _service("GET /r?beta=true", "GET /other")

    answers = _answers(door, service, "GET /r", "POST /r", "GET /r?beta=false", "GET /r%3Fbeta=true")

    assert answers == [(404, None)] * 4


@doors
def test_fixed_pair_is_no_property_of_an_open_object(door: Door) -> None:
    service = _service("GET /r?beta=true", parameters=(Parameter("filter", "filter", "query", "open", dict[str, str]),))

    assert _answers(door, service, "GET /r?a=1&beta=true", "GET /r?beta=true") == [
        ["GET /r?beta=true", {"filter": {"a": "1"}}],
        ["GET /r?beta=true", {"filter": None}],
    ]


@doors
@pytest.mark.parametrize(
    "parameter, value",
    [
        (Parameter("beta", "beta", "query", "text", str, is_required=True), "true"),
        (Parameter("all", "beta", "query", "flags", dict[str, str], is_required=True), {"beta": "true"}),
    ],
)
def test_fixed_pair_that_a_parameter_declares_is_its_value_too(door: Door, parameter: Parameter, value: Any) -> None:
    service = _service("GET /r?beta=true", parameters=(parameter,))

    assert _answers(door, service, "GET /r?beta=true") == [["GET /r?beta=true", {"beta": value}]]


@doors
def test_path_whose_slash_is_escaped_is_another_one(door: Door) -> None:
    assert _answers(door, _service("GET /{id}/b"), "PUT /a%2Fb", "GET /a%2Fb") == [(404, None), (404, None)]


def _sent(door: Door, service: Service, method: str, target: str) -> httpx2.Response:
    application, prefix = door(service)

    async def run() -> httpx2.Response:
        transport = httpx2.ASGITransport(application, raise_app_exceptions=True)
        async with httpx2.AsyncClient(transport=transport, base_url="https://x.example") as http:
            return await http.request(method, prefix + target)

    return asyncio.run(run())


UUID_ID = Parameter("id", "id", "path", "uuid", str, style="simple", explode=False, is_required=True)


def _with_uuids(*requests: str) -> Service:
    """Return a service of *requests* whose `{id}` is a UUID."""
    service = _service(*requests)
    operations = [
        replace(endpoint.operation, parameters=(UUID_ID,) if "{id}" in endpoint.operation.path else ())
        for endpoint in service.endpoints
    ]

    async def handle(**arguments: Any) -> Any:
        return arguments

    surroundings = Surroundings(JUDGE, Authentication((), {}), None, Settings())
    return Service("", [(operation, handle) for operation in operations], surroundings)


@doors
def test_method_of_a_template_is_none_of_a_path_that_its_parameter_refuses(door: Door) -> None:
    service = _with_uuids("GET /r/mine", "DELETE /r/{id}", "PUT /r/{id}")
    uuid = "9e8d7c6b-5a49-4837-9261-504f3e2d1c04"

    answers = _answers(door, service, "DELETE /r/mine", f"DELETE /r/{uuid}", f"GET /r/{uuid}", "PUT /r/mine")

    assert answers == [
        (405, "GET, HEAD, OPTIONS"),
        {"id": uuid},
        (405, "DELETE, OPTIONS, PUT"),
        (405, "GET, HEAD, OPTIONS"),
    ]


@doors
def test_head_is_answered_as_get_without_the_content(door: Door) -> None:
    service = _service("GET /r/{id}", "POST /other")

    plain, head = (_sent(door, service, method, "/r/7") for method in ("GET", "HEAD"))

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers == plain.headers
    assert int(head.headers["content-length"]) == len(plain.content) > 0
    assert _sent(door, service, "HEAD", "/other").status_code == 405


@doors
def test_head_that_is_declared_is_served_by_its_own_handler(door: Door) -> None:
    called: list[str] = []

    def handled(method: str) -> tuple[Operation[Any], Callable[..., Any]]:
        async def handle() -> Any:
            called.append(method)

        return Operation(method, method, "/r", "op", (Answer("204"),)), handle

    surroundings = Surroundings(JUDGE, Authentication((), {}), None, Settings())

    _sent(door, Service("", [handled("GET"), handled("HEAD")], surroundings), "HEAD", "/r")

    assert called == ["HEAD"]


@doors
@pytest.mark.parametrize(
    "target, allow", [("/r", "GET, HEAD, OPTIONS, POST"), ("/r/7", "DELETE, OPTIONS"), ("/none", None)]
)
def test_options_tells_which_methods_a_path_has(door: Door, target: str, allow: str | None) -> None:
    service = _service("GET /r", "POST /r", "DELETE /r/{id}")

    response = _sent(door, service, "OPTIONS", target)

    assert (response.status_code, response.headers.get("allow")) == (404 if allow is None else 204, allow)


def test_dependencies_of_an_application_come_before_the_router() -> None:
    def refuse() -> None:
        raise HTTPException(418)

    outer, plain = FastAPI(dependencies=[Depends(refuse)]), FastAPI()
    outer.include_router(contract_router(_service("GET /r")))
    plain.include_router(contract_router(_service("GET /r")), dependencies=[Depends(refuse)])
    nested, between = FastAPI(), APIRouter(dependencies=[Depends(refuse)])
    between.include_router(contract_router(_service("GET /r")))
    nested.include_router(between)

    mounted = FastAPI()
    mounted.mount("/", between)

    for application in (outer, plain, nested, mounted):
        assert _sent(partial(_ready, application), _service("GET /r"), "GET", "/r").status_code == 418


@doors
def test_literal_path_may_be_written_with_escapes(door: Door) -> None:
    answers = _answers(door, _service("GET /r~x/{id}/the%2Fend"), "GET /r%7Ex/7/the%2Fend", "GET /r~x/7/the/end")

    assert answers == [["GET /r~x/{id}/the%2Fend", {"id": "7"}], (404, None)]


def _bare(service: Service) -> tuple[Any, str]:
    return contract_router(service), ""


def _in_starlette(service: Service) -> tuple[Any, str]:
    return Starlette(routes=[Mount("/api", contract_router(service))]), "/api"


@pytest.mark.parametrize("door", [_bare, _in_starlette])
def test_router_serves_without_fastapi_around_it(door: Door) -> None:
    assert _answers(door, _service("GET /r/{id}"), "GET /r/a%2Fb") == [["GET /r/{id}", {"id": "a/b"}]]


def test_one_router_may_have_dependencies_in_one_place_and_none_in_another() -> None:
    def refuse() -> None:
        raise HTTPException(418)

    application, router = FastAPI(), contract_router(_service("GET /r"))
    application.include_router(router, prefix="/open")
    client = TestClient(application)
    before = client.get("/open/r").status_code

    application.include_router(router, prefix="/closed", dependencies=[Depends(refuse)])

    assert (before, client.get("/closed/r").status_code) == (200, 418)


@doors
@pytest.mark.parametrize("value", ["a%2Fb", "%2f", "a%2F..%2Fb", "%252F"])
def test_escaped_slash_in_a_path_parts_no_segments(door: Door, value: str) -> None:
    service = _service("GET /r/{id}/end", "GET /r/{id}/b/end")

    answers = _answers(door, service, f"GET /r/{value}/end", "GET /r/a%2Fend")

    assert answers == [["GET /r/{id}/end", {"id": unquote(value)}], (404, None)]


def _ready(application: FastAPI, _service: Service) -> tuple[Any, str]:
    return application, ""


def test_application_opens_and_closes_what_its_lifespan_names() -> None:
    seen: list[str] = []

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        seen.append("opened")
        yield
        seen.append("closed")

    with TestClient(_service("GET /r").application(lifespan)) as http:
        seen.append(str(http.get("/r").status_code))

    assert seen == ["opened", "200", "closed"]


@doors
@pytest.mark.parametrize("method", ["QUERY", "TRACE", "COPY", "PROPFIND"])
def test_method_that_few_know_is_refused_as_the_others_are(door: Door, method: str) -> None:
    service = _service("GET /r", "COPY /other")

    response = _sent(door, service, method, "/r")

    assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert response.json()["status"] == 405
    assert _sent(door, service, "COPY", "/other").status_code == 200
