"""The plain application of a service is Starlette's, and whatever its owner adds to it is asked."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from apictl.support.authentication import Authentication
from apictl.support.declarations import Answer, Content, Kind, Operation
from apictl.support.endpoint import Settings, Surroundings
from apictl.support.judge import Judge
from apictl.support.service import Service

JSON = Content("application/json", Kind.JSON, Any, "any")


def _application() -> Starlette:
    async def answer() -> str:
        return "contract"

    operation: Operation[Any] = Operation("getA", "GET", "/a", "op", (Answer("200", (JSON,)),), (), None)
    surroundings = Surroundings(Judge.of({"any": True}), Authentication((), {}), None, Settings())
    return Service("", [(operation, answer)], surroundings).application()


def _got(application: Starlette, target: str = "/a") -> tuple[int, str]:
    response = TestClient(application).get(target)
    return response.status_code, response.text


async def _own(_request: Request) -> Response:
    return PlainTextResponse("own")


def test_each_request_is_answered_by_the_contract() -> None:
    assert _got(_application()) == (200, '"contract"')
    assert _got(_application(), "/b")[0] == 404


def test_middleware_is_asked_first() -> None:
    application = _application()
    application.add_middleware(CORSMiddleware, allow_origins=["https://a.example"])

    response = TestClient(application).get("/a", headers={"Origin": "https://a.example"})

    assert response.headers["access-control-allow-origin"] == "https://a.example"
    assert response.json() == "contract"


def test_handler_of_exceptions_is_asked_what_middleware_within_raises() -> None:
    async def fail(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise LookupError

    async def handle(_request: Request, _fault: Exception) -> Response:
        return PlainTextResponse("handled", 418)

    application = _application()
    application.add_middleware(lambda _app: fail)
    application.add_exception_handler(Exception, handle)

    response = TestClient(application, raise_server_exceptions=False).get("/a")

    assert (response.status_code, response.text) == (418, "handled")


@pytest.mark.parametrize("is_started", [False, True])
def test_route_that_was_put_first_is_found(*, is_started: bool) -> None:
    async def refuse(_request: Request) -> Response:
        raise HTTPException(403, "not here")

    application = _application()
    if is_started:
        assert _got(application) == (200, '"contract"')
    application.router.routes[:0] = [Route("/own", _own), Mount("/files", routes=[Route("/x", refuse)])]

    assert _got(application, "/own") == (200, "own")
    assert _got(application, "/files/x") == (403, "not here")
    assert _got(application) == (200, '"contract"')


def test_websocket_has_a_route_of_its_own_or_is_refused() -> None:
    async def greet(socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_text("hello")
        await socket.close()

    application = _application()
    application.router.routes.append(WebSocketRoute("/greet", greet))

    with TestClient(application).websocket_connect("/greet") as socket:
        assert socket.receive_text() == "hello"
    with pytest.raises(WebSocketDisconnect), TestClient(application).websocket_connect("/other"):
        pass


def test_routes_can_be_taken_away() -> None:
    application = _application()
    application.router.routes.clear()

    assert _got(application) == (404, "Not Found")
