"""How payloads in languages of their own are read and written, each by a module of `support.events.codings`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from apictl.contract.events import Message, PayloadFormat
from apictl.support.documents import is_json
from apictl.support.media_types import MediaType, parse_media_type

AVRO_JSON: Final = frozenset({"application/avro+json", "application/vnd.apache.avro+json", "avro/json"})
"""Media types of Avro's own JSON encoding."""

PROTOBUF: Final = "protobuf>=6.33,<8"
"""What reads and writes Protobuf."""
_DOCUMENT: Final = "document"
_NAMED_ID_BYTES: Final = {"confluent": 4, "apicurio-new": 4, "apicurio-legacy": 8}
_ID_BYTES: Final = _NAMED_ID_BYTES | {str(count): count for count in range(1, 9)}


@dataclass(frozen=True, slots=True)
class Coding:
    """What reads and writes the payloads of one message.

    Attributes:
        module: of `support.events.codings`.
        function: in it, that makes the coding, of a package and the name of a message where it ships a schema.
        requirements: distributions that it imports.
        id_bytes: of the id of a schema in a registry that payloads may begin with; 0 without.
    """

    module: str
    function: str
    requirements: tuple[str, ...] = ()
    id_bytes: int = 0

    @property
    def ships_schema(self) -> bool:
        """Whether the schema of the payload ships with the package."""
        return self.module != _DOCUMENT


def coding_of(message: Message) -> Coding | None:
    """Return what codes the payload of *message*; None where its media type alone says how it is read.

    A media type of JSON or of text is taken at its word: what is carried is the value that the JSON Schema describes,
    of JSON after the id of a schema where the contract has one there.
    """
    payload, media_type = message.payload, parse_media_type(message.content_type)
    if payload is None or (message.content_type and media_type is None):
        return None
    match payload.format:
        case PayloadFormat.AVRO if media_type is not None and media_type.essence in AVRO_JSON:
            return Coding("avro", "avro_json")
        case PayloadFormat.AVRO if _is_binary(media_type):
            return Coding("avro", "avro", id_bytes=_id_bytes(message))
        case PayloadFormat.PROTOBUF if _is_binary(media_type):
            return Coding("protobuf", "protobuf", (PROTOBUF,), _id_bytes(message))
        case _ if _id_bytes(message) and not _is_no_json(media_type):
            return Coding(_DOCUMENT, "JsonCoding", id_bytes=_id_bytes(message))
        case _:
            return None


def codings(messages: Iterable[Message]) -> tuple[Coding, ...]:
    """Return what *messages* are coded by, each once."""
    found = map(coding_of, messages)
    return tuple(dict.fromkeys(each for each in found if each is not None))


def coding_imports(messages: Iterable[Message]) -> tuple[tuple[str, str], ...]:
    """Return module and name of all that codes *messages*."""
    found = codings(messages)
    names = {(each.module, each.function) for each in found}
    return tuple(sorted(names | {("registry", "Registered") for each in found if each.id_bytes}))


def requirements(messages: Iterable[Message]) -> tuple[str, ...]:
    """Return the distributions that the coding of *messages* needs."""
    return tuple(sorted({requirement for each in codings(messages) for requirement in each.requirements}))


def registered_index(message: Message) -> int | None:
    """Return which message of its file *message* carries, where payloads say so after the id of a schema: Protobuf."""
    compiled = None if message.payload is None else message.payload.compiled
    index = compiled.get("index") if isinstance(compiled, dict) else None
    return index if isinstance(index, int) else None


def unknown_id_encoding(message: Message) -> str:
    """Return how *message* has the id of its schema written where that is not known; "" otherwise."""
    told = _told_id(message)
    return "" if told is None or told in _ID_BYTES else told


def _is_binary(media_type: MediaType | None) -> bool:
    return media_type is None or (media_type.kind != "text" and not is_json(media_type.essence))


def _is_no_json(media_type: MediaType | None) -> bool:
    return media_type is not None and not is_json(media_type.essence)


def _id_bytes(message: Message) -> int:
    told = _told_id(message)
    return 0 if told is None else _ID_BYTES.get(told, 0)


def _told_id(message: Message) -> str | None:
    """Return how the payload says the id of its schema; None when it doesn't (AsyncAPI, Kafka Message Binding)."""
    for binding in message.bindings:
        if binding.protocol == "kafka" and binding.content.get("schemaIdLocation") == "payload":
            told = binding.content.get("schemaIdPayloadEncoding")
            return "confluent" if told is None else str(told).lower()
    return None
