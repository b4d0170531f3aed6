"""What leaves a call when no response can be read: always `httpx2.RequestError`, always documented."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable
from typing import Any, Final

import httpx2
import pytest

from apictl.support.async_calls import AsyncCaller
from apictl.support.calls import Caller
from apictl.support.credentials import Wallet
from apictl.support.declarations import Answer, Content, Kind, Operation, Parameter
from apictl.support.judge import Judge

TEXT: Final = Content("application/json", Kind.JSON, dict)
OPERATION: Final[Operation[Any]] = Operation(
    "get", "GET", "/x", "get", (Answer("200", (TEXT,)),), (Parameter("q", "q", "query", "q", str),)
)
JUDGE: Final = Judge.of({"q": {"type": "string"}})
WALLET: Final = Wallet((), {})
BASE: Final = "https://api.example.test"


def _compressed(encoding: str, content: bytes) -> Callable[[httpx2.Request], httpx2.Response]:
    """Return a service whose body says that it is compressed, and arrives when it is read."""

    def answer(_request: httpx2.Request) -> httpx2.Response:
        headers = {"Content-Type": "application/json", "Content-Encoding": encoding}
        return httpx2.Response(200, headers=headers, stream=httpx2.ByteStream(content))

    return answer


def _going_in_circles(request: httpx2.Request) -> httpx2.Response:
    return httpx2.Response(302, headers={"Location": str(request.url)})


def _leading_nowhere(_request: httpx2.Request) -> httpx2.Response:
    return httpx2.Response(302, headers={"Location": "https://[::1"})


def _hanging_up(_request: httpx2.Request) -> httpx2.Response:
    raise httpx2.RemoteProtocolError("the server hung up")


FAILURES: Final = {
    "broken gzip": (_compressed("gzip", b"no gzip"), httpx2.DecodingError),
    "broken deflate": (_compressed("deflate", b"no deflate"), httpx2.DecodingError),
    "endless redirects": (_going_in_circles, httpx2.TooManyRedirects),
    "redirect to nowhere": (_leading_nowhere, httpx2.RemoteProtocolError),
    "no response": (_hanging_up, httpx2.RemoteProtocolError),
}


@pytest.mark.parametrize("service, kind", FAILURES.values(), ids=FAILURES)
def test_response_that_cannot_be_read_is_a_request_error(
    service: Callable[[httpx2.Request], httpx2.Response], kind: type[httpx2.RequestError]
) -> None:
    transport = httpx2.MockTransport(service)

    with (
        httpx2.Client(transport=transport, base_url=BASE, follow_redirects=True) as http,
        pytest.raises(httpx2.RequestError) as raised,
    ):
        Caller(http, JUDGE, WALLET).call(OPERATION)

    assert raised.type is kind


def test_argument_that_makes_the_url_too_long_cannot_be_sent() -> None:
    with httpx2.Client(base_url=BASE) as http, pytest.raises(ValueError, match="URL too long"):
        Caller(http, JUDGE, WALLET).call(OPERATION, arguments={"q": "a" * 70_000})


def test_asynchronous_call_raises_the_same() -> None:
    async def call() -> None:
        service = httpx2.MockTransport(_compressed("gzip", b"no gzip"))
        async with httpx2.AsyncClient(transport=service, base_url=BASE) as http:
            await AsyncCaller(http, JUDGE, WALLET).call(OPERATION)

    with pytest.raises(httpx2.DecodingError):
        asyncio.run(call())


@pytest.mark.parametrize("call", [Caller.call, AsyncCaller.call])
def test_documentation_names_the_class_of_them_all(call: Any) -> None:
    assert "httpx2.RequestError: no response came, or none that can be read." in (inspect.getdoc(call) or "")
