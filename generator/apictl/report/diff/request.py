"""A value of a parameter as the request that it belongs to: `GET /trips?limit=101`."""

from __future__ import annotations

import re
from typing import Final, assert_never
from urllib.parse import quote

from apictl.contract.operation import ParameterLocation
from apictl.contract.schema import JsonValue
from apictl.diff.changes import Change
from apictl.report.diff.example import MarkedLine
from apictl.report.text import printable

_LONGEST: Final = 60
_LABEL: Final = re.compile(r"[A-Z]+ /\S*")
_UNRESERVED: Final = "-._~"


def request_line(change: Change) -> MarkedLine | None:
    """Return the witness of *change* as the first line of a request, the value marked.

    None when it is no value of a parameter, or one that is not written as one short text.
    """
    use, witness = change.uses[0], change.witness
    if witness is None or use.parameter is None or not _LABEL.fullmatch(use.label):
        return None
    text = _written(witness.value)
    location, name = use.parameter
    if text is None or len(text) > _LONGEST or len(name) > _LONGEST:
        return None
    try:
        return _line(use.label, name, text, location)
    except UnicodeEncodeError:  # a lone surrogate has no percent-encoding
        return None


def _line(label: str, name: str, text: str, location: ParameterLocation) -> MarkedLine | None:
    match location:
        case ParameterLocation.QUERY:
            return MarkedLine(f"{printable(label)}?{_encoded(name)}=", _encoded(text), "")
        case ParameterLocation.QUERYSTRING:
            return MarkedLine(f"{printable(label)}?", _encoded(text), "")
        case ParameterLocation.PATH:
            before, placeholder, after = label.partition(f"{{{name}}}")
            return MarkedLine(printable(before), _encoded(text), printable(after)) if placeholder else None
        case ParameterLocation.HEADER:
            # A field value has no control characters, and others than those of ASCII no meaning (RFC 9110, 5.5).
            is_plain = text.isascii() and text.isprintable() and name.isascii() and name.isprintable()
            return MarkedLine(f"{printable(label)} with {name}: ", text, "") if is_plain else None
        case ParameterLocation.COOKIE:
            return MarkedLine(f"{printable(label)} with Cookie: {_encoded(name)}=", _encoded(text), "")
        case _:
            assert_never(location)


def _written(value: JsonValue) -> str | None:
    match value:
        case bool():
            return "true" if value else "false"
        case int() if value.bit_length() > _LONGEST * 4:
            return None
        case int() | float():
            return repr(value)
        case str():
            return value
        case _:
            return None


def _encoded(text: str) -> str:
    return quote(text, safe=_UNRESERVED)
