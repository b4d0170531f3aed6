"""Formats: which of them says more than another."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

ASSERTED: Final = frozenset({
    "date", "date-time", "duration", "email", "hostname", "idn-email", "idn-hostname", "ipv4", "ipv6", "iri",
    "iri-reference", "json-pointer", "regex", "relative-json-pointer", "time", "uri", "uri-reference",
    "uri-template", "uuid",
})  # fmt: skip
"""Formats that validators judge; the others mean what OpenAPI's registry says."""

_IMPLIED: Final[Mapping[str, frozenset[str]]] = {
    "int32": frozenset({"int64"}),
    "float": frozenset({"double"}),
    "uri": frozenset({"uri-reference", "iri", "iri-reference"}),
    "uri-reference": frozenset({"iri-reference"}),
    "iri": frozenset({"iri-reference"}),
}

PATTERNS: Final[Mapping[str, str]] = {
    "date": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    "ipv4": r"^[0-9]{1,3}(\.[0-9]{1,3}){3}$",
    "uuid": "^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$",
}
"""What every text of a format matches (RFC 3339, 5.6; RFC 2673, 3.2; RFC 4122, 3)."""

_NUMERIC: Final = frozenset(
    {"int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float", "double"}
)


_SIZES: Final = (8, 16, 32, 64)
_LARGEST_FLOAT: Final = 3.4028234663852886e38
"""IEEE 754 binary32."""

RANGES: Final[Mapping[str, tuple[int | float, int | float]]] = MappingProxyType({
    **{f"int{bits}": (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) for bits in _SIZES},
    **{f"uint{bits}": (0, 2**bits - 1) for bits in _SIZES},
    "float": (-_LARGEST_FLOAT, _LARGEST_FLOAT),
})  # fmt: skip
"""The least and the greatest number of a format (OpenAPI Format Registry)."""


def implies(narrow: str, wide: str) -> bool:
    """Whether every value of the format *narrow* is of the format *wide*."""
    return narrow == wide or wide in _IMPLIED.get(narrow, ())


def atoms_of(name: str) -> frozenset[str]:
    """Return the types that the format *name* speaks of."""
    if name in ASSERTED:
        return frozenset({"string"})
    return (
        frozenset({"integer", "fraction", "string"})
        if name in _NUMERIC
        else frozenset({"string", "integer", "fraction"})
    )
