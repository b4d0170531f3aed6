"""Payloads of Protobuf: the descriptors of the contract read and write them (Protocol Buffers, Encoding and ProtoJSON).

A value is what `MessageToDict` makes of a message. What is not set is left out; unknown fields on the wire are dropped,
as Protobuf wants it of older readers.
"""

from __future__ import annotations

import base64
import functools
import importlib
from typing import Any

from .kept import KeptSchema

_DEEPEST = 100


class ProtobufCoding:
    """Reads and writes one message."""

    def __init__(self, schema: Any) -> None:
        """Take *schema*, {"message", "files"}, or where it is kept; it is read when the first payload comes."""
        self._schema = schema

    def decode(self, body: bytes) -> Any:
        """Return the value that *body* says.

        Raises:
            ValueError: it is no such message.
        """
        library, made = self._library, self._library.make()
        try:
            made.ParseFromString(body)
            return library.json.MessageToDict(made, descriptor_pool=library.pool)
        except library.flaws as error:
            raise ValueError(f"it is no message of Protobuf: {error}") from None

    def encode(self, value: Any, schema_id: int | None = None) -> bytes:  # noqa: ARG002 - what frames it writes that
        """Return *value* as bytes.

        Raises:
            ValueError: the message can't hold it.
        """
        if not isinstance(value, dict):
            raise ValueError(f"it can't be written: a {type(value).__name__} is no message")  # noqa: TRY004 - as all else
        library, made = self._library, self._library.make()
        try:
            library.json.ParseDict(value, made, descriptor_pool=library.pool, max_recursion_depth=_DEEPEST)
            return bytes(made.SerializeToString(deterministic=True))
        except library.flaws as error:
            raise ValueError(f"it can't be written: {error}") from None

    @functools.cached_property
    def _library(self) -> _Library:
        return _Library(self._schema.read() if isinstance(self._schema, KeptSchema) else self._schema)


def protobuf(package: str, name: str) -> ProtobufCoding:
    """Return what reads and writes the message that ships as *name* with *package*."""
    return ProtobufCoding(KeptSchema(package, name))


class _Library:
    """The library of Protobuf with the messages of one schema, each of which is a class of it."""

    def __init__(self, schema: Any) -> None:
        """Make the classes that *schema* describes; it comes from the contract, which was judged when it was read."""
        self.json: Any = importlib.import_module("google.protobuf.json_format")
        message: Any = importlib.import_module("google.protobuf.message")
        factory: Any = importlib.import_module("google.protobuf.message_factory")
        self.pool: Any = importlib.import_module("google.protobuf.descriptor_pool").DescriptorPool()
        for file in schema["files"]:
            self.pool.AddSerializedFile(base64.b64decode(file))
        self.make: Any = factory.GetMessageClass(self.pool.FindMessageTypeByName(schema["message"]))
        self.flaws: tuple[type[Exception], ...] = (
            self.json.Error,
            message.Error,
            AttributeError,
            KeyError,
            OverflowError,
            TypeError,
            ValueError,
        )
