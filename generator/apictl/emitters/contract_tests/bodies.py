"""Bodies to wire form: JSON as it is, forms, parts, text and bytes."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from apictl.contract.operation import Encoding, MediaType, Style
from apictl.contract.schema import JsonValue
from apictl.emitters.contract_tests.wire import in_brackets, plain_text
from apictl.pages.python.contents import SpelledContent
from apictl.support.declarations import Kind

_BOUNDARY = "contract-test-boundary"
_DELIMITERS = {Style.SIMPLE: ",", Style.SPACE_DELIMITED: " ", Style.PIPE_DELIMITED: "|"}
"""Between items that are joined before the field is escaped; those of style `form` are joined behind."""


@dataclass(frozen=True, slots=True)
class WireBody:
    """A body.

    Attributes:
        media_type: for `Content-Type`.
        content: {"json": …}, {"text": …} or {"base64": …}.
    """

    media_type: str
    content: dict[str, JsonValue]


def wire_body(content: SpelledContent, value: JsonValue) -> WireBody:
    """Return *value* in the media type of *content*.

    Raises:
        Unwritable: a form has no spelling for it.
    """
    name = content.media_type.name
    match content.kind:
        case Kind.JSON:
            return WireBody(_concrete(name, "json"), {"json": value})
        case Kind.YAML:
            # JSON is YAML, too; what is in blocks, schemathesis sends.
            return WireBody(_concrete(name, "yaml"), {"json": value})
        case Kind.FORM:
            return WireBody(name, {"text": urlencode(_fields(content.media_type, value))})
        case Kind.MULTIPART:
            return WireBody(f"{name.partition(';')[0]}; boundary={_BOUNDARY}", _parts(content.media_type, value))
        case Kind.TEXT:
            return WireBody(name, {"text": plain_text(value)})
        case Kind.LINES:
            return WireBody(name, {"text": f"{json.dumps(value)}\n"})
        case Kind.SEQUENCE:
            return WireBody(name, {"text": f"\x1e{json.dumps(value)}\n"})
        case Kind.BINARY | Kind.EVENTS | Kind.TEXT_EVENTS:
            return WireBody(_concrete(name, "octet-stream"), {"text": "sample"})


def _concrete(media_type: str, subtype: str) -> str:
    return media_type.replace("*/*", f"application/{subtype}").replace("/*", f"/{subtype}")


def _fields(media: MediaType, value: JsonValue) -> list[tuple[str, str]]:
    fields = value.items() if isinstance(value, dict) else ()
    return [pair for name, item in fields for pair in _field(name, item, media.encodings.get(name))]


def _field(name: str, item: JsonValue, encoding: Encoding | None) -> Iterator[tuple[str, str]]:
    """Yield the property *name* of a form as names and texts (OpenAPI 3.1, Encoding Object)."""
    style = None if encoding is None else encoding.style
    if style is Style.DEEP_OBJECT:
        yield from in_brackets(name, item)
    elif encoding is not None and style is Style.FORM and encoding.explode and isinstance(item, dict) and item:
        yield from ((key, plain_text(each)) for key, each in item.items())
    else:
        yield from ((name, plain_text(part)) for part in _written(encoding, item))


def _written(encoding: Encoding | None, item: JsonValue) -> list[JsonValue]:
    """Return what stands under one name, once for each time that the name is written."""
    if not isinstance(item, list):
        return [item]
    delimiter = None if encoding is None or encoding.style is None else _DELIMITERS.get(encoding.style)
    return item if delimiter is None else [delimiter.join(map(plain_text, item))]


def _parts(media: MediaType, value: JsonValue) -> dict[str, JsonValue]:
    """Return a multipart body (RFC 7578) of the properties of *value*."""
    lines: list[bytes] = []
    for name, item in value.items() if isinstance(value, dict) else ():
        encoding = media.encodings.get(name)
        for part in _written(encoding, item):
            declared = encoding.content_type if encoding else None
            is_file = declared is not None and not declared.startswith(("text/", "application/json"))
            usual = "application/json" if isinstance(part, dict | list) else "text/plain"
            kind = (declared or usual).partition(",")[0].strip()
            quoted = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
            filename = '; filename="sample"' if is_file or _is_file(media, name) else ""
            lines += [
                f"--{_BOUNDARY}".encode(),
                f'Content-Disposition: form-data; name="{quoted}"{filename}'.encode(),
                f"Content-Type: {_concrete(kind, 'octet-stream')}".encode(),
                b"",
                (json.dumps(part) if isinstance(part, dict | list) else plain_text(part)).encode(errors="replace"),
            ]
    lines += [f"--{_BOUNDARY}--".encode(), b""]
    return {"base64": base64.b64encode(b"\r\n".join(lines)).decode()}


def _is_file(media: MediaType, name: str) -> bool:
    """Whether the property *name* is declared, here and not behind a reference, as bytes."""
    properties = media.schema.get("properties") if isinstance(media.schema, dict) else None
    schema = properties.get(name) if isinstance(properties, dict) else None
    if not isinstance(schema, dict):
        return False
    return schema.get("format") == "binary" or "contentMediaType" in schema
