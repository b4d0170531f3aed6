"""Streams of a client: bodies that are sent in pieces, and responses that are read item by item."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import httpx2
import pytest

from apictl.support import sequences
from apictl.support.async_calls import AsyncCaller
from apictl.support.calling import Limits
from apictl.support.calls import Caller
from apictl.support.declarations import Answer, Body, Content, Kind, Operation
from apictl.support.declared import DeclaredError
from apictl.support.exchanges import USUAL, Policy
from apictl.support.responses import UnexpectedResponse
from apictl.support.retries import Retries
from apictl.support.sequences import item_bytes, splitter
from apictl.support.server_sent_events import ServerSentEvent
from tests.support.calling import BASE, BOTH, EMPTY, JSON, JUDGE, Answers, FakeTime

BYTES = Content("application/octet-stream", Kind.BINARY, bytes)
EVENTS = Content("text/event-stream", Kind.EVENTS, dict[str, int])
LINES = Content("application/jsonl", Kind.LINES, dict[str, int])
UPLOAD: Operation[Any] = Operation(
    "put", "PUT", "/file", "put", (Answer("200", (JSON,)),), body=Body((BYTES,), is_required=True)
)
FINE = httpx2.Response(200, json={})


class Gone(DeclaredError[dict[str, Any]]):
    status = 410


def _watching(*contents: Content) -> Operation[Any]:
    answers = (Answer("200", (*contents, JSON)), Answer("410", (JSON,), error=Gone))
    return Operation("watch", "GET", "/watch", "watch", answers)


def _pieces() -> Iterator[bytes]:
    yield b"ab"
    yield b"c"


@pytest.mark.parametrize("call", BOTH)
@pytest.mark.parametrize("body", [_pieces, lambda: io.BytesIO(b"abc")])
def test_bytes_that_come_in_pieces_are_sent_without_a_length(call: Callable[..., Any], body: Any) -> None:
    service = Answers((FINE,))

    call(service, UPLOAD, body=body())

    (request,) = service.seen
    assert request.headers["transfer-encoding"] == "chunked"
    assert "content-length" not in request.headers
    assert request.headers["content-type"] == "application/octet-stream"


@pytest.mark.parametrize("call", BOTH)
def test_body_that_is_gone_is_not_sent_again(call: Callable[..., Any]) -> None:
    fake = FakeTime()
    once, again = Answers((httpx2.Response(503), FINE)), Answers((httpx2.Response(503), FINE))

    with pytest.raises(UnexpectedResponse):
        call(once, UPLOAD, body=_pieces(), policy=Policy(Retries(clock=fake.clock)))
    call(again, UPLOAD, body=b"abc", policy=Policy(Retries(clock=fake.clock)))

    assert (len(once.seen), len(again.seen)) == (1, 2)


def test_file_is_sent_in_pieces_and_not_by_its_lines() -> None:
    sizes: list[int] = []

    class Reading(httpx2.BaseTransport):
        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            assert isinstance(request.stream, httpx2.SyncByteStream)
            sizes.extend(len(piece) for piece in request.stream)
            return FINE

    with httpx2.Client(base_url=BASE, transport=Reading()) as http:
        Caller(http, JUDGE, EMPTY).call(UPLOAD, io.BytesIO(b"\n" * 100_000))

    assert sizes == [65536, 34464]


def test_asynchronous_iterator_needs_an_asynchronous_client() -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield b"a"

    def reading(request: httpx2.Request) -> httpx2.Response:
        request.read()
        return FINE

    with pytest.raises(TypeError, match="asynchronous client"):
        BOTH[0](reading, UPLOAD, body=pieces())


def _read(service: Any, operation: Operation[Any], policy: Policy = USUAL) -> list[Any]:
    limits = Limits(deadline_seconds=9)
    with (
        httpx2.Client(base_url=BASE, transport=httpx2.MockTransport(service)) as http,
        Caller(http, JUDGE, EMPTY, policy).stream(operation, limits=limits) as items,
    ):
        return list(items)


def _read_async(service: Any, operation: Operation[Any], policy: Policy = USUAL) -> list[Any]:
    async def run() -> list[Any]:
        async with httpx2.AsyncClient(base_url=BASE, transport=httpx2.MockTransport(service)) as http:
            caller = AsyncCaller(http, JUDGE, EMPTY, policy)
            async with caller.stream(operation, limits=Limits(deadline_seconds=9)) as items:
                return [item async for item in items]

    return asyncio.run(run())


READS = (_read, _read_async)


def _sent(content: str, media_type: str = "text/event-stream", status: int = 200) -> httpx2.Response:
    return httpx2.Response(status, content=content.encode(), headers={"Content-Type": media_type})


@pytest.mark.parametrize("read", READS)
def test_only_streams_are_asked_for_and_failures_before_them_tried_again(read: Callable[..., Any]) -> None:
    fake = FakeTime()
    service = Answers((httpx2.Response(503), _sent('data: {"a": 1}\n\n')))

    items = read(service, _watching(EVENTS), Policy(Retries(clock=fake.clock)))

    assert items == [ServerSentEvent({"a": 1})]
    assert [request.headers["accept"] for request in service.seen] == ["text/event-stream, application/json;q=0.9"] * 2


@pytest.mark.parametrize("read", READS)
def test_stream_ends_where_the_service_says_it_is_done(read: Callable[..., Any]) -> None:
    service = Answers((_sent('data: {"a": 1}\n\ndata: [DONE]\n\ndata: never\n\n'),))

    assert read(service, _watching(EVENTS)) == [ServerSentEvent({"a": 1})]


@pytest.mark.parametrize("read", READS)
@pytest.mark.parametrize("data", ["{", '{"a": "x"}', "[1]"])
def test_item_that_is_not_of_its_type_is_told(read: Callable[..., Any], data: str) -> None:
    service = Answers((_sent(f"data: {data}\n\n"),))

    with pytest.raises(UnexpectedResponse, match="an item of the body is no text/event-stream"):
        read(service, _watching(EVENTS))


def test_stream_that_was_not_kept_is_no_content() -> None:
    def service(_request: httpx2.Request) -> httpx2.Response:
        pieces = iter([b"data: {", b"\n\n"])
        return httpx2.Response(200, content=pieces, headers={"Content-Type": "text/event-stream"})

    with pytest.raises(UnexpectedResponse) as unexpected:
        _read(service, _watching(EVENTS))
    assert unexpected.value.content == b""


@pytest.mark.parametrize("read", READS)
def test_refusal_in_place_of_a_stream_is_raised(read: Callable[..., Any]) -> None:
    with pytest.raises(Gone) as gone:
        read(Answers((_sent('{"why": 1}', "application/json", 410),)), _watching(EVENTS))
    assert gone.value.body == {"why": 1}


@pytest.mark.parametrize("read", READS)
def test_success_that_is_no_stream_is_unexpected(read: Callable[..., Any]) -> None:
    with pytest.raises(UnexpectedResponse, match="the answer is no stream"):
        read(Answers((_sent("{}", "application/json"),)), _watching(EVENTS))


def test_stream_that_nobody_asked_for_is_unexpected() -> None:
    with pytest.raises(UnexpectedResponse, match="which only a stream reads"):
        BOTH[0](Answers((_sent("data: 1\n\n"),)), _watching(EVENTS))


def test_stream_has_to_be_entered() -> None:
    with httpx2.Client(base_url=BASE, transport=httpx2.MockTransport(Answers((FINE,)))) as http:
        stream = Caller(http, JUDGE, EMPTY).stream(_watching(EVENTS))

        with pytest.raises(RuntimeError, match="opened by `with`"):
            list(stream)


@pytest.mark.parametrize("kind", [Kind.LINES, Kind.SEQUENCE])
def test_documents_are_found_wherever_the_body_is_cut(kind: Kind) -> None:
    content = Content("application/x", kind, dict[str, int])
    sent = b"".join(item_bytes(content, {"a": number}) for number in range(3))

    for cut in range(len(sent) + 1):
        split = splitter(kind)
        found = [*split.feed(sent[:cut]), *split.feed(sent[cut:]), *split.end()]
        assert [each.strip() for each in found] == [b'{"a":0}', b'{"a":1}', b'{"a":2}']


def test_last_line_needs_no_end_and_empty_lines_are_nothing() -> None:
    split = splitter(Kind.LINES)

    assert [*split.feed(b'{"a":1}\r\n\n \n{"a":'), *split.feed(b"2}"), *split.end()] == [b'{"a":1}\r', b'{"a":2}']


def test_line_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sequences, "LONGEST", 10)

    with pytest.raises(UnexpectedResponse, match="more than 10 bytes"):
        _read(Answers((_sent("x" * 99, "application/jsonl"),)), _watching(LINES))
