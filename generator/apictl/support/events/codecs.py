"""Bodies to JSON values and back, by media type."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, Protocol

from ..documents import is_json, read_json
from ..judge import Judge
from ..media_types import covers, parse_media_type
from ..readings import Reading, guide_by, scalar_text, value_of
from ..shapes import dump_json, from_json, from_json_value, to_json, to_json_value
from .declarations import MessageKind

_CHARSETS: Final = frozenset({"utf-8", "us-ascii", "ascii", "iso-8859-1", "utf-16", "utf-16le", "utf-16be"})


class Codec(Protocol):
    """A media type of one's own, such as Avro or Protobuf; *kind* says which message it is."""

    def decode(self, body: bytes, kind: MessageKind) -> Any:
        """Return the JSON value that *body* says.

        Raises:
            ValueError: it is no document of this media type.
        """
        ...

    def encode(self, value: Any, kind: MessageKind) -> bytes:
        """Return the JSON value *value* as a body.

        Raises:
            ValueError: it can't be written.
        """
        ...


class Format(Protocol):
    """How a body becomes a value that can be judged, and a payload of the contract's type."""

    def decode(self, body: bytes, kind: MessageKind) -> Any:
        """Return the JSON value that *body* says; bytes when it says none.

        Raises:
            ValueError: it is no document of this media type.
        """
        ...

    def model(self, body: bytes, value: Any, kind: MessageKind) -> Any:
        """Return *value*, which was decoded from *body*, as the type of *kind*.

        Raises:
            pydantic.ValidationError: the type does not hold it.
        """
        ...

    def encode(self, payload: Any, kind: MessageKind) -> bytes:
        """Return *payload*, of the type of *kind*, as a body.

        Raises:
            ValueError: it can't be written.
        """
        ...

    def write(self, value: Any, kind: MessageKind) -> bytes:
        """Return the JSON value *value* as a body.

        Raises:
            ValueError: it can't be written.
        """
        ...


class JsonFormat:
    """JSON and what is built on it."""

    def decode(self, body: bytes, kind: MessageKind) -> Any:  # noqa: ARG002 - JSON says itself what it is
        """Return the value of the document *body*."""
        return read_json(body)

    def model(self, body: bytes, value: Any, kind: MessageKind) -> Any:  # noqa: ARG002 - the bytes say more
        """Return *body* as the type of *kind*."""
        return from_json(kind.type, body)

    def encode(self, payload: Any, kind: MessageKind) -> bytes:
        """Return *payload* as a document, without what was never set."""
        return to_json(kind.type, payload)

    def write(self, value: Any, kind: MessageKind) -> bytes:  # noqa: ARG002 - as above
        """Return *value* as a document."""
        return dump_json(value)


class TextFormat:
    """Plain text: a string, or a scalar where the schema wants one."""

    def __init__(self, judge: Judge, charset: str) -> None:
        """Read by the schemas of *judge*."""
        self._judge = judge
        self._charset = charset

    def decode(self, body: bytes, kind: MessageKind) -> Any:
        """Return the text *body* as the value that the schema means."""
        text = body.decode(self._charset)
        if kind.schema is None:
            return text
        return value_of(Reading(text=text), (self._judge.schema(kind.schema),), guide_by(self._judge))

    def model(self, body: bytes, value: Any, kind: MessageKind) -> Any:  # noqa: ARG002 - the value says it all
        """Return *value* as the type of *kind*."""
        return from_json_value(kind.type, value)

    def encode(self, payload: Any, kind: MessageKind) -> bytes:
        """Return *payload* as text."""
        return self.write(to_json_value(kind.type, payload), kind)

    def write(self, value: Any, kind: MessageKind) -> bytes:  # noqa: ARG002 - the value says it all
        """Return *value* as text."""
        return scalar_text(value).encode(self._charset)


class BytesFormat:
    """Any other media type: bytes as they are."""

    def decode(self, body: bytes, kind: MessageKind) -> Any:  # noqa: ARG002 - bytes are bytes
        """Return *body*."""
        return body

    def model(self, body: bytes, value: Any, kind: MessageKind) -> Any:  # noqa: ARG002 - bytes are bytes
        """Return *body*."""
        return body

    def encode(self, payload: Any, kind: MessageKind) -> bytes:  # noqa: ARG002 - bytes are bytes
        """Return *payload*."""
        return bytes(payload)

    def write(self, value: Any, kind: MessageKind) -> bytes:
        """Refuse: bytes hold no values."""
        raise ValueError(f"{kind.content_type} holds no {type(value).__name__}")


