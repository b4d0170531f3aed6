"""What Python has for a string's format: the one table that models and signatures share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from apictl.contract.schema import JsonValue

FORMATS: Final[Mapping[str, str]] = {
    "binary": "File",
    "date": "date",
    "date-time": "AwareDatetime",
    "decimal": "Decimal",
    "uuid": "UUID",
}
"""Types by format. Every other format stays `str`, which writes what it read:

- a `time` may be a leap second and a `duration` a month, of which Python's types know nothing (RFC 3339, 5.6 and A);
- `byte` is text to the contract, whose `pattern` and `maxLength` speak of the encoded form;
- a naive `datetime` would take a date for a time where a union allows both.
"""

STANDARD: Final[Mapping[str, str]] = {
    "Any": "typing",
    "Decimal": "decimal",
    "Literal": "typing",
    "UUID": "uuid",
    "date": "datetime",
}
"""Modules of the standard library by the names that annotations use."""

INSTALLED: Final[Mapping[str, str]] = {"AwareDatetime": "pydantic", "StrictBool": "pydantic"}
"""Modules of installed packages by the names that annotations use."""

SUPPORT: Final[Mapping[str, str]] = {"Binary": "binary", "File": "files"}
"""Modules of a package's `_support` by the names that annotations use."""


def string_type(schema: Mapping[str, JsonValue]) -> str:
    """Return the type of the strings of *schema*."""
    if schema.get("contentMediaType") == "application/octet-stream" and "contentEncoding" not in schema:
        # What OpenAPI 3.0 calls `format: binary` (OpenAPI 3.1, Migrating binary descriptions from OAS 3.0).
        return "File"
    return FORMATS.get(str(schema.get("format")), "str")
