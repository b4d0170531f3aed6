"""Parameters and headers: a Python value on one side of the wire is the same value on the other."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, assert_never

from pydantic import ValidationError

from .alphabets import (
    COOKIE,
    HEADER,
    PATH,
    QUERY,
    RAW_COOKIE,
    RESERVED_QUERY,
    Alphabet,
    escape_cookie_name,
    escape_name,
)
from .brackets import write_brackets
from .declarations import ABSENT, Header, Operation, Parameter
from .documents import is_form, is_json
from .faults import named, naming
from .judge import Judge, Refusal, Refused
from .losses import refuse_lost
from .path_templates import filled
from .readings import guide_by, scalar_text, value_of
from .shapes import dump_json, from_json_value, to_json_value
from .sources import RawRequest, Sources, read_header
from .styles import Spelling, header_spelling, write_pairs, write_text

__all__ = [
    "Decoded",
    "EncodedParameters",
    "ParameterRefusal",
    "RawRequest",
    "decode_header_value",
    "decode_parameters",
    "encode_cookies",
    "encode_header",
    "encode_header_value",
    "encode_parameters",
    "encode_path",
    "encode_query",
]


@dataclass(frozen=True, slots=True)
class ParameterRefusal:
    """Why a parameter is refused."""

    name: str
    location: str
    message: str


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a request's parameters say.

    Attributes:
        values: by argument; None for what was not given and has no default.
        refusals: in the order of the parameters; the values count only when there is none.
    """

    values: Mapping[str, Any]
    refusals: tuple[ParameterRefusal, ...]


@dataclass(frozen=True, slots=True)
class EncodedParameters:
    """What parameters become in a request.

    Attributes:
        path: with every placeholder filled in.
        query: without the question mark; "" when there is none.
        headers: names and values; cookies are one of them.
    """

    path: str
    query: str
    headers: tuple[tuple[str, str], ...]


# ------------------------------------------------------------------------------------------------- the server's side


def decode_parameters(operation: Operation[Any], raw: RawRequest, judge: Judge) -> Decoded:
    """Return what *raw* gives for the parameters of *operation*, judged by the contract; never raises."""
    sources = Sources(operation.parameters, raw, guide_by(judge))
    values: dict[str, Any] = {}
    refusals: list[ParameterRefusal] = []
    for parameter in operation.parameters:
        try:
            values[parameter.argument] = _decode(parameter, sources, judge)
        except Refused as refused:
            refusals.extend(
                ParameterRefusal(
                    parameter.name, parameter.location, f"{refusal.pointer[:100]} {refusal.message}".strip()
                )
                for refusal in refused.refusals
            )
    return Decoded(values, tuple(refusals))


def _decode(parameter: Parameter, sources: Sources, judge: Judge) -> Any:
    try:
        reading = sources.reading(parameter)
    except UnicodeDecodeError:
        raise Refused((Refusal("", "holds bytes that are no UTF-8"),)) from None
    except ValueError as error:
        raise Refused((Refusal("", str(error)),)) from None
    if reading is not None:
        value = value_of(reading, (judge.schema(parameter.schema),), sources.guide)
        return _python_value(parameter, value, judge)
    if parameter.is_required:
        raise Refused((Refusal("", "is required"),))
    if parameter.default is ABSENT:
        return None
    return _typed(parameter, parameter.default)


def _python_value(declared: Parameter | Header, value: Any, judge: Judge) -> Any:
    refusals = judge.refusals(declared.schema, value)
    if refusals:
        raise Refused(refusals)
    return _typed(declared, value)


