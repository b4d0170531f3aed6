"""Payloads that begin with the id of their schema in a registry (Confluent wire format; AsyncAPI, Kafka binding).

The id is not looked up: the contract's schema is the one that was registered. Payloads without an id are read, too, for
whoever has no registry writes none; those that could be either have one.
"""

from __future__ import annotations

from typing import Any, Final

from ..declarations import Coding

_MAGIC: Final = b"\x00"


class Registered:
    """A coding whose payloads begin with a byte 0 and the id of their schema."""

    def __init__(self, coding: Coding, *, id_bytes: int = 4, index: int | None = None) -> None:
        """Frame what *coding* writes; *index* follows the id: of Protobuf, which message of its file it is."""
        self._coding = coding
        self._id_bytes = id_bytes
        self._index = b"" if index is None else _path(index)

    def decode(self, body: bytes) -> Any:
        """Return the JSON value that *body* says.

        Raises:
            ValueError: it says none, with an id or without.
        """
        begins = 1 + self._id_bytes
        if not body.startswith(_MAGIC) or not body.startswith(self._index, begins) or len(body) < begins:
            return self._coding.decode(body)
        try:
            return self._coding.decode(body[begins + len(self._index) :])
        except ValueError as error:
            try:
                return self._coding.decode(body)
            except ValueError:
                raise error from None

    def encode(self, value: Any, schema_id: int | None = None) -> bytes:
        """Return the JSON value *value* as bytes, after *schema_id* where one is known.

        Raises:
            ValueError: it can't be written.
        """
        content = self._coding.encode(value)
        if schema_id is None:
            return content
        try:
            told = schema_id.to_bytes(self._id_bytes, "big")
        except OverflowError:
            raise ValueError(f"schema id {schema_id} has not {self._id_bytes} bytes") from None
        return b"".join((_MAGIC, told, self._index, content))


def _path(index: int) -> bytes:
    """Return the path to a message of a file: zigzag integers after their number; the first message is a 0 alone."""
    if not index:
        return b"\x00"
    path, left = bytearray([2]), 2 * index
    while left > 0x7F:  # noqa: PLR2004 - what 7 bits hold
        path.append((left & 0x7F) | 0x80)
        left >>= 7
    path.append(left)
    return bytes(path)
