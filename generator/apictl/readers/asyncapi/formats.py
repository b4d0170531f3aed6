"""Formats of schemas: the language that a payload is described in (AsyncAPI 3.0, Multi Format Schema Object)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from apictl.contract.events import PayloadFormat
from apictl.readers.schemas.dialect import Dialect

_MEDIA_TYPE: Final = re.compile(r"([a-z]+/[a-z0-9.-]+?)(?:\+(?:json|yaml))?(?:;(.*))?")
_VERSION: Final = re.compile(r"version=\"?([^;\"]*)\"?")
_DIALECTS: Final = {
    **dict.fromkeys(("", "4", "04", "6", "06", "7", "07"), Dialect.DRAFT_07),
    "2020-12": Dialect.JSON_SCHEMA_2020,
}
_PROTOBUF: Final = frozenset({"application/vnd.google.protobuf", "application/protobuf", "application/x-protobuf"})


@dataclass(frozen=True, slots=True)
class Format:
    """What a schema is written in.

    Attributes:
        language: None when it is none that is read.
        dialect: of JSON Schema only.
    """

    language: PayloadFormat | None
    dialect: Dialect | None = None


DEFAULT: Final = Format(PayloadFormat.JSON_SCHEMA, Dialect.DRAFT_07)
"""The Schema Object of AsyncAPI, a superset of draft-07."""


def format_of(written: str) -> Format:
    """Return the format that a `schemaFormat` names; "" is that of AsyncAPI itself."""
    text = re.sub(r"\s", "", written).lower()
    media_type, version = _parted(text)
    match media_type:
        case "" | "application/vnd.aai.asyncapi":
            return DEFAULT
        case "application/schema":
            dialect = _DIALECTS.get(version.removeprefix("draft").lstrip("-/"))
            return Format(PayloadFormat.JSON_SCHEMA, dialect) if dialect else Format(None)
        case "application/vnd.oai.openapi":
            dialect = Dialect.OPENAPI_30 if version.startswith("3.0") else Dialect.JSON_SCHEMA_2020
            return Format(PayloadFormat.JSON_SCHEMA, dialect) if version.startswith(("3.0", "3.1")) else Format(None)
        case "application/vnd.apache.avro":
            return Format(PayloadFormat.AVRO)
        case _ if media_type in _PROTOBUF:
            return Format(PayloadFormat.PROTOBUF)
        case _:
            return Format(None)


def _parted(text: str) -> tuple[str, str]:
    found = _MEDIA_TYPE.fullmatch(text)
    if found is None:
        return text, ""
    version = _VERSION.search(found[2] or "")
    return found[1], version[1] if version else ""
