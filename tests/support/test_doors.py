"""Both doors of a service find the operation of a request by its path and the fixed query of the path."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

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
        (405, "GET"),
        (405, "GET, POST"),
        (405, "GET"),
    ]


@doors
def test_templates_of_one_path_may_name_its_parameter_differently(door: Door) -> None:
    service = _service("GET /r/{id}", "PUT /r/{id}?v=2&beta=true", "GET /r/{other}?beta=true")

    answers = _answers(door, service, "GET /r/7?beta=true", "GET /r/7", "DELETE /r/7?v=2&beta=true")

    assert answers == [["GET /r/{other}?beta=true", {}], ["GET /r/{id}", {"id": "7"}], (405, "GET, PUT")]


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


def test_router_refuses_a_method_on_a_path_whose_slash_is_escaped() -> None:
    assert _answers(_router, _service("GET /{id}/b"), "PUT /a%2Fb") == [(405, "GET")]
