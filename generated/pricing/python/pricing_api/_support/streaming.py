"""Answers that a service gives item by item, as they come into being."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias, cast

import orjson
from starlette.concurrency import iterate_in_threadpool
from starlette.responses import Response, StreamingResponse

from .declarations import Content, Kind
from .media import concrete_media_type
from .sequences import as_event, item_bytes
from .server_sent_events import ServerSentEvent
from .shapes import to_json, to_json_value

Judged: TypeAlias = "Callable[[str, Any], None]"
Items: TypeAlias = "AsyncIterable[Any] | Iterator[Any]"

log = logging.getLogger(__name__)


class AnswerBroken(Exception):
    """An answer of the service that its own contract refuses."""


def is_iterated(body: Any) -> bool:
    """Whether *body* is given item by item: by an asynchronous iterable, or by an iterator such as a generator."""
    return isinstance(body, AsyncIterable | Iterator)


def streamed_response(
    content: Content, status: int, headers: Mapping[str, str], items: tuple[Items, Judged]
) -> Response:
    """Return the response of *content* that sends *items*, each judged before it leaves.

    When one breaks the contract, the response ends in the middle: its status has been sent by then, and only a
    connection that is cut tells the caller that something is missing.
    """
    own = {"Content-Type": concrete_media_type(content, "application/octet-stream")}
    if content.kind in {Kind.EVENTS, Kind.TEXT_EVENTS}:
        own["Cache-Control"] = "no-store"
    return StreamingResponse(_chunks(content, *items), status, headers={**own, **headers})


async def _chunks(content: Content, items: Items, judged: Judged) -> AsyncIterator[bytes]:
    iterated = items if isinstance(items, AsyncIterable) else iterate_in_threadpool(cast("Iterable[Any]", items))
    try:
        async for item in iterated:
            _judge(content, item, judged)
            yield item_bytes(content, item)
    except AnswerBroken:
        log.exception("an item of %s breaks the contract", content.media_type)
        raise


def _judge(content: Content, item: Any, judged: Judged) -> None:
    """Judge *item*; of an event both what it says, and the whole as its text."""
    if content.kind is Kind.BINARY:
        return
    if content.kind not in {Kind.EVENTS, Kind.TEXT_EVENTS}:
        if content.schema is not None:
            judged(content.schema, orjson.loads(to_json(content.type, item)))
        return
    event = as_event(item)
    data = to_json_value(content.type, event.data)
    if content.schema is not None:
        judged(content.schema, data)
    if content.event is not None:
        judged(
            content.event, event_value(event, data if content.kind is Kind.TEXT_EVENTS else orjson.dumps(data).decode())
        )


def event_value(event: ServerSentEvent[Any], data: str) -> dict[str, Any]:
    """Return *event*, whose data is the text *data*, as the value that a contract describes (OpenAPI 3.2, 4.14.3)."""
    value: dict[str, Any] = {"data": data}
    if event.event != "message":
        value["event"] = event.event
    if event.id:
        value["id"] = event.id
    if event.retry is not None:
        value["retry"] = event.retry
    return value
