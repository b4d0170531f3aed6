"""Server-sent events: text to events and back (WHATWG HTML, 9.2)."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

Data = TypeVar("Data", covariant=True)

LONGEST: Final = 16 * 1024 * 1024
"""Characters of one event, and bytes of one line of JSON; a longer one is no item but a flood."""

_ENDS: Final = re.compile(r"\r\n|\n|\r")
_DIGITS: Final = 12


@dataclass(frozen=True)  # with slots, Python 3.11 can't make `ServerSentEvent[Ride](…)`
class ServerSentEvent(Generic[Data]):
    """One event.

    Attributes:
        data: what it says.
        event: its type.
        id: of the last event that had one, to go on from in `Last-Event-ID`; "" before there is one.
        retry: milliseconds to wait before connecting again, where this event says so.
    """

    data: Data
    event: str = "message"
    id: str = ""
    retry: int | None = None


class EventParser:
    """Events of a stream, as its bytes arrive."""

    def __init__(self) -> None:
        """Begin at the beginning of a stream."""
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")(errors="replace")
        self._pending: list[str] = []
        self._skips_newline = False
        self._size = 0
        self._data: list[str] = []
        self._event = ""
        self._id = ""
        self._retry: int | None = None

    def feed(self, chunk: bytes) -> Iterator[ServerSentEvent[str]]:
        """Yield the events that *chunk* completes.

        Raises:
            ValueError: an event is longer than `LONGEST`.
        """
        text = self._decoder.decode(chunk)
        if not text:
            return
        ends_in_return = text.endswith("\r")
        if self._skips_newline:
            # The end of a line was "\r\n", torn apart; the line has been read at its "\r".
            text = text.removeprefix("\n")
        self._skips_newline = ends_in_return
        *lines, rest = _ENDS.split(text)
        for line in lines:
            whole = "".join((*self._pending, line))
            self._pending.clear()
            self._grow(len(line))
            event = self._read(whole)
            if event is not None:
                yield event
        if rest:
            self._pending.append(rest)
            self._grow(len(rest))

    def end(self) -> Iterator[ServerSentEvent[str]]:
        """Yield what is complete at the end of the stream: nothing, for an event ends with an empty line."""
        yield from ()

    def _grow(self, size: int) -> None:
        self._size += size
        if self._size > LONGEST:
            raise ValueError(f"an event has more than {LONGEST} characters")

    def _read(self, line: str) -> ServerSentEvent[str] | None:
        if not line:
            return self._dispatched()
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        match name:
            case "data":
                self._data.append(value)
            case "event":
                self._event = value
            case "id" if "\0" not in value:
                self._id = value
            case "retry" if value.isascii() and value.isdigit() and len(value) <= _DIGITS:
                self._retry = int(value)
            case _:
                pass  # a comment, whose name is empty, or a field that nobody knows
        return None

    def _dispatched(self) -> ServerSentEvent[str] | None:
        """Return the event that an empty line ends; None when it says nothing."""
        event = ServerSentEvent("\n".join(self._data), self._event or "message", self._id, self._retry)
        has_data = bool(self._data)
        self._size, self._event, self._retry = 0, "", None
        self._data.clear()
        return event if has_data else None


def event_bytes(event: ServerSentEvent[str]) -> bytes:
    """Return *event* as it is sent.

    Raises:
        ValueError: its type or id can't be sent.
    """
    for name, value in (("event", event.event), ("id", event.id)):
        if _ENDS.search(value) or "\0" in value:
            raise ValueError(f"the {name} of an event has a line break or a NUL: {value[:50]!r}")
    lines = [f"event: {event.event}"] if event.event != "message" else []
    lines += [f"id: {event.id}"] if event.id else []
    lines += [f"retry: {event.retry}"] if event.retry is not None else []
    lines += [f"data: {line}" for line in _ENDS.split(event.data)]
    return ("\n".join(lines) + "\n\n").encode()
