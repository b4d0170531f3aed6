"""Bodies of requests arrive whole, in pieces, or not at all, and others may have read them before."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Final

import pytest
from fastapi import Depends, FastAPI, Request
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Scope

from apictl.support.authentication import Authentication
from apictl.support.declarations import Answer, Body, Content, Kind, Operation
from apictl.support.endpoint import Settings, Surroundings
from apictl.support.fastapi_door import contract_router
from apictl.support.judge import Judge
from apictl.support.service import Service

JSON: Final = Content("application/json", Kind.JSON, Any, "any")
SCOPE: Final[Scope] = {
    "type": "http",
    "method": "POST",
    "path": "/r",
    "raw_path": b"/r",
    "query_string": b"beta=true",
    "headers": [(b"content-type", b"application/json")],
}


def _service(path: str = "/r") -> Service:
    """Return a service that answers a body with itself, of at most five bytes."""

    async def echo(body: Any) -> Any:
        return body

    operation: Operation[Any] = Operation("echo", "POST", path, "echo", (Answer("200", (JSON,)),), body=Body((JSON,)))
    surroundings = Surroundings(Judge.of({"any": True}), Authentication((), {}), None, Settings(max_body_bytes=5))
    return Service("", [(operation, echo)], surroundings)


def _plain(service: Service) -> ASGIApp:
    return service.application()


def _router(service: Service) -> ASGIApp:
    application = FastAPI()
    application.include_router(contract_router(service))
    return application


def _behind_a_reader(service: Service) -> ASGIApp:
    async def read(request: Request) -> None:
        await request.body()

    application = FastAPI(dependencies=[Depends(read)])
    application.include_router(contract_router(service))
    return application


Door = Callable[[Service], ASGIApp]
doors = pytest.mark.parametrize("door", [_plain, _router, _behind_a_reader])


def _piece(body: bytes, *, is_last: bool = False) -> Message:
    return {"type": "http.request", "body": body, "more_body": not is_last}


def _answered(application: ASGIApp, *arriving: Message) -> tuple[int, bytes]:
    """Return status and body of the answer to a request whose body is *arriving*; more than that may not be asked."""
    messages = list(arriving)
    answer: list[Message] = []

    async def receive() -> Message:
        return messages.pop(0)

    async def send(message: Message) -> None:
        answer.append(message)

    async def run() -> None:
        await application({**SCOPE}, receive, send)

    asyncio.run(run())
    return answer[0]["status"], b"".join(message.get("body", b"") for message in answer)


@doors
@pytest.mark.parametrize("path", ["/r", "/r?beta=true"])
def test_body_reaches_the_operation_whoever_has_read_it_before(door: Door, path: str) -> None:
    assert _answered(door(_service(path)), _piece(b"[1]", is_last=True)) == (200, b"[1]")


@doors
def test_pieces_of_a_body_are_joined(door: Door) -> None:
    pieces = (_piece(b"[1"), _piece(b""), _piece(b",2]"), _piece(b"", is_last=True))

    assert _answered(door(_service()), *pieces) == (200, b"[1,2]")


@doors
def test_body_that_grows_too_large_is_refused(door: Door) -> None:
    pieces = (_piece(b"[1,2"), _piece(b",3]", is_last=True))

    assert _answered(door(_service()), *pieces)[0] == 413


@doors
def test_caller_that_leaves_in_the_middle_of_its_body_is_no_failure_of_the_service(
    door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(ClientDisconnect):
        _answered(door(_service()), _piece(b"[1"), {"type": "http.disconnect"})

    assert not caplog.records
