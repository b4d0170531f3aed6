"""What Python sees of a payload, by its media type and the language of its schema."""

from __future__ import annotations

import enum
from collections.abc import Iterator

from apictl.contract.events import Message, PayloadFormat
from apictl.contract.schema import JsonValue, Schema
from apictl.findings import Finding, error, warning
from apictl.pages.codings import coding_of, registered_index, unknown_id_encoding
from apictl.pages.python.expressions import call, literal
from apictl.support.documents import is_json
from apictl.support.events.codings.avro import AvroCoding, AvroJsonCoding
from apictl.support.events.codings.document import JsonCoding
from apictl.support.events.codings.protobuf import ProtobufCoding
from apictl.support.events.declarations import Coding
from apictl.support.media_types import parse_media_type


class Carried(enum.Enum):
    """How a payload travels (`support/events/codecs.py` decides the same when it runs)."""

    JSON = "json"
    TEXT = "text"
    BYTES = "bytes"
    CODED = "coded"
    """As the schema of the payload says, in a language of its own."""


def carried(message: Message) -> Carried:
    """Return how the payload of *message* travels; JSON when its content type is unsaid."""
    if coding_of(message) is not None:
        return Carried.CODED
    media_type = parse_media_type(message.content_type)
    if media_type is None or is_json(media_type.essence):
        return Carried.JSON
    return Carried.TEXT if media_type.kind == "text" else Carried.BYTES


def judging_schema(message: Message) -> Schema | None:
    """Return the schema that judges the payload of *message* as it is read; None when nothing does."""
    payload = message.payload
    if payload is None or payload.format is PayloadFormat.OTHER or payload.schema is True:
        return None
    return None if carried(message) is Carried.BYTES else payload.schema


def coding_expression(message: Message, package: str) -> str:
    """Return what makes the coding of *message* in *package*; "" where there is none."""
    coding = coding_of(message)
    if coding is None:
        return ""
    arguments = (literal(package), literal(message.name)) if coding.ships_schema else ()
    made = call(coding.function, *arguments)
    if not coding.id_bytes:
        return made
    index = registered_index(message)
    told = None if index is None else literal(index)
    return call("Registered", made, id_bytes=literal(coding.id_bytes), index=told)


def coding_for(message: Message) -> Coding | None:
    """Return what codes the payload of *message*, without the id of a registry; None where there is none."""
    coding, source = coding_of(message), source_of(message)
    if coding is None:
        return None
    match coding.function:
        case "avro_json":
            return AvroJsonCoding(source)
        case "avro":
            return AvroCoding(source)
        case "JsonCoding":
            return JsonCoding()
        case _:
            return ProtobufCoding(source)


def source_of(message: Message) -> JsonValue:
    """Return the schema of the payload of *message* as it ships with the package; None where what codes it has none."""
    payload, coding = message.payload, coding_of(message)
    if payload is None or coding is None or not coding.ships_schema:
        return None
    return payload.source if payload.compiled is None else payload.compiled


def content_findings(message: Message) -> Iterator[Finding]:
    """Yield what keeps *message* from being carried, or from being judged."""
    name, payload = repr(message.name[:60]), message.payload
    unknown = unknown_id_encoding(message)
    if unknown:
        shown = f"message {name} begins with the id of its schema as {unknown[:60]!r} says, which is not known"
        yield error("schema-id-unreadable", message.place, shown, hint="as confluent, or the number of its bytes")
    if message.content_type and parse_media_type(message.content_type) is None:
        shown = f"{message.content_type[:60]!r} of message {name} is no media type, nothing can be read by it"
        yield error("content-type-unreadable", message.place, shown, hint="as application/json")
    elif payload is not None and payload.schema is not True and judging_schema(message) is None:
        shown = f"message {name} is carried as bytes ({message.content_type[:60]}), its schema judges none of them"
        yield warning("payload-not-judged", payload.place, shown)
