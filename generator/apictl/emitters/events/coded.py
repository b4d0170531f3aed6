"""Payloads in languages of their own, as cases have them: values that can be written, and bytes that nothing reads."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence

from apictl.contract.schema import JsonValue
from apictl.emitters.events.spelling import SpelledMessage


def encoded(message: SpelledMessage, value: JsonValue | bytes) -> bytes | None:
    """Return *value* as *message* carries it, b"" where its media type says how; None when it can't be written.

    The schema of a language may hold less than its JSON Schema says: of dates, those that there are.
    """
    coding = message.coder
    if coding is None or isinstance(value, bytes):
        return b""
    try:
        return coding.encode(value)
    except (ValueError, RecursionError):
        return None


def as_read(reader: SpelledMessage, value: JsonValue | bytes, writer: SpelledMessage) -> Iterator[JsonValue | bytes]:
    """Yield *value* of *writer* as one who takes it for *reader* reads it; nothing when that fails."""
    if reader.coder is None or writer.coder is None:
        yield value
        return
    body = encoded(writer, value)
    if body is None or reader is writer:
        yield from () if body is None else (value,)
        return
    with contextlib.suppress(ValueError, RecursionError):
        yield reader.coder.decode(body)


def unreadable(messages: Sequence[SpelledMessage], valid: bytes | None) -> Iterator[bytes]:
    """Yield bytes a step from *valid* that are a payload of none of *messages*; none unless all of them are coded."""
    if valid is None or any(message.coder is None for message in messages):
        return
    for body in dict.fromkeys((valid[:-1], valid + b"\x00", valid[: len(valid) // 2], b"\xff" * 12)):
        if not any(_is_read(message, body) for message in messages):
            yield body


def _is_read(message: SpelledMessage, body: bytes) -> bool:
    coding = message.coder
    if coding is None:
        return True
    try:
        coding.decode(body)
    except (ValueError, RecursionError):
        return False
    return True
