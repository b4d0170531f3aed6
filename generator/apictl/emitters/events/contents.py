"""What Python sees of a payload, by its media type."""

from __future__ import annotations

import enum
from collections.abc import Iterator

from apictl.contract.events import Message, PayloadFormat
from apictl.contract.schema import Schema
from apictl.findings import Finding, error, warning
from apictl.support.documents import is_json
from apictl.support.media_types import parse_media_type


class Carried(enum.Enum):
    """How a payload travels (`support/events/codecs.py` decides the same when it runs)."""

    JSON = "json"
    TEXT = "text"
    BYTES = "bytes"


def carried(content_type: str) -> Carried:
    """Return how a payload of *content_type* travels; JSON when it is unsaid."""
    media_type = parse_media_type(content_type)
    if media_type is None or is_json(media_type.essence):
        return Carried.JSON
    return Carried.TEXT if media_type.kind == "text" else Carried.BYTES


def judging_schema(message: Message) -> Schema | None:
    """Return the schema that judges the payload of *message* as it is read; None when nothing does."""
    payload = message.payload
    if payload is None or payload.format is not PayloadFormat.JSON_SCHEMA or payload.schema is True:
        return None
    return None if carried(message.content_type) is Carried.BYTES else payload.schema


def content_findings(message: Message) -> Iterator[Finding]:
    """Yield what keeps *message* from being carried, or from being judged."""
    name, payload = repr(message.name[:60]), message.payload
    if message.content_type and parse_media_type(message.content_type) is None:
        shown = f"{message.content_type[:60]!r} of message {name} is no media type, nothing can be read by it"
        yield error("content-type-unreadable", message.place, shown, hint="as application/json")
    elif payload is not None and payload.format in {PayloadFormat.AVRO, PayloadFormat.PROTOBUF}:
        shown = f"the payload of message {name} is {payload.format.value}, for which no code is generated"
        yield error("payload-not-generated", payload.place, shown, hint="describe it as JSON Schema, and carry JSON")
    elif payload is not None and payload.schema is not True and judging_schema(message) is None:
        shown = f"message {name} is carried as bytes ({message.content_type[:60]}), its schema judges none of them"
        yield warning("payload-not-judged", payload.place, shown)
