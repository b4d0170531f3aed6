"""Logical types of Avro: what is on the wire as a number or as bytes is a text (Apache Avro 1.11, Logical Types).

A text may be finer than the type: what a millisecond can't hold is cut off, as everybody's Avro does it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final, TypeGuard

MAX_DIGITS: Final = 1_000
"""Of a decimal."""

_EPOCH: Final = date(1970, 1, 1).toordinal()
_DAY: Final = 86_400
_MOMENT: Final = re.compile(
    r"(?:(?P<date>\d{4}-\d\d-\d\d)[Tt ])?(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)(?:\.(?P<fraction>\d{1,18}))?"
    r"(?P<zone>[Zz]|[+-]\d\d:\d\d)?",
    re.ASCII,
)
_DECIMAL: Final = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?")


@dataclass(frozen=True, slots=True)
class Logical:
    """Between what is on the wire and the text that it means; both raise ValueError for what is none."""

    to_text: Callable[[Any], str]
    from_text: Callable[[str], Any]


def logical_of(schema: Mapping[str, Any]) -> Logical | None:
    """Return what *schema* means beyond its type; None when that is nothing, or nothing known."""
    kind, name = schema.get("type"), schema.get("logicalType")
    if name == "decimal":
        digits = decimal_digits(schema)
        size = schema.get("size") if kind == "fixed" else None
        return None if digits is None else _decimal(*digits, size if isinstance(size, int) else None)
    return _LOGICAL.get((kind, name)) if isinstance(kind, str) and isinstance(name, str) else None


def decimal_digits(schema: Mapping[str, Any]) -> tuple[int, int] | None:
    """Return precision and scale of a decimal; None when it is none, and the bytes are meant (Avro, Decimal)."""
    precision, scale = schema.get("precision"), schema.get("scale", 0)
    if schema.get("logicalType") != "decimal" or schema.get("type") not in {"bytes", "fixed"}:
        return None
    size = schema.get("size") if schema["type"] == "fixed" else MAX_DIGITS
    if not _is_count(precision) or not _is_count(scale) or not _is_count(size):
        return None
    is_counted = 0 <= scale <= precision <= MAX_DIGITS and precision > 0 and size > 0
    if not is_counted or pow(10, precision) > 1 << (8 * min(size, MAX_DIGITS) - 1):
        return None
    return precision, scale


def _is_count(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


# ------------------------------------------------------------------------------------------------------- decimals


def _decimal(precision: int, scale: int, size: int | None) -> Logical:
    limit: int = pow(10, precision)

    def to_text(wire: bytes) -> str:
        if len(wire) > max(MAX_DIGITS, size or 0):
            raise ValueError(f"a decimal has {len(wire)} bytes")
        number = int.from_bytes(wire, "big", signed=True)
        if abs(number) >= limit:
            raise ValueError(f"a decimal has more than {precision} digits")
        digits = str(abs(number)).rjust(scale + 1, "0")
        whole = f"{digits[:-scale]}.{digits[-scale:]}" if scale else digits
        return f"-{whole}" if number < 0 else whole

    def from_text(text: str) -> bytes:
        found = _DECIMAL.fullmatch(text)
        if found is None or len(text) > 2 * MAX_DIGITS or len(found[3] or "") > scale:
            raise ValueError(f"{text[:60]!r} is no decimal with {scale} places")
        number = int(found[2] + (found[3] or "").ljust(scale, "0"))
        if number >= limit:
            raise ValueError(f"{text[:60]!r} has more than {precision} digits")
        number = -number if found[1] else number
        length = size if size is not None else number.bit_length() // 8 + 1
        return number.to_bytes(length, "big", signed=True)

    return Logical(to_text, from_text)


# ------------------------------------------------------------------------------------------------------- times


def _date_text(days: int) -> str:
    try:
        return date.fromordinal(days + _EPOCH).isoformat()
    except (OverflowError, ValueError):
        raise ValueError(f"day {days} is in no year of four digits") from None


def _days(text: str) -> int:
    if len(text) != len("2000-01-01"):
        raise ValueError(f"{text[:60]!r} is no date")
    return date.fromisoformat(text).toordinal() - _EPOCH


def _clock_text(seconds: int, ticks: int, places: int) -> str:
    minutes, second = divmod(seconds, 60)
    fraction = f".{ticks:0{places}}" if ticks else ""
    return f"{minutes // 60:02}:{minutes % 60:02}:{second:02}{fraction}"


def _ticks(text: str, places: int) -> tuple[int, int, bool]:
    """Return the day, 0 without one, the ticks since its beginning in UTC, and whether an offset is said."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        raise ValueError(f"{text[:60]!r} is no time")
    # A leap second is the first one of the next minute (RFC 3339, 5.7).
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"])
    if hour > 23 or minute > 59 or second > 60:  # noqa: PLR2004 - as clocks have them
        raise ValueError(f"{text[:60]!r} is no time")
    seconds = hour * 3600 + minute * 60 + second
    zone = found["zone"]
    if zone and zone not in "Zz":
        ahead = int(zone[1:3]) * 3600 + int(zone[4:]) * 60
        seconds += ahead if zone[0] == "-" else -ahead
    unit: int = pow(10, places)
    fraction = int((found["fraction"] or "")[:places].ljust(places, "0"))
    return _days(found["date"]) if found["date"] else 0, seconds * unit + fraction, zone is not None


def _time(places: int) -> Logical:
    """A time of the day, in UTC."""
    unit: int = pow(10, places)

    def to_text(wire: int) -> str:
        if not 0 <= wire < _DAY * unit:
            raise ValueError(f"{wire} is no time of a day")
        return _clock_text(wire // unit, wire % unit, places) + "Z"

    def from_text(text: str) -> int:
        if text[4:5] == "-":
            raise ValueError(f"{text[:60]!r} is more than a time")
        return _ticks(text, places)[1] % (_DAY * unit)

    return Logical(to_text, from_text)


def _moment(places: int, zone: str) -> Logical:
    """A date and a time: in UTC, or local where *zone* is ""."""
    unit: int = pow(10, places)

    def to_text(wire: int) -> str:
        seconds, ticks = divmod(wire, unit)
        days, seconds = divmod(seconds, _DAY)
        return f"{_date_text(days)}T{_clock_text(seconds, ticks, places)}{zone}"

    def from_text(text: str) -> int:
        days, ticks, is_zoned = _ticks(text, places)
        if text[4:5] != "-" or is_zoned != bool(zone):
            raise ValueError(f"{text[:60]!r} is no {'date and time' if zone else 'local date and time'}")
        return days * _DAY * unit + ticks

    return Logical(to_text, from_text)


_LOGICAL: Final[Mapping[tuple[str, str], Logical]] = MappingProxyType(
    {
        ("int", "date"): Logical(_date_text, _days),
        ("int", "time-millis"): _time(3),
        ("long", "time-micros"): _time(6),
        ("long", "timestamp-millis"): _moment(3, "Z"),
        ("long", "timestamp-micros"): _moment(6, "Z"),
        ("long", "timestamp-nanos"): _moment(9, "Z"),
        ("long", "local-timestamp-millis"): _moment(3, ""),
        ("long", "local-timestamp-micros"): _moment(6, ""),
        ("long", "local-timestamp-nanos"): _moment(9, ""),
    }
)
