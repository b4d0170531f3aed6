"""Binary content as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema


@dataclass(frozen=True, slots=True)
class File:
    """A file to send, or one that was received.

    Attributes:
        content: bytes.
        filename: as told by the sender; never a path to trust.
        media_type: as told by the sender.
    """

    content: bytes
    filename: str | None = None
    media_type: str | None = None

    def __str__(self) -> str:
        """Return the content as text, which is what JSON can hold of it.

        Raises:
            UnicodeDecodeError: the content is no UTF-8.
        """
        return self.content.decode()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type[Any], handler: GetCoreSchemaHandler) -> CoreSchema:
        """Accept a `File`, bytes or text; in JSON a file is text, and one that is no UTF-8 can't be written there."""
        from pydantic_core import core_schema  # noqa: PLC0415  (the module is used without pydantic, too)

        text = core_schema.str_schema(strict=True)
        content = core_schema.bytes_schema(strict=True)
        given = core_schema.union_schema([core_schema.is_instance_schema(cls), content, text])
        taken = core_schema.json_or_python_schema(json_schema=text, python_schema=given)
        return core_schema.no_info_after_validator_function(
            _file,
            taken,
            serialization=core_schema.to_string_ser_schema(when_used="json"),
        )


def _file(value: File | bytes | str) -> File:
    match value:
        case File():
            return value
        case str():
            return File(value.encode())
        case bytes():
            return File(value)
