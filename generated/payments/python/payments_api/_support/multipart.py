"""Bodies of `multipart/form-data`, and of its relatives as far as they name their parts (RFC 7578, RFC 2046)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from .alphabets import PLAIN
from .declarations import Part
from .documents import is_json, read_json
from .files import File
from .forms import PLAIN_PART, Form, read_styled, write_field
from .judge import Refusal, Refused
from .media_types import covers, parse_media_type
from .pointers import join_pointer
from .readings import Reading, scalar_text, sequence
from .shapes import dump_json

MAX_PARTS: Final = 1000
_LITERAL: Final = re.compile(r';[ \t]*(name|filename)="([^"]*)"[ \t]*(?=;|$)', re.IGNORECASE)
"""A parameter as browsers write it, whose backslash escapes nothing (WHATWG HTML, encoding of multipart forms)."""


@dataclass(slots=True)
class RawPart:
    """A part as it came."""

    headers: dict[str, str] = field(default_factory=dict)
    content: bytearray = field(default_factory=bytearray)

    @property
    def media_type(self) -> str | None:
        """Its own `Content-Type`."""
        return self.headers.get("content-type")

    def disposition(self, parameter: str) -> str | None:
        """Return a parameter of its `Content-Disposition`."""
        # The header is written like a media type whose type is missing.
        header = self.headers.get("content-disposition", "")
        parsed = parse_media_type("form-data/" + header)
        if parsed is not None:
            return parsed.parameter(parameter)
        return next((value for name, value in _LITERAL.findall(header) if name.lower() == parameter), None)


# --------------------------------------------------------------------------------------------------------- writing


def write_multipart(value: Mapping[str, Any], parts: Mapping[str, Part]) -> tuple[bytes, str]:
    """Return the JSON object *value*, in which files may stand, as a body and its boundary.

    The boundary depends on nothing but the content. A property that is null is left out.

    Raises:
        ValueError: a property can't be written in its style.
    """
    given = [(name, item) for name, item in value.items() if item is not None]
    written = [part for name, item in given for part in _write_property(name, item, parts.get(name))]
    boundary = _boundary(written)
    delimiter = b"--" + boundary.encode()
    body = b"".join(delimiter + b"\r\n" + head + b"\r\n\r\n" + content + b"\r\n" for head, content in written)
    return body + delimiter + b"--\r\n", boundary


def _write_property(name: str, value: Any, part: Part | None) -> Iterator[tuple[bytes, bytes]]:
    part = part or PLAIN_PART
    if part.style is not None:
        for field_name, text in write_field(name, value, part, PLAIN):
            yield _head(field_name), text.encode()
    elif isinstance(value, list):
        if value == [""]:
            raise ValueError(f"{name!r}: an array of one empty text is written like an empty array")
        for item in value or [""]:
            yield _write_part(name, item, part)
    else:
        yield _write_part(name, value, part)


def _write_part(name: str, value: Any, part: Part) -> tuple[bytes, bytes]:
    declared = _first_concrete(part.content_type)
    match value:
        case File():
            media_type = value.media_type or declared or "application/octet-stream"
            # Most servers take a part for a file only when it has a file name.
            return _head(name, media_type, value.filename or name), value.content
        case dict() | list():
            return _head(name, declared or "application/json"), dump_json(value)
        case _ if declared is not None and is_json(declared):
            return _head(name, declared), dump_json(value)
        case _:
            return _head(name, declared), scalar_text(value).encode()


def _head(name: str, media_type: str | None = None, filename: str | None = None) -> bytes:
    disposition = f'Content-Disposition: form-data; name="{_escaped(name)}"'
    if filename is not None:
        disposition += f'; filename="{_escaped(filename)}"'
    if media_type is None:
        return disposition.encode()
    if "\r" in media_type or "\n" in media_type:
        raise ValueError(f"the media type {media_type!r} has a line break")
    return f"{disposition}\r\nContent-Type: {media_type}".encode()


def _escaped(name: str) -> str:
    """Return *name* as browsers write it (WHATWG HTML, multipart/form-data encoding algorithm)."""
    return name.replace("\\", r"\\").replace("\r", "%0D").replace("\n", "%0A").replace('"', "%22")


def _unescaped(name: str) -> str:
    return name.replace("%0D", "\r").replace("%0A", "\n").replace("%22", '"')


def _first_concrete(content_type: str | None) -> str | None:
    for candidate in (content_type or "").split(","):
        parsed = parse_media_type(candidate.strip())
        if parsed is not None and not parsed.is_range:
            return candidate.strip()
    return None


def _boundary(written: Sequence[tuple[bytes, bytes]]) -> str:
    digest = hashlib.sha256()
    for head, content in written:
        digest.update(b"%d:%d:" % (len(head), len(content)))
        digest.update(head)
        digest.update(content)
    boundary = digest.hexdigest()[:40]
    while any(boundary.encode() in content for _, content in written):
        digest.update(b"again")
        boundary = digest.hexdigest()[:40]
    return boundary


# --------------------------------------------------------------------------------------------------------- reading


def read_multipart(raw: bytes, boundary: str, form: Form) -> Reading:
    """Return the reading of the body *raw*.

    Raises:
        ValueError: it is no multipart body, or a property is not written in its style.
        Refused: a part has another media type than the contract allows.
    """
    # Parts without a name stand for the declared properties in their order (OpenAPI 3.1 leaves multipart/mixed open).
    unnamed = iter(form.guide.declared(form.schemas))
    parts = [(_name(part), part) for part in _split(raw, boundary)]
    named = [(next(unnamed, None) if name is None else name, part) for name, part in parts]
    texts = [(name, text) for name, part in named if name is not None and (text := _text(part)) is not None]
    members, claimed = read_styled(texts, form, PLAIN)
    rest: dict[str, list[Reading]] = {}
    for name, part in named:
        if name is not None and name not in claimed:
            rest.setdefault(name, []).append(_read_part(name, part, form.parts.get(name)))
    return Reading(members={**members, **{name: sequence(readings) for name, readings in rest.items()}})


def _read_part(name: str, part: RawPart, declared: Part | None) -> Reading:
    media_type = part.media_type
    if media_type is not None and declared is not None and declared.content_type is not None:
        _check_media_type(name, media_type, declared.content_type)
    filename = part.disposition("filename")
    file = File(bytes(part.content), None if filename is None else _unescaped(filename), media_type)
    effective = media_type or _first_concrete(None if declared is None else declared.content_type)
    if effective is not None and is_json(effective) and filename is None:
        return Reading(literal=read_json(file.content), file=file)
    # An empty text is an empty array; an empty file is a file.
    text = None if filename is not None and not file.content else _text(part)
    return Reading(text=text, file=file, document=bool(text))


def _check_media_type(name: str, given: str, declared: str) -> None:
    parsed = parse_media_type(given)
    ranges = [media_range for one in declared.split(",") if (media_range := parse_media_type(one.strip())) is not None]
    if parsed is None or (ranges and not any(covers(media_range, parsed) for media_range in ranges)):
        told = f"the part's media type {given[:50]!r} is not one of {declared[:100]}"
        raise Refused((Refusal(join_pointer([name]), told),))


def _text(part: RawPart) -> str | None:
    try:
        return part.content.decode()
    except UnicodeDecodeError:
        return None


def _name(part: RawPart) -> str | None:
    name = part.disposition("name")
    return None if name is None else _unescaped(name)


def _split(raw: bytes, boundary: str) -> list[RawPart]:
    # Imported late: most services have no multipart body.
    from python_multipart import MultipartParser  # noqa: PLC0415
    from python_multipart.exceptions import MultipartParseError  # noqa: PLC0415

    collector = _Collector()
    try:
        parser = MultipartParser(boundary, collector.callbacks())
        parser.write(raw)
        parser.finalize()
    except MultipartParseError as error:
        raise ValueError(str(error)) from None
    if not collector.is_complete:
        raise ValueError("the closing boundary is missing")
    return collector.parts


class _Collector:
    """Gathers the parts of one body."""

    def __init__(self) -> None:
        self.parts: list[RawPart] = []
        self.is_complete = False
        self._field = bytearray()
        self._value = bytearray()

    def callbacks(self) -> Any:
        """Return the parser's callbacks, by its names for them."""
        return {
            "on_part_begin": self._begin,
            "on_part_data": lambda data, start, end: self.parts[-1].content.extend(data[start:end]),
            "on_header_field": lambda data, start, end: self._field.extend(data[start:end]),
            "on_header_value": lambda data, start, end: self._value.extend(data[start:end]),
            "on_header_end": self._end_header,
            "on_end": self._end,
        }

    def _begin(self) -> None:
        if len(self.parts) == MAX_PARTS:
            raise ValueError(f"the body has more than {MAX_PARTS} parts")
        self.parts.append(RawPart())

    def _end_header(self) -> None:
        # Browsers write names and file names in UTF-8, whatever RFC 5322 says of headers.
        value = self._value.decode(errors="replace")
        self.parts[-1].headers[self._field.decode("latin-1").lower()] = value
        self._field.clear()
        self._value.clear()

    def _end(self) -> None:
        self.is_complete = True
