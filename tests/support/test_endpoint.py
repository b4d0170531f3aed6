"""What an operation's handler is given, over ASGI."""

from __future__ import annotations

import asyncio
from typing import Any, Final

import httpx2
import pytest
from starlette.applications import Starlette

from apictl.support.authentication import Authentication
from apictl.support.declarations import Answer, Body, Content, Kind, Operation
from apictl.support.endpoint import Settings, Surroundings
from apictl.support.judge import Judge
from apictl.support.service import Service

CONTENTS: Final = (
    Content("application/x-www-form-urlencoded", Kind.FORM, Any),
    Content("application/json", Kind.JSON, Any),
    Content("text/plain", Kind.TEXT, str),
    Content("image/png", Kind.BINARY, bytes),
)
NOTHING: Final = "nothing was called"


async def posted(app: Starlette, headers: dict[str, str]) -> httpx2.Response:
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://service.test") as http:
        return await http.post("/", headers=headers)


def received(content_type: str | None, *, is_required: bool) -> tuple[int, Any]:
    """The status, and what the handler got, for a request without a byte of body."""
    got: Any = NOTHING

    async def handle(body: Any) -> None:
        nonlocal got
        got = body

    operation: Operation[None] = Operation(
        "send", "POST", "/", "send", (Answer("204"),), (), Body(CONTENTS, is_required=is_required)
    )
    surroundings = Surroundings(Judge.of({}), Authentication((), {}), None, Settings())
    app = Service("service", [(operation, handle)], surroundings).application()
    headers = {} if content_type is None else {"Content-Type": content_type}
    response = asyncio.run(posted(app, headers))
    return response.status_code, got


@pytest.mark.parametrize(
    "content_type, value",
    [("application/x-www-form-urlencoded", {}), ("text/plain", ""), ("image/png", b"")],
)
def test_no_bytes_are_a_document_of_many_media_types(content_type: str, value: Any) -> None:
    assert received(content_type, is_required=False) == (204, value)
    assert received(content_type, is_required=True) == (204, value)


@pytest.mark.parametrize("content_type", [None, "application/json"])
def test_no_bytes_are_no_json_document_and_so_no_body(content_type: str | None) -> None:
    assert received(content_type, is_required=False) == (204, None)
    assert received(content_type, is_required=True)[1] == NOTHING
