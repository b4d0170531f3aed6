"""Bodies: bytes of a declared media type, judged, become a Python value, and the other way round."""

from __future__ import annotations

import codecs
from typing import Any, Final, Literal, assert_never

from pydantic import ValidationError

from .binary import Binary
from .declarations import Content, Kind
from .documents import read_json
from .files import File
from .forms import Form, read_form, write_form
from .judge import Judge, Refusal, Refused, Schema
from .media_types import MediaType, choose_content, negotiate, parse_media_type
from .multipart import read_multipart, write_multipart
from .readings import Reading, guide_by, scalar_text, value_of, without_files
from .sequences import splitter
from .shapes import dump_json, from_form_value, from_json, from_json_value, to_form_value, to_json, to_json_value
from .yaml_documents import read_yaml, write_yaml

__all__ = ["BodyRefused", "choose_content", "decode_body", "encode_body", "negotiate"]

# Others take time beyond the length of the text (punycode) or are no charsets at all (hex).
_CHARSETS: Final = frozenset(
    {"ascii", "cp1252", "iso8859-1", "iso8859-15", "utf-16", "utf-16-be", "utf-16-le", "utf-8"}
)
_ANY: Final[Schema] = True


class BodyRefused(Refused):
    """A body that is no document of its media type, or that the contract refuses."""

    def __init__(self, reason: Literal["malformed", "refused"], refusals: tuple[Refusal, ...]) -> None:
        """Keep both."""
        super().__init__(refusals)
        self.reason = reason


def decode_body(content: Content, raw: bytes, content_type: str, judge: Judge) -> Any:
    """Return the Python value of the body *raw*, which is declared as *content* and came as *content_type*.

    Raises:
        BodyRefused: "malformed" when it can't be read, "refused" when the contract refuses what it says.
    """
    given = parse_media_type(content_type) or MediaType("application", "octet-stream")
    try:
        match content.kind:
            case Kind.JSON | Kind.YAML:
                return _decode_document(content, raw, judge)
            case Kind.FORM | Kind.MULTIPART:
                return _decode_form(content, raw, given, judge)
            case Kind.TEXT:
                return _decode_text(content, raw, given, judge)
            case Kind.BINARY:
                return _decode_binary(content, raw, content_type, judge)
            case Kind.LINES | Kind.SEQUENCE | Kind.EVENTS | Kind.TEXT_EVENTS:
                return _decode_items(content, raw, judge)
            case _:
                assert_never(content.kind)
    except BodyRefused:
        raise
    except Refused as refused:
        raise BodyRefused("refused", refused.refusals) from None
    except ValidationError as error:
        raise BodyRefused("refused", _unfit(error)) from None
    except (ValueError, RecursionError) as error:
        raise BodyRefused("malformed", (Refusal("", str(error)[:200]),)) from None


def encode_body(content: Content, value: Any) -> tuple[bytes, str]:
    """Return *value* as bytes of *content*, with their full `Content-Type`.

    Raises:
        ValueError: a property of a form can't be written in its style, or text not in the declared charset.
    """
    match content.kind:
        case Kind.JSON:
            return to_json(content.type, value), concrete_media_type(content, "application/json")
        case Kind.YAML:
            written = write_yaml(read_json(to_json(content.type, value)))
            return written, concrete_media_type(content, "application/yaml")
        case Kind.FORM:
            form = to_form_value(value)
            return write_form(_as_text(form), content.parts), concrete_media_type(
                content, "application/x-www-form-urlencoded"
            )
        case Kind.MULTIPART:
            body, boundary = write_multipart(to_form_value(value), content.parts)
            return body, f"{concrete_media_type(content, 'multipart/form-data')}; boundary={boundary}"
        case Kind.TEXT:
            return _encode_text(content, value)
        case Kind.BINARY:
            return _encode_binary(content, value)
        case Kind.EVENTS | Kind.TEXT_EVENTS | Kind.LINES | Kind.SEQUENCE:
            raise ValueError(f"{content.media_type} is written item by item")
        case _:
            assert_never(content.kind)


# --------------------------------------------------------------------------------------------------------- decoding


def _decode_document(content: Content, raw: bytes, judge: Judge) -> Any:
    if content.kind is Kind.YAML:
        raw = dump_json(read_yaml(raw))
    value = read_json(raw)
    _judge(content, value, judge)
    return from_json(content.type, raw)


