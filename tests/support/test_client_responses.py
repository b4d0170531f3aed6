"""What a client makes of responses: a result, a declared error, or something unexpected."""

from __future__ import annotations

import asyncio
import pickle
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest
from pydantic import BaseModel

from apictl.support.async_calls import AsyncCaller
from apictl.support.binary import Binary
from apictl.support.calls import Caller
from apictl.support.credentials import Wallet
from apictl.support.declarations import Answer, Content, Header, Kind, Operation
from apictl.support.declared import DeclaredError, DeclaredStatusError
from apictl.support.judge import Judge
from apictl.support.responses import UnexpectedResponse, read


class Quote(BaseModel):
    id: str
    total: int


class Problem(BaseModel):
    title: str


@dataclass(frozen=True, slots=True)
class Made:
    body: Quote
    etag: str
    left: int | None = None


class NotFound(DeclaredError[None]):
    status = 404

    def __init__(self) -> None:
        """Carry nothing."""
        super().__init__(None)


class Busy(DeclaredError[Problem]):
    status = 503

    def __init__(self, body: Problem, *, retry_after: int | None = None) -> None:
        """Keep what the response carries."""
        super().__init__(body)
        self.retry_after = retry_after


class ClientError(DeclaredStatusError[Problem]):
    pass


class AnyError(DeclaredStatusError[Problem]):
    pass


JUDGE = Judge.of({"number": {"type": "integer", "maximum": 9}, "text": {"type": "string", "maxLength": 3}})
WALLET = Wallet((), {})
JSON = {"content-type": "application/json"}
PROBLEM = Content("application/problem+json", Kind.JSON, Problem)
OPERATION: Operation[Any] = Operation(
    "createQuote",
    "POST",
    "/quotes",
    "create_quote",
    (
        Answer("default", (PROBLEM,), error=AnyError),
        Answer("4XX", (PROBLEM,), error=ClientError),
        Answer("200", (Content("application/json", Kind.JSON, Quote), Content("image/*", Kind.BINARY, Binary))),
        Answer(
            "201",
            (Content("application/json", Kind.JSON, Quote),),
            (Header("ETag", "etag", "text", str, is_required=True), Header("X-Left", "left", "number", int)),
            result=Made,
        ),
        Answer("202", (Content("text/plain", Kind.TEXT, int, "number"),)),
        Answer("204"),
        Answer("404", error=NotFound),
        Answer("503", (PROBLEM,), (Header("Retry-After", "retry_after", "number", int),), error=Busy),
    ),
)


def _read(status: int, content: bytes = b"", headers: dict[str, str] | None = None) -> Any:
    return read(OPERATION, httpx2.Response(status, content=content, headers=headers or JSON), JUDGE)


def test_success_without_result_class_is_its_body() -> None:
    assert _read(200, b'{"id":"a","total":1}') == Quote(id="a", total=1)


def test_media_type_is_compared_without_case_and_parameters() -> None:
    answer = _read(200, b'{"id":"a","total":1}', {"content-type": "Application/JSON; charset=utf-8"})

    assert answer == Quote(id="a", total=1)


def test_content_type_chooses_between_declared_contents() -> None:
    assert _read(200, b"\x89", {"content-type": "image/png"}) == Binary(b"\x89", "image/png")


def test_result_class_carries_body_and_headers() -> None:
    made = _read(201, b'{"id":"a","total":1}', JSON | {"etag": "x", "x-left": "3"})

    assert made == Made(Quote(id="a", total=1), "x", 3)


def test_optional_header_that_is_missing_is_none() -> None:
    assert _read(201, b'{"id":"a","total":1}', JSON | {"etag": "x"}).left is None


def test_value_that_the_contract_refuses_is_read_as_long_as_it_fits_the_type() -> None:
    made = _read(201, b'{"id":"a","total":1,"more":true}', JSON | {"etag": "longer than 3", "x-left": "10"})

    assert (made.etag, made.left) == ("longer than 3", 10)
    assert _read(202, b"10", {"content-type": "text/plain"}) == 10


def test_answer_without_body_is_none_whatever_comes() -> None:
    assert _read(204) is None


def test_declared_refusal_is_raised_with_body_and_headers() -> None:
    with pytest.raises(Busy) as busy:
        _read(503, b'{"title":"later"}', {"content-type": "application/problem+json", "retry-after": "5"})

    assert (busy.value.status, busy.value.body, busy.value.retry_after) == (503, Problem(title="later"), 5)


def test_refusal_without_body_is_raised() -> None:
    with pytest.raises(NotFound):
        _read(404, b"<html>gone</html>", {"content-type": "text/html"})


