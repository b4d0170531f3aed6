"""Types of Avro: each reads and writes its values, as bytes and in the JSON encoding (Apache Avro 1.11).

A value is what the contract's JSON Schema judges: that of the JSON encoding without the names around branches of
unions, bytes as a text of the code points 0 to 255, a logical type as the text that it means.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Protocol

from .avro_bytes import Misfit, Sink, Source
from .avro_logical import Logical

_FLOAT: Final = struct.Struct("<f")
_DOUBLE: Final = struct.Struct("<d")
_INT: Final = 1 << 31
_LONG: Final = 1 << 63


class Type(Protocol):
    """One type of a schema; what is no value of it, or none of its encoding, is a ValueError."""

    @property
    def name(self) -> str:
        """Name around its values in unions of the JSON encoding."""
        ...

    def read(self, source: Source) -> Any:
        """Return the next value of *source*."""
        ...

    def write(self, value: Any, sink: Sink) -> None:
        """Write *value* to *sink*."""
        ...

    def fits(self, value: Any, sink: Sink) -> bool:
        """Return whether *value* can be written."""
        ...

    def from_json(self, value: Any) -> Any:
        """Return the value that *value* of the JSON encoding says."""
        ...

    def to_json(self, value: Any, sink: Sink) -> Any:
        """Return *value* in the JSON encoding; *sink* remembers what fits."""
        ...

    def from_default(self, value: Any) -> Any:
        """Return the value that the default *value* says: unions mean their first branch (Avro, Records)."""
        ...


@dataclass(frozen=True, slots=True)
class Scalar:
    """A type without others in it.

    Attributes:
        name: of the type.
        load: from bytes to what is on the wire.
        store: what is on the wire to bytes.
        checked: what is on the wire, of a value in JSON; raises ValueError.
        shown: what is on the wire as JSON; raises ValueError.
        logical: what it means; None for what is on the wire.
    """

    name: str
    load: Callable[[Source], Any]
    store: Callable[[Any, Sink], None]
    checked: Callable[[Any], Any]
    shown: Callable[[Any], Any]
    logical: Logical | None = None

    def read(self, source: Source) -> Any:
        """Return the next value of *source*."""
        wire = self.load(source)
        return self.shown(wire) if self.logical is None else self.logical.to_text(wire)

    def write(self, value: Any, sink: Sink) -> None:
        """Write *value* to *sink*."""
        self.store(self._wire(value), sink)

    def fits(self, value: Any, sink: Sink) -> bool:  # noqa: ARG002 - it is told at once
        """Return whether *value* can be written."""
        try:
            self._wire(value)
        except ValueError:
            return False
        return True

    def from_json(self, value: Any) -> Any:
        """Return the value that *value* says."""
        wire = self.checked(value)
        return self.shown(wire) if self.logical is None else self.logical.to_text(wire)

    def to_json(self, value: Any, sink: Sink) -> Any:  # noqa: ARG002 - as above
        """Return *value* as JSON."""
        return self.shown(self._wire(value))

    def from_default(self, value: Any) -> Any:
        """Return the value that *value* says."""
        return self.from_json(value)

    def _wire(self, value: Any) -> Any:
        if self.logical is None:
            return self.checked(value)
        if not isinstance(value, str):
            raise Misfit(f"{_shown(value)} is no text")
        return self.checked(self.shown(self.logical.from_text(value)))


# --------------------------------------------------------------------------------------------------- primitive types


def _load_null(source: Source) -> None:
    source.spend()


def _store_null(_value: None, _sink: Sink) -> None:
    """It takes no byte."""


def _null(value: Any) -> None:
    if value is not None:
        raise Misfit(f"{_shown(value)} is not null")


def _load_boolean(source: Source) -> bool:
    byte = source.take(1)
    if byte not in {b"\x00", b"\x01"}:
        raise Misfit(f"byte {byte[0]} is no boolean")
    return byte == b"\x01"


def _store_boolean(value: bool, sink: Sink) -> None:  # noqa: FBT001 - it is the value
    sink.body.append(value)


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Misfit(f"{_shown(value)} is no boolean")
    return value


def _integer(limit: int) -> Callable[[Any], int]:
    def checked(value: Any) -> int:
        is_whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
        if not is_whole or isinstance(value, bool) or not -limit <= value < limit:
            raise Misfit(f"{_shown(value)} is no integer of {limit.bit_length()} bits")
        return int(value)

    return checked


def _store_number(value: int, sink: Sink) -> None:
    sink.number(value)


def _real(form: struct.Struct) -> Callable[[Any], float]:
    def checked(value: Any) -> float:
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise Misfit(f"{_shown(value)} is no number")
        try:
            form.pack(value)
        except (OverflowError, struct.error):
            raise Misfit(f"{_shown(value)} is out of range") from None
        return _finite(float(value))

    return checked


def _finite(value: float) -> float:
    """JSON has no number for the others (RFC 8259, 6)."""
    if not math.isfinite(value):
        raise Misfit(f"{value} is no number of JSON")
    return value


def _load_float(source: Source) -> float:
    return float(_FLOAT.unpack(source.take(4))[0])


def _store_float(value: float, sink: Sink) -> None:
    sink.body += _FLOAT.pack(value)


def _load_double(source: Source) -> float:
    return float(_DOUBLE.unpack(source.take(8))[0])


def _store_double(value: float, sink: Sink) -> None:
    sink.body += _DOUBLE.pack(value)


def _load_sized(source: Source) -> bytes:
    return source.take(source.number())


def _store_sized(value: bytes, sink: Sink) -> None:
    sink.sized(value)


def _octets(value: Any) -> bytes:
    if not isinstance(value, str):
        raise Misfit(f"{_shown(value)} is no text")
    return value.encode("latin-1")


def _text(value: Any) -> bytes:
    if not isinstance(value, str):
        raise Misfit(f"{_shown(value)} is no text")
    return value.encode()


def _as_octets(wire: bytes) -> str:
    return wire.decode("latin-1")


def _as_text(wire: bytes) -> str:
    return wire.decode()


def _as_is(wire: Any) -> Any:
    return wire


PRIMITIVES: Final[dict[str, Scalar]] = {
    "null": Scalar("null", _load_null, _store_null, _null, _as_is),
    "boolean": Scalar("boolean", _load_boolean, _store_boolean, _boolean, _as_is),
    "int": Scalar("int", Source.number, _store_number, _integer(_INT), _integer(_INT)),
    "long": Scalar("long", Source.number, _store_number, _integer(_LONG), _as_is),
    "float": Scalar("float", _load_float, _store_float, _real(_FLOAT), _finite),
    "double": Scalar("double", _load_double, _store_double, _real(_DOUBLE), _finite),
    "bytes": Scalar("bytes", _load_sized, _store_sized, _octets, _as_octets),
    "string": Scalar("string", _load_sized, _store_sized, _text, _as_text),
}
"""By name."""


# --------------------------------------------------------------------------------------------------- named scalars


def enumeration(name: str, symbols: tuple[str, ...]) -> Scalar:
    """Return the type *name* of *symbols*: their index is on the wire."""
    index = {symbol: at for at, symbol in enumerate(symbols)}

    def load(source: Source) -> str:
        at = source.number()
        if not 0 <= at < len(symbols):
            raise Misfit(f"{at} is the index of no symbol of {name}")
        return symbols[at]

    def store(value: str, sink: Sink) -> None:
        sink.number(index[value])

    def checked(value: Any) -> str:
        if not isinstance(value, str) or value not in index:
            raise Misfit(f"{_shown(value)} is no symbol of {name}")
        return value

    return Scalar(name, load, store, checked, _as_is)


def fixed(name: str, size: int, logical: Logical | None) -> Scalar:
    """Return the type *name* of *size* bytes."""

    def load(source: Source) -> bytes:
        if not size:
            source.spend()
        return source.take(size)

    def store(value: bytes, sink: Sink) -> None:
        sink.body += value

    def checked(value: Any) -> bytes:
        octets = _octets(value)
        if len(octets) != size:
            raise Misfit(f"{len(octets)} bytes are not the {size} of {name}")
        return octets

    return Scalar(name, load, store, checked, _as_octets, logical)


def _shown(value: Any) -> str:
    return f"{value!r:.60}" if isinstance(value, str | int | float | bool | None) else f"a {type(value).__name__}"