def _decode_form(content: Content, raw: bytes, given: MediaType, judge: Judge) -> Any:
    schemas = (_ANY,) if content.schema is None else (judge.schema(content.schema),)
    form = Form(content.parts, schemas, guide_by(judge))
    if content.kind is Kind.FORM:
        reading = read_form(raw, form)
    elif (boundary := given.parameter("boundary")) is None:
        raise ValueError("the media type has no boundary")
    else:
        reading = read_multipart(raw, boundary, form)
    value = value_of(reading, schemas, form.guide)
    _judge(content, without_files(value), judge)
    return from_form_value(content.type, value)


def _decode_text(content: Content, raw: bytes, given: MediaType, judge: Judge) -> Any:
    text = raw.decode(_codec(given.parameter("charset")))
    if content.schema is None:
        return from_json_value(content.type, text)
    value = value_of(Reading(text=text), (judge.schema(content.schema),), guide_by(judge))
    _judge(content, value, judge)
    return from_json_value(content.type, value)


def _decode_binary(content: Content, raw: bytes, content_type: str, judge: Judge) -> bytes | Binary:
    # Only a schema of bytes has something to say about bytes: their number.
    if content.schema is not None and guide_by(judge).is_file((judge.schema(content.schema),)):
        _judge(content, without_files(File(raw)), judge)
    return Binary(raw, content_type or "application/octet-stream") if content.type is Binary else raw


def _judge(content: Content, value: Any, judge: Judge) -> None:
    refusals = () if content.schema is None else judge.refusals(content.schema, value)
    if refusals:
        raise Refused(refusals)


def _unfit(error: ValidationError) -> tuple[Refusal, ...]:
    found = error.errors(include_url=False, include_context=False, include_input=False)[:10]
    return tuple(Refusal("".join(f"/{step}" for step in one["loc"]), one["msg"][:200]) for one in found)


def _codec(charset: str | None) -> str:
    try:
        name = codecs.lookup(charset or "utf-8").name
    except LookupError:
        name = ""
    if name not in _CHARSETS:
        raise ValueError(f"the charset {(charset or '')[:50]!r} is not known")
    return name


def _decode_items(content: Content, raw: bytes, judge: Judge) -> Any:
    if content.kind not in {Kind.LINES, Kind.SEQUENCE}:
        raise ValueError(f"{content.media_type} is read item by item")
    documents = (*(cut := splitter(content.kind)).feed(raw), *cut.end())
    for index, document in enumerate(documents):
        value = read_json(document)
        refusals = () if content.schema is None else judge.refusals(content.schema, value)
        if refusals:
            raise Refused(tuple(Refusal(f"/{index}{each.pointer}", each.message) for each in refusals))
    return from_json(content.type, b"[" + b",".join(documents) + b"]")


# --------------------------------------------------------------------------------------------------------- encoding


def _encode_text(content: Content, value: Any) -> tuple[bytes, str]:
    media_type = concrete_media_type(content, "text/plain")
    parsed = parse_media_type(media_type)
    charset = None if parsed is None else parsed.parameter("charset")
    raw = scalar_text(to_json_value(content.type, value)).encode(_codec(charset))
    return raw, media_type if charset is not None else f"{media_type}; charset=utf-8"


def _encode_binary(content: Content, value: Any) -> tuple[bytes, str]:
    match value:
        case Binary():
            return value.content, concrete_media_type(content, value.media_type)
        case File():
            return value.content, concrete_media_type(content, value.media_type or "application/octet-stream")
        case _:
            return bytes(value), concrete_media_type(content, "application/octet-stream")


def concrete_media_type(content: Content, fallback: str) -> str:
    """Return the media type to send: the declared one, or *fallback* where a range is declared."""
    declared = parse_media_type(content.media_type)
    return fallback if declared is None or declared.is_range else content.media_type


def _as_text(value: Any) -> Any:
    """Return the form *value* with its files as text, for a body that has no place for files."""
    match value:
        case File():
            return value.content.decode()
        case dict():
            return {key: _as_text(item) for key, item in value.items()}
        case list():
            return [_as_text(item) for item in value]
        case _:
            return value
