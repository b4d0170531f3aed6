"""Responses that are read item by item, as they arrive."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from types import TracebackType
from typing import Any, Generic, NoReturn, Self, TypeVar

import httpx2
from pydantic import ValidationError

from .declarations import Content, Operation
from .judge import Judge
from .media import choose_content
from .responses import UnexpectedResponse, read, streamed_contents
from .sequences import is_last, item_of, splitter

Item = TypeVar("Item")


class _Reading:
    """How the body of one response is read."""

    def __init__(self, operation: Operation[Any], response: httpx2.Response) -> None:
        """Read *response*, an answer of *operation* that has been found to be a stream."""
        content_type = response.headers.get("content-type", "")
        self.content = choose_content(streamed_contents(operation, response.status_code), content_type)
        self._operation = operation
        self._response = response
        self._splitter = None if self.content is None else splitter(self.content.kind)
        self.is_over = False

    def items(self, chunk: bytes | None) -> Iterator[Any]:
        """Yield the items that *chunk* completes, or those that the end completes.

        Raises:
            UnexpectedResponse: an item is not of the declared type.
        """
        if self.content is None or self._splitter is None:
            return
        try:
            for raw in self._splitter.end() if chunk is None else self._splitter.feed(chunk):
                if is_last(self.content, raw):
                    self.is_over = True
                    return
                yield self._item(self.content, raw)
        except ValueError as fault:
            raise UnexpectedResponse(self._operation.id, str(fault)[:200], self._response) from fault

    def _item(self, content: Content, raw: Any) -> Any:
        try:
            return item_of(content, raw)
        except ValidationError as fault:
            reason = f"an item of the body is no {content.media_type} of the declared type"
            raise UnexpectedResponse(self._operation.id, reason, self._response) from fault


class Stream(Generic[Item]):
    """A response that is read item by item, while it is open: `with … as items: for item in items: …`."""

    def __init__(self, operation: Operation[Any], judge: Judge, send: Callable[[], httpx2.Response]) -> None:
        """Begin with the response of *send*, which is asked for when the stream is entered."""
        self._operation = operation
        self._judge = judge
        self._send = send
        self._response: httpx2.Response | None = None

    @property
    def response(self) -> httpx2.Response:
        """The response, whose body is the items.

        Raises:
            RuntimeError: the stream is not entered.
        """
        if self._response is None:
            raise RuntimeError("a stream is opened by `with`")
        return self._response

    def __enter__(self) -> Self:
        """Send the request.

        Raises:
            DeclaredError: a declared refusal, as the class of `errors.py`.
            UnexpectedResponse: a response that the contract does not declare, or one that is no stream.
            httpx2.RequestError: no response came.
        """
        response = self._send()
        try:
            if not is_stream(self._operation, response):
                response.read()
                _refuse(self._operation, response, self._judge)
        except BaseException:
            response.close()
            raise
        self._response = response
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the connection back, whether all was read or not."""
        self.response.close()

    def __iter__(self) -> Iterator[Item]:
        """Yield the items.

        Raises:
            UnexpectedResponse: an item is not of the declared type.
            httpx2.RequestError: the connection broke.
        """
        reading = _Reading(self._operation, self.response)
        for chunk in self.response.iter_bytes():
            yield from reading.items(chunk)
            if reading.is_over:
                return
        yield from reading.items(None)


class AsyncStream(Generic[Item]):
    """A response that is read item by item: `async with … as items: async for item in items: …`."""

    def __init__(self, operation: Operation[Any], judge: Judge, send: Callable[[], Awaitable[httpx2.Response]]) -> None:
        """Begin with the response of *send*, which is asked for when the stream is entered."""
        self._operation = operation
        self._judge = judge
        self._send = send
        self._response: httpx2.Response | None = None

    @property
    def response(self) -> httpx2.Response:
        """The response, whose body is the items.

        Raises:
            RuntimeError: the stream is not entered.
        """
        if self._response is None:
            raise RuntimeError("a stream is opened by `async with`")
        return self._response

    async def __aenter__(self) -> Self:
        """Send the request.

        Raises:
            DeclaredError: a declared refusal, as the class of `errors.py`.
            UnexpectedResponse: a response that the contract does not declare, or one that is no stream.
            httpx2.RequestError: no response came.
        """
        response = await self._send()
        try:
            if not is_stream(self._operation, response):
                await response.aread()
                _refuse(self._operation, response, self._judge)
        except BaseException:
            await response.aclose()
            raise
        self._response = response
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the connection back, whether all was read or not."""
        await self.response.aclose()

    async def __aiter__(self) -> AsyncIterator[Item]:
        """Yield the items.

        Raises:
            UnexpectedResponse: an item is not of the declared type.
            httpx2.RequestError: the connection broke.
        """
        reading = _Reading(self._operation, self.response)
        async for chunk in self.response.aiter_bytes():
            for item in reading.items(chunk):
                yield item
            if reading.is_over:
                return
        for item in reading.items(None):
            yield item


def is_stream(operation: Operation[Any], response: httpx2.Response) -> bool:
    """Whether *response* is a success of *operation* that is read item by item."""
    contents = streamed_contents(operation, response.status_code)
    return choose_content(contents, response.headers.get("content-type", "")) is not None


def _refuse(operation: Operation[Any], response: httpx2.Response, judge: Judge) -> NoReturn:
    """Raise what *response*, which is no stream, means.

    Raises:
        DeclaredError: a declared refusal.
        UnexpectedResponse: anything else.
    """
    read(operation, response, judge)
    raise UnexpectedResponse(operation.id, "the answer is no stream", response)