def _typed(declared: Parameter | Header, value: Any) -> Any:
    try:
        return from_json_value(declared.type, value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        raise Refused((Refusal("", first["msg"]),)) from None
    except (ValueError, RecursionError) as error:
        raise Refused((Refusal("", str(error)),)) from None


def decode_header_value(header: Header, text: str, judge: Judge) -> Any:
    """Return the Python value of a response's *header* from its *text*; several of one name are joined by commas.

    Raises:
        Refused: the contract refuses the value.
    """
    try:
        reading = read_header(text, Spelling(header.name, "simple", header.explode, HEADER), header.media_type)
    except ValueError as error:
        raise Refused((Refusal("", str(error)),)) from None
    value = value_of(reading, (judge.schema(header.schema),), guide_by(judge))
    return _python_value(header, value, judge)


# ------------------------------------------------------------------------------------------------- the client's side


def encode_parameters(operation: Operation[Any], arguments: Mapping[str, Any], judge: Judge) -> EncodedParameters:
    """Return *arguments*, Python values by argument, as parts of a request; None and `ABSENT` are not sent.

    Raises:
        ValueError: a required argument is missing, or a value can't be written in the parameter's style.
    """
    texts: dict[str, str] = {}
    headers: list[tuple[str, str]] = []
    queried: list[tuple[Parameter, Any]] = []
    cookied: list[tuple[Parameter, Any]] = []
    for parameter in operation.parameters:
        value = _json_value(parameter, arguments)
        if value is ABSENT:
            continue
        if isinstance(value, list | dict):
            refuse_lost(parameter, value, judge, operation.parameters)
        match parameter.location:
            case "path":
                texts[parameter.name] = encode_path(parameter, value)
            case "query" | "querystring":
                queried.append((parameter, value))
            case "header":
                headers.append((parameter.name, encode_header(parameter, value)))
            case "cookie":
                cookied.append((parameter, value))
            case _:
                assert_never(parameter.location)
    cookies = encode_cookies(cookied) if cookied else None
    return EncodedParameters(
        path=filled(operation.path, texts),
        query=encode_query(queried) if queried else "",
        headers=tuple(headers) if cookies is None else (*headers, ("Cookie", cookies)),
    )


def encode_path(parameter: Parameter, value: Any) -> str:
    """Return the JSON value *value* as percent-encoded text for the path's placeholder.

    Raises:
        ValueError: the style can't carry this value.
    """
    with naming(parameter):
        if parameter.media_type is not None:
            text = PATH.escape(_document(parameter.media_type, value), "")
        else:
            text = write_text(value, _spelling(parameter, PATH))
        if not text:
            raise ValueError("an empty text names no resource")
    # A client would take these for steps in the path (RFC 3986, 5.2.4).
    return text.replace(".", "%2E") if text in {".", ".."} else text


def encode_query(given: Iterable[tuple[Parameter, Any]]) -> str:
    """Return query parameters with their JSON values as a query string.

    Raises:
        ValueError: a style can't carry its value.
    """
    written: list[str] = []
    for parameter, value in given:
        alphabet = RESERVED_QUERY if parameter.allow_reserved else QUERY
        with naming(parameter):
            if parameter.location == "querystring" and not is_form(parameter.media_type or ""):
                written.append(QUERY.escape(_document(parameter.media_type or "", value), ""))  # it has no name
                continue
            written.extend(f"{escape_name(name)}={text}" for name, text in _pairs(parameter, value, alphabet))
    return "&".join(written)


def encode_header(parameter: Parameter, value: Any) -> str:
    """Return the JSON value *value* as the value of a request header.

    Raises:
        ValueError: the style can't carry this value.
    """
    try:
        return _header_text(value, _spelling(parameter, HEADER), parameter.media_type)
    except ValueError as error:
        raise named(parameter, error) from error


def encode_header_value(header: Header, value: Any) -> str:
    """Return the JSON value *value* as the value of a response header.

    Raises:
        ValueError: the style can't carry this value.
    """
    if type(value) is str and header.media_type is None:
        return HEADER.escape(value, "")  # as below, at once: most headers are text
    return _header_text(value, header_spelling(header.name, explode=header.explode), header.media_type)


def encode_cookies(given: Iterable[tuple[Parameter, Any]]) -> str | None:
    """Return cookie parameters with their JSON values as a `Cookie` header; None when nothing is to be sent.

    Raises:
        ValueError: a style can't carry its value.
    """
    written: list[str] = []
    for parameter, value in given:
        with naming(parameter):
            pairs = _pairs(parameter, value, RAW_COOKIE if parameter.style == "cookie" else COOKIE)
            written.extend(f"{escape_cookie_name(name)}={text}" for name, text in pairs)
    return "; ".join(written) or None


def _json_value(parameter: Parameter, arguments: Mapping[str, Any]) -> Any:
    value = arguments.get(parameter.argument, ABSENT)
    if value is not None and value is not ABSENT:
        # Text is what it is: most parameters are, and half of their time went here.
        return value if parameter.type is str and type(value) is str else to_json_value(parameter.type, value)
    if parameter.is_required:
        raise ValueError(f"{parameter.location} parameter {parameter.name!r} is required")
    return ABSENT


def _pairs(parameter: Parameter, value: Any, alphabet: Alphabet) -> tuple[tuple[str, str], ...]:
    if parameter.location == "querystring":
        return write_pairs(value, Spelling(parameter.name, "form", explode=True, alphabet=alphabet))
    if parameter.media_type is not None:
        return ((parameter.name, alphabet.escape(_document(parameter.media_type, value), "")),)
    spelling = _spelling(parameter, alphabet)
    return write_brackets(value, spelling) if parameter.style == "deepObject" else write_pairs(value, spelling)


def _header_text(value: Any, spelling: Spelling, media_type: str | None) -> str:
    if media_type is None:
        return write_text(value, spelling)
    if is_json(media_type):
        return json.dumps(value, allow_nan=False, separators=(",", ":"))
    return HEADER.escape(scalar_text(value), "")


def _document(media_type: str, value: Any) -> str:
    return dump_json(value).decode() if is_json(media_type) else scalar_text(value)


def _spelling(parameter: Parameter, alphabet: Alphabet) -> Spelling:
    return Spelling(parameter.name, parameter.style, parameter.explode, alphabet)
