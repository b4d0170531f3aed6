"""Parameters to wire text, written from the specification and not from the code that is tested with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import assert_never
from urllib.parse import quote

from apictl.contract.operation import Parameter, ParameterLocation, Style
from apictl.contract.schema import JsonValue


class Unwritable(Exception):
    """A value that the specification gives no spelling in this place."""


def path_text(parameter: Parameter, value: JsonValue) -> str:
    """Return *value* as it stands in a path, percent-encoded.

    Raises:
        Unwritable: it would be empty or lead to another path.
    """
    text = _written(parameter, value)
    if text in {"", ".", ".."}:
        raise Unwritable
    return text


def query_text(parameter: Parameter, value: JsonValue) -> str:
    """Return *value* as pairs of a query, percent-encoded, or as the whole of it.

    Raises:
        Unwritable: its style has no spelling for it.
    """
    if parameter.location is not ParameterLocation.QUERYSTRING or not _is_form(parameter):
        return _written(parameter, value)
    # Each property by itself (OpenAPI 3.2, Parameter Object; 3.1, Encoding Object).
    fields = value.items() if isinstance(value, dict) else ()
    return "&".join(
        f"{_encoded(key)}={_encoded(plain_text(part))}"
        for key, item in fields
        for part in (item if isinstance(item, list) else [item])
    )


def header_text(parameter: Parameter, value: JsonValue) -> str:
    """Return *value* as it stands in a header.

    Raises:
        Unwritable: a header can't hold it (RFC 9110, 5.5).
    """
    text = plain_text(value) if parameter.media_type is None else json.dumps(value)
    if isinstance(value, list | dict) and parameter.media_type is None:
        text = ",".join(_flat(value, explode=parameter.explode))
    if not text or text != text.strip() or not (text.isascii() and text.isprintable()) or "%" in text:
        raise Unwritable
    return text


def cookie_text(parameter: Parameter, value: JsonValue) -> str:
    """Return *value* as pairs of a `Cookie` header.

    Raises:
        Unwritable: it is no single text.
    """
    if isinstance(value, list | dict):
        raise Unwritable
    text = plain_text(value)
    if parameter.style is not Style.COOKIE:
        return f"{parameter.name}={quote(text, safe='')}"
    if not text.isascii() or not text.isprintable() or set(text) & set(' ",;\\'):
        raise Unwritable
    return f"{parameter.name}={text}"


def plain_text(value: JsonValue) -> str:
    """Return a scalar as text; anything else as JSON."""
    match value:
        case str():
            return value
        case None:
            return ""
        case _:
            return json.dumps(value)


def in_brackets(name: str, item: JsonValue) -> Iterator[tuple[str, str]]:
    """Yield *item* with a pair of brackets for each step, which is what everybody makes of `deepObject`.

    Raises:
        Unwritable: something is empty, or a name has brackets itself.
    """
    match item:
        case None:
            return
        case dict() if not item:
            raise Unwritable
        case dict():
            for key, each in item.items():
                if {"[", "]"} & set(key):
                    raise Unwritable
                yield from in_brackets(f"{name}[{key}]", each)
        case list() if any(isinstance(each, dict | list) for each in item):
            for index, each in enumerate(item):
                yield from in_brackets(f"{name}[{index}]", each)
        case list() if item in ([], [""]):
            raise Unwritable
        case list():
            yield from ((f"{name}[]", plain_text(each)) for each in item)
        case _:
            yield name, plain_text(item)


def _written(parameter: Parameter, value: JsonValue) -> str:
    """Return *value* by the style of *parameter* (OpenAPI 3.1, Style Examples)."""
    name = _encoded(parameter.name)
    if parameter.media_type is not None:
        text = _encoded(json.dumps(value))
        is_bare = parameter.location in {ParameterLocation.PATH, ParameterLocation.QUERYSTRING}
        return text if is_bare else f"{name}={text}"
    flat = [_encoded(part, keep="=" if parameter.explode else "") for part in _flat(value, explode=parameter.explode)]
    match parameter.style:
        case Style.SIMPLE:
            return ",".join(flat)
        case Style.LABEL:
            return "." + ("." if parameter.explode else ",").join(flat)
        case Style.MATRIX:
            return "".join(f";{pair}" for pair in _pairs(parameter, value, flat, ","))
        case Style.FORM | Style.COOKIE:
            return "&".join(_pairs(parameter, value, flat, ","))
        case Style.SPACE_DELIMITED:
            return "&".join(_pairs(parameter, value, flat, "%20"))
        case Style.PIPE_DELIMITED:
            return "&".join(_pairs(parameter, value, flat, "%7C"))
        case Style.DEEP_OBJECT:
            pairs = in_brackets(parameter.name, value)
            return "&".join(f"{_encoded(where, keep='[]')}={_encoded(text)}" for where, text in pairs)
        case _ as never:
            assert_never(never)


def _is_form(parameter: Parameter) -> bool:
    return (parameter.media_type or "").partition(";")[0].strip().lower() == "application/x-www-form-urlencoded"


def _pairs(parameter: Parameter, value: JsonValue, flat: list[str], delimiter: str) -> list[str]:
    """Return `name=value` pairs: one for each item or property where it is exploded, else one for all."""
    name = _encoded(parameter.name)
    if not parameter.explode:
        return [f"{name}={delimiter.join(flat)}"]
    return flat if isinstance(value, dict) else [f"{name}={part}" for part in flat]


def _flat(value: JsonValue, *, explode: bool) -> list[str]:
    """Return the texts that *value* consists of; with *explode* `key=value` for each property."""
    match value:
        case list():
            return [plain_text(item) for item in value]
        case dict() if explode:
            return [f"{key}={plain_text(item)}" for key, item in value.items()]
        case dict():
            return [text for key, item in value.items() for text in (key, plain_text(item))]
        case _:
            return [plain_text(value)]


def _encoded(text: str, keep: str = "") -> str:
    return quote(text, safe=keep, errors="surrogatepass")
