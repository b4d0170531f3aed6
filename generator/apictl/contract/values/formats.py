"""Text in the formats of JSON Schema and OpenAPI: readable, and of a wanted length where the format bends."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from typing import Final

_PLAIN: Final[Mapping[str, tuple[str, ...]]] = {
    "date-time": ("2026-01-15T09:30:00Z", "2024-02-29T23:59:59.999+05:30", "1970-01-01T00:00:00Z"),
    "date": ("2026-01-15", "2024-02-29", "1970-01-01"),
    "time": ("09:30:00Z", "23:59:59.999+05:30", "00:00:00Z"),
    "duration": ("PT1H30M", "P1D", "P1Y2M3DT4H5M6S"),
    "email": ("user@example.com", "first.last+tag@mail.example.org", "a@b.co"),
    "idn-email": ("user@example.com", "a@b.co"),
    "hostname": ("example.com", "api.example.org", "a"),
    "idn-hostname": ("example.com", "a"),
    "ipv4": ("192.0.2.1", "198.51.100.255", "0.0.0.0"),  # noqa: S104
    "ipv6": ("2001:db8::1", "::", "2001:db8:85a3:8d3:1319:8a2e:370:7348"),
    "uri": ("https://example.com/", "https://example.com/path?query=1#part", "urn:a"),
    "url": ("https://example.com/", "https://example.com/path?query=1#part"),
    "uri-reference": ("https://example.com/", "/path", "a"),
    "iri": ("https://example.com/", "urn:a"),
    "iri-reference": ("https://example.com/", "/path"),
    "uri-template": ("https://example.com/{id}", "/{id}", "{id}"),
    "uuid": ("3fa85f64-5717-4562-b3fc-2c963f66afa6", "00000000-0000-0000-0000-000000000000"),
    "guid": ("3fa85f64-5717-4562-b3fc-2c963f66afa6",),
    "json-pointer": ("/name", "/items/0", ""),
    "relative-json-pointer": ("0", "1/name"),
    "regex": ("^[a-z]+$", ".*", "a"),
    "byte": ("dGV4dA==", "AA==", ""),
    "base64": ("dGV4dA==", "AA==", ""),
    "base64url": ("dGV4dA", "AA", ""),
    "decimal": ("1.50", "0", "-12.345"),
    "int32": ("1", "0", "2147483647"),
    "int64": ("1", "0", "9223372036854775807"),
    "float": ("1.5", "0"),
    "double": ("1.5", "0"),
    "binary": ("content", "a"),
    "password": ("correct horse battery staple", "Secret-1"),
    "phone": ("+12025550123",),
    "color": ("#336699",),
    "ulid": ("01ARZ3NDEKTSV4RRFFQ69G5FAV",),
}


def _email(length: int) -> str:
    local = min(length - len("@b.co"), 64)
    return "a" * local + "@" + _hostname(length - local - 1)


def _hostname(length: int) -> str:
    labels = ["a" * 60] * ((length - 3) // 61)
    rest = length - 3 - 61 * len(labels)
    return ".".join([*labels, "a" * rest + ".co" if rest else "a.co"]) if length > len("a.co") else "a" * length


def _base64(length: int) -> str:
    return base64.b64encode(b"a" * (length // 4 * 3)).decode()


_BENT: Final[Mapping[str, Callable[[int], str]]] = {
    "email": _email,
    "idn-email": _email,
    "hostname": _hostname,
    "idn-hostname": _hostname,
    "uri": lambda length: "https://example.com/".ljust(length, "a") if length >= len("https://e.co") else "urn:a",
    "url": lambda length: "https://example.com/".ljust(length, "a"),
    "uri-reference": lambda length: "/".ljust(length, "a"),
    "iri": lambda length: "https://example.com/".ljust(length, "a"),
    "iri-reference": lambda length: "/".ljust(length, "a"),
    "uri-template": lambda length: "/{id}".ljust(length, "a"),
    "json-pointer": lambda length: "/".ljust(length, "a"),
    "regex": lambda length: "a" * length,
    "byte": _base64,
    "base64": _base64,
    "base64url": lambda length: "a" * length,
    "decimal": lambda length: "1" * length,
    "int32": lambda length: "1" * length,
    "int64": lambda length: "1" * length,
    "date-time": lambda length: "2026-01-15T09:30:00." + "1" * max(length - 21, 1) + "Z",
    "time": lambda length: "09:30:00." + "1" * max(length - 10, 1) + "Z",
}


def is_known_format(name: str) -> bool:
    """Whether text in the format *name* is made here."""
    return name in _PLAIN


def format_texts(name: str, lengths: tuple[int, ...]) -> list[str]:
    """Return texts in the format *name*, plain ones first, then one for each of *lengths* where the format bends."""
    bend = _BENT.get(name)
    return [*_PLAIN.get(name, ()), *([bend(length) for length in lengths if length > 0] if bend else [])]
