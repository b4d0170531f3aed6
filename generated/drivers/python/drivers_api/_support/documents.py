"""JSON documents as they come over the wire."""

from __future__ import annotations

import json
from typing import Any, Final, NoReturn

import orjson

# orjson reads an integer of more than 64 bits as a float; such a document is read again by a parser that keeps it.
_ALL_ZEROS: Final = bytes.maketrans(b"123456789", b"0" * 9)
_LONG_NUMBER: Final = b"0" * 19


def is_json(media_type: str) -> bool:
    """Return whether *media_type* names JSON or a format built on it (RFC 6839, 3.1)."""
    essence = media_type.partition(";")[0].strip().lower()
    return essence in {"application/json", "text/json"} or essence.endswith("+json")


def is_form(media_type: str) -> bool:
    """Return whether *media_type* names the fields of a form in one text."""
    return media_type.partition(";")[0].strip().lower() == "application/x-www-form-urlencoded"


def read_json(raw: bytes) -> Any:
    """Return the value of the document *raw* (RFC 8259).

    Raises:
        ValueError: it is no JSON: NaN, lone surrogates, other encodings than UTF-8 and nesting beyond reason included.
    """
    value = orjson.loads(raw)
    if _LONG_NUMBER not in raw.translate(_ALL_ZEROS):
        return value
    try:
        return json.loads(raw, parse_constant=_refuse_constant)
    except RecursionError:
        raise ValueError("the document is nested too deeply") from None


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON value")
