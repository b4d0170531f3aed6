"""Bodies that are one item after another: their items as they arrive, and as they are sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, Protocol, assert_never

from .declarations import Content, Kind
from .server_sent_events import LONGEST, EventParser, ServerSentEvent, event_bytes
from .shapes import from_json, from_json_value, to_json, to_json_value

STREAMED: Final = frozenset({Kind.EVENTS, Kind.TEXT_EVENTS, Kind.LINES, Kind.SEQUENCE})
"""Kinds of bodies that are read item by item."""

READ_IN_PIECES: Final = STREAMED | {Kind.BINARY}
"""Kinds of bodies that need not be there as a whole."""

_RECORD: Final = b"\x1e"
_DONE: Final = "[DONE]"
"""What some services send after the last event; it is no JSON, so that it is nothing else."""


class Splitter(Protocol):
    """Takes a body chunk by chunk, and gives its items."""

    def feed(self, chunk: bytes) -> Iterator[Any]:
        """Yield the items that *chunk* completes."""
        ...

    def end(self) -> Iterator[Any]:
        """Yield the items that the end of the body completes."""
        ...


class _Cut:
    """Documents that a byte ends, or that one begins."""

    def __init__(self, mark: bytes) -> None:
        """Cut at *mark*."""
        self._mark = mark
        self._pending: list[bytes] = []
        self._size = 0

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Yield the documents that *chunk* completes; those of white space are none.

        Raises:
            ValueError: one is longer than `LONGEST`.
        """
        *ended, rest = chunk.split(self._mark)
        for piece in ended:
            whole = b"".join((*self._pending, piece))
            self._pending.clear()
            self._size = 0
            if whole.strip():
                yield whole
        self._pending.append(rest)
        self._size += len(rest)
        if self._size > LONGEST:
            raise ValueError(f"an item has more than {LONGEST} bytes")

    def end(self) -> Iterator[bytes]:
        """Yield the document that only the end of the body ends."""
        whole = b"".join(self._pending)
        if whole.strip():
            yield whole


class _Chunks:
    """Bytes as they come."""

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Yield *chunk*."""
        yield chunk

    def end(self) -> Iterator[bytes]:
        """Yield nothing."""
        yield from ()


def splitter(kind: Kind) -> Splitter:
    """Return what splits a body of *kind*; one that has no items gives its bytes as they come."""
    match kind:
        case Kind.EVENTS | Kind.TEXT_EVENTS:
            return EventParser()
        case Kind.LINES:
            return _Cut(b"\n")
        case Kind.SEQUENCE:
            return _Cut(_RECORD)
        case Kind.BINARY | Kind.JSON | Kind.YAML | Kind.TEXT | Kind.FORM | Kind.MULTIPART:
            return _Chunks()
        case _:
            assert_never(kind)


def is_last(content: Content, raw: Any) -> bool:
    """Whether *raw* says that no item follows, and is none itself."""
    return content.kind is Kind.EVENTS and isinstance(raw, ServerSentEvent) and raw.data.strip() == _DONE


def item_of(content: Content, raw: Any) -> Any:
    """Return the item of *content* that *raw*, given by its splitter, is.

    Raises:
        pydantic.ValidationError: the declared type does not hold it.
    """
    match content.kind:
        case Kind.EVENTS:
            return _with_data(raw, from_json(content.type, raw.data.encode()))
        case Kind.TEXT_EVENTS:
            return _with_data(raw, from_json_value(content.type, raw.data))
        case Kind.LINES | Kind.SEQUENCE:
            return from_json(content.type, raw)
        case Kind.BINARY | Kind.JSON | Kind.YAML | Kind.TEXT | Kind.FORM | Kind.MULTIPART:
            return raw
        case _:
            assert_never(content.kind)


def _with_data(event: ServerSentEvent[str], data: Any) -> ServerSentEvent[Any]:
    return ServerSentEvent(data, event.event, event.id, event.retry)


def item_bytes(content: Content, item: Any) -> bytes:
    """Return *item* as it is sent in a body of *content*; an event may be given as its data alone.

    Raises:
        ValueError: an event can't be sent.
    """
    match content.kind:
        case Kind.EVENTS:
            event = as_event(item)
            return event_bytes(_with_data(event, to_json(content.type, event.data).decode()))
        case Kind.TEXT_EVENTS:
            event = as_event(item)
            return event_bytes(_with_data(event, str(to_json_value(content.type, event.data))))
        case Kind.LINES:
            return to_json(content.type, item) + b"\n"
        case Kind.SEQUENCE:
            return _RECORD + to_json(content.type, item) + b"\n"
        case Kind.BINARY | Kind.JSON | Kind.YAML | Kind.TEXT | Kind.FORM | Kind.MULTIPART:
            return bytes(item)
        case _:
            assert_never(content.kind)


def as_event(item: Any) -> ServerSentEvent[Any]:
    """Return *item* as an event, which it may be already."""
    return item if isinstance(item, ServerSentEvent) else ServerSentEvent(item)