@pytest.mark.parametrize("status,expected", [(418, ClientError), (500, AnyError), (302, AnyError)])
def test_range_is_tried_before_default_and_the_error_keeps_the_status(status: int, expected: type[Exception]) -> None:
    with pytest.raises(expected) as raised:
        _read(status, b'{"title":"no"}', {"content-type": "application/problem+json"})

    assert type(raised.value) is expected
    assert isinstance(raised.value, DeclaredStatusError)
    assert raised.value.status == status


@pytest.mark.parametrize(
    "status,content,headers,reason",
    [
        (200, b"<html>", {"content-type": "text/html"}, "the body is 'text/html', not application/json, image/*"),
        (200, b"{}", {"x": "y"}, "the body has no Content-Type"),
        (200, b"{", JSON, "the body is no application/json of the declared type"),
        (200, b'{"id":"a","total":"many"}', JSON, "the body is no application/json of the declared type"),
        (200, b"", JSON, "the body is no application/json of the declared type"),
        (201, b'{"id":"a","total":1}', JSON, "the header 'ETag' is missing"),
        (201, b'{"id":"a","total":1}', JSON | {"etag": "x", "x-left": "few"}, "the header 'X-Left' is not of"),
        (202, b"\xff", {"content-type": "text/plain"}, "the body is no text/plain of the declared type"),
        (202, b"1", {"content-type": "text/plain; charset=punycode"}, "the body is no text/plain"),
        (503, b"<html>", {"content-type": "text/html"}, "the body is 'text/html', not application/problem+json"),
    ],
)
def test_response_of_another_shape_is_unexpected(
    status: int, content: bytes, headers: dict[str, str], reason: str
) -> None:
    with pytest.raises(UnexpectedResponse) as unexpected:
        _read(status, content, headers)

    assert unexpected.value.reason.startswith(reason)
    assert (unexpected.value.status, unexpected.value.content) == (status, content)
    assert unexpected.value.headers.items() >= headers.items()


def test_deeply_nested_body_is_unexpected_and_no_crash() -> None:
    with pytest.raises(UnexpectedResponse):
        _read(200, b'{"a":' * 100_000, JSON)


def test_message_names_operation_and_status_and_shows_a_printable_beginning_of_the_body() -> None:
    operation: Operation[None] = Operation("getQuote", "GET", "/", "get_quote", (Answer("204"),))
    response = httpx2.Response(418, content=b"I'm\x1b[31m a\nteapot " + b"x" * 1000)

    with pytest.raises(UnexpectedResponse) as unexpected:
        read(operation, response, JUDGE)

    message = str(unexpected.value)
    assert message.startswith("getQuote: 418: the contract does not declare this status; the body begins ")
    assert "I'm [31m a teapot xxx" in message
    assert message.isprintable()
    assert len(message) < 300


def test_unexpected_response_travels_between_processes_without_the_request() -> None:
    transport = httpx2.MockTransport(lambda _: httpx2.Response(418, content=b"tea"))
    http = httpx2.Client(base_url="https://x.example", transport=transport, auth=("u", "s3cret"))
    operation: Operation[None] = Operation("getQuote", "GET", "/", "get_quote", (Answer("204"),))
    with pytest.raises(UnexpectedResponse) as unexpected:
        Caller(http, JUDGE, WALLET).call(operation)

    travelled = pickle.loads(pickle.dumps(unexpected.value))  # noqa: S301 - our own bytes

    assert (str(travelled), travelled.status) == (str(unexpected.value), 418)
    assert b"s3cret" not in pickle.dumps(unexpected.value)


def test_transport_errors_pass_through() -> None:
    def refuse(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectError("refused", request=request)

    transport = httpx2.MockTransport(refuse)
    http = httpx2.Client(base_url="https://x.example", transport=transport)
    async_http = httpx2.AsyncClient(base_url="https://x.example", transport=transport)

    with pytest.raises(httpx2.ConnectError):
        Caller(http, JUDGE, WALLET).call(OPERATION)
    with pytest.raises(httpx2.ConnectError):
        asyncio.run(AsyncCaller(async_http, JUDGE, WALLET).call(OPERATION))


def _redirecting(request: httpx2.Request) -> httpx2.Response:
    if request.url.path == "/elsewhere":
        return httpx2.Response(200, content=b'{"id":"a","total":1}', headers=JSON)
    return httpx2.Response(307, headers={"location": "/elsewhere"})


def test_redirect_is_followed_if_the_transport_follows() -> None:
    transport = httpx2.MockTransport(_redirecting)
    http = httpx2.Client(base_url="https://x.example", transport=transport, follow_redirects=True)

    assert Caller(http, JUDGE, WALLET).call(OPERATION) == Quote(id="a", total=1)


def test_redirect_is_unexpected_if_the_transport_does_not_follow() -> None:
    http = httpx2.Client(base_url="https://x.example", transport=httpx2.MockTransport(_redirecting))

    with pytest.raises(UnexpectedResponse) as unexpected:
        Caller(http, JUDGE, WALLET).call(OPERATION)
    assert unexpected.value.status == 307