class CodecFormat:
    """What a codec reads and writes."""

    def __init__(self, codec: Codec) -> None:
        """Use *codec*."""
        self._codec = codec

    def decode(self, body: bytes, kind: MessageKind) -> Any:
        """Return the JSON value that *body* says."""
        return self._codec.decode(body, kind)

    def model(self, body: bytes, value: Any, kind: MessageKind) -> Any:  # noqa: ARG002 - the value says it all
        """Return *value* as the type of *kind*."""
        return from_json_value(kind.type, value)

    def encode(self, payload: Any, kind: MessageKind) -> bytes:
        """Return *payload* as a body."""
        return self.write(to_json_value(kind.type, payload), kind)

    def write(self, value: Any, kind: MessageKind) -> bytes:
        """Return *value* as a body."""
        return self._codec.encode(value, kind)


class ContractCodec:
    """What the contract says of a message: its schema, in a language such as Avro, reads and writes it."""

    def __init__(self, schema_ids: Mapping[str, int]) -> None:
        """Write *schema_ids*, by name of the message, where payloads begin with one."""
        self._schema_ids = schema_ids

    def decode(self, body: bytes, kind: MessageKind) -> Any:
        """Return the JSON value that *body* says."""
        return body if kind.coding is None else kind.coding.decode(body)

    def encode(self, value: Any, kind: MessageKind) -> bytes:
        """Return *value* as a body."""
        if kind.coding is None:
            raise ValueError(f"{kind.name} has no coding")
        return kind.coding.encode(value, self._schema_ids.get(kind.name))


class Formats:
    """The formats of one service."""

    def __init__(
        self,
        judge: Judge,
        codecs: Mapping[str, Codec] = MappingProxyType({}),
        schema_ids: Mapping[str, int] = MappingProxyType({}),
    ) -> None:
        """Take *codecs*, by media type in lower case and without parameters, before all else."""
        self._judge = judge
        self._coded = CodecFormat(ContractCodec(schema_ids))
        self._codecs = {media_type: CodecFormat(codec) for media_type, codec in codecs.items()}
        self._kept: dict[str, Format] = {"": JsonFormat()}

    def find(self, content_type: str, kind: MessageKind) -> Format | None:
        """Return the format of *kind* in *content_type*, JSON when it is unsaid; None when that can't be read.

        Only what the contract names is kept: senders may spell a media type in any number of ways.
        """
        if kind.coding is not None and self._codec(content_type) is None:
            return self._coded
        return self._kept.get(content_type) or self._made(content_type)

    def keep(self, content_type: str) -> None:
        """Remember the format of *content_type*, which the contract names."""
        made = self._made(content_type)
        if made is not None:
            self._kept.setdefault(content_type, made)

    def _codec(self, content_type: str) -> Format | None:
        media_type = parse_media_type(content_type) if self._codecs else None
        return None if media_type is None else self._codecs.get(media_type.essence)

    def _made(self, content_type: str) -> Format | None:
        media_type = parse_media_type(content_type)
        if media_type is None:
            return None
        if media_type.essence in self._codecs:
            return self._codecs[media_type.essence]
        if is_json(media_type.essence):
            return JsonFormat()
        if media_type.kind != "text":
            return BytesFormat()
        charset = (media_type.parameter("charset") or "utf-8").lower()
        return TextFormat(self._judge, charset) if charset in _CHARSETS else None


@lru_cache(maxsize=1024)
def is_of(content_type: str, declared: str) -> bool:
    """Return whether a body of *content_type* may be a message of media type or range *declared*.

    Either may be unsaid (""); then nothing speaks against it.
    """
    if not content_type or not declared or content_type == declared:
        return True
    given, wanted = parse_media_type(content_type), parse_media_type(declared)
    return given is not None and wanted is not None and not given.is_range and covers(wanted, given)
