"""JSON values to the bytes of a generated data file."""

from __future__ import annotations

import json
from collections.abc import Mapping

import orjson


def json_bytes(value: object) -> bytes:
    """Return *value*, which may hold read-only mappings and tuples, as indented JSON with a final line end."""
    try:
        return orjson.dumps(value, default=_plain, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    except TypeError:
        # orjson writes no integer beyond 64 bits; the standard library does, more slowly.
        return (json.dumps(value, default=_plain, indent=2, ensure_ascii=False) + "\n").encode()


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    message = f"{type(value).__name__} is no JSON value"
    raise TypeError(message)
