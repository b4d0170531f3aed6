"""What a handler returns, and the media type that it is written in (RFC 9110, 12.5.1)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final

import httpx2
import pytest
from pydantic import BaseModel

from apictl.support.answering import preferred_media_type
from apictl.support.authentication import Authentication
from apictl.support.binary import Binary
from apictl.support.declarations import Answer, Content, Kind, Operation
from apictl.support.declared import DeclaredError
from apictl.support.endpoint import Settings, Surroundings
from apictl.support.judge import Judge
from apictl.support.service import Service


class Receipt(BaseModel):
    """What a ride cost."""

    total: int


class Early(DeclaredError[dict[str, int]]):
    """There is no receipt yet."""

    status = 409


RECEIPTS: Final = (
    Content("application/json", Kind.JSON, Receipt),
    Content("text/csv", Kind.TEXT, str),
    Content("application/pdf", Kind.BINARY, bytes),
)
ANSWERS: Final = (
    Answer("200", RECEIPTS),
    Answer("406", (Content("application/problem+json", Kind.JSON, dict),), error=DeclaredError),
    Answer("409", (Content("application/problem+json", Kind.JSON, dict),), error=Early),
)
PNG: Final = Binary(b"png", "image/png")
Handler = Callable[[], Awaitable[Any]]


def returning(value: Any) -> Handler:
    async def handle() -> Any:
        return value

    return handle


async def asked(service: Service, method: str, accept: str) -> httpx2.Response:
    transport = httpx2.ASGITransport(app=service.application())
    async with httpx2.AsyncClient(transport=transport, base_url="http://service.test") as http:
        return await http.request(method, "/", headers={"Accept": accept})


def answer(
    handler: Handler, *, accept: str, method: str = "GET", answers: tuple[Answer, ...] = ANSWERS
) -> httpx2.Response:
    operation: Operation[Any] = Operation("get", method, "/", "get", answers)
    surroundings = Surroundings(Judge.of({}), Authentication((), {}), None, Settings())
    return asyncio.run(asked(Service("service", [(operation, handler)], surroundings), method, accept))


@pytest.mark.parametrize(
    "value, media_type, body",
    [
        (Receipt(total=5), "application/json", b'{"total":5}'),
        ("total\n5\n", "text/csv; charset=utf-8", b"total\n5\n"),
        (b"%PDF", "application/pdf", b"%PDF"),
    ],
)
@pytest.mark.parametrize("is_asked_for", [True, False])
def test_type_of_the_value_decides_the_media_type(
    value: Any, media_type: str, body: bytes, *, is_asked_for: bool
) -> None:
    response = answer(returning(value), accept=media_type if is_asked_for else "*/*")

    assert (response.status_code, response.headers["content-type"], response.content) == (200, media_type, body)


@pytest.mark.parametrize("accept", ["text/csv", "application/pdf;q=0.5, text/csv", "*/*, application/json;q=0"])
def test_value_that_cannot_be_written_as_the_caller_likes_is_answered_406_in_the_declared_shape(accept: str) -> None:
    response = answer(returning(Receipt(total=5)), accept=accept)

    assert response.status_code == 406
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["detail"] == "this can be had as application/json only"


def test_what_has_been_done_is_not_denied_because_of_its_media_type() -> None:
    response = answer(returning(Receipt(total=5)), accept="text/csv", method="POST")

    assert (response.status_code, response.headers["content-type"]) == (200, "application/json")


def test_error_is_told_whatever_the_caller_accepts() -> None:
    async def handle() -> None:
        raise Early({"left": 3})

    response = answer(handle, accept="text/csv")

    assert (response.status_code, response.json()) == (409, {"left": 3})


@pytest.mark.parametrize("accept, status", [("image/png", 200), ("image/*", 200), ("image/jpeg", 406)])
def test_file_of_a_range_has_the_media_type_that_it_says(accept: str, status: int) -> None:
    images = Answer("200", (Content("image/*", Kind.BINARY, Binary),))

    assert answer(returning(PNG), accept=accept, answers=(images,)).status_code == status


@pytest.mark.parametrize(
    "accept, preferred",
    [
        ("*/*", "application/json"),
        ("text/csv;q=0.5, application/pdf", "application/pdf"),
        ("text/*", "text/csv"),
        ("", "application/json"),
    ],
)
def test_handler_sees_which_media_type_the_caller_likes_best(accept: str, preferred: str) -> None:
    values: dict[str, Any] = {"application/json": Receipt(total=5), "text/csv": "5", "application/pdf": b"5"}

    async def handle() -> Any:
        return values[preferred_media_type()]

    response = answer(handle, accept=accept)

    assert (response.status_code, response.headers["content-type"].partition(";")[0]) == (200, preferred)


def test_answer_without_a_body_has_no_media_type() -> None:
    seen: list[str] = []

    async def handle() -> None:
        seen.append(preferred_media_type())

    assert answer(handle, accept="text/csv", answers=(Answer("204"),)).status_code == 204
    assert seen == [""]
