"""Values of JSON as rules compare and show them."""

from __future__ import annotations

import json
from typing import Final

from apictl.contract.schema import JsonValue

_LONGEST: Final = 60


def identity(value: JsonValue) -> object:
    """Return what two values have in common exactly when JSON Schema calls them equal (2020-12, 4.2.2)."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return (type(value), value)
    if isinstance(value, list):
        return ("list", *(identity(each) for each in value))
    if isinstance(value, dict):
        return ("dict", frozenset((key, identity(each)) for key, each in value.items()))
    return ("number", value)


def shown(value: JsonValue) -> str:
    """Return *value* as a message shows it: text within quotes, anything else as JSON, cut."""
    text = repr(value) if isinstance(value, str) else json.dumps(value, default=str)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def type_of(value: JsonValue) -> str:
    """Return the type of *value* as JSON Schema names it; a whole number is an `integer`."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "integer" if value.is_integer() else "number"
        case str():
            return "string"
        case list():
            return "array"
        case dict():
            return "object"
