"""Payloads of Avro: the contract's schema reads and writes them (Apache Avro 1.11).

The schema of the contract is the writer's and the reader's: without a registry nobody knows another one. Who has a
registry gives the receiver a codec of its own (`Settings.codecs`).

Own code, because bytes come from strangers: libraries follow counts that lie, and recursion until the stack ends.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ...documents import read_json
from ...shapes import dump_json
from .avro_bytes import Sink, Source
from .avro_groups import Array, Field, Map, Record, Union
from .avro_logical import logical_of
from .avro_types import PRIMITIVES, Scalar, Type, enumeration, fixed
from .kept import KeptSchema


class AvroCoding:
    """Reads and writes the binary encoding of one schema."""

    def __init__(self, schema: Any) -> None:
        """Take *schema* as it was parsed from JSON, or where it is kept; it is read when the first payload comes."""
        self._schema = schema

    def decode(self, body: bytes) -> Any:
        """Return the value that *body* says.

        Raises:
            ValueError: it is none of the schema.
        """
        source = Source(body)
        value = self.type.read(source)
        source.end()
        return value

    def encode(self, value: Any, schema_id: int | None = None) -> bytes:  # noqa: ARG002 - what frames it writes that
        """Return *value* as bytes.

        Raises:
            ValueError: the schema can't hold it.
        """
        sink = Sink()
        self.type.write(value, sink)
        return bytes(sink.body)

    @functools.cached_property
    def type(self) -> Type:
        """What the schema means."""
        return type_of(self._schema.read() if isinstance(self._schema, KeptSchema) else self._schema)


class AvroJsonCoding(AvroCoding):
    """Reads and writes the JSON encoding of one schema."""

    def decode(self, body: bytes) -> Any:
        """Return the value that *body* says.

        Raises:
            ValueError: it is none of the schema.
        """
        return self.type.from_json(read_json(body))

    def encode(self, value: Any, schema_id: int | None = None) -> bytes:  # noqa: ARG002 - as above
        """Return *value* as a document.

        Raises:
            ValueError: the schema can't hold it.
        """
        return dump_json(self.type.to_json(value, Sink()))


def avro(package: str, name: str) -> AvroCoding:
    """Return what reads and writes the binary encoding of schema *name* of *package*."""
    return AvroCoding(KeptSchema(package, name))


def avro_json(package: str, name: str) -> AvroCoding:
    """Return what reads and writes the JSON encoding of schema *name* of *package*."""
    return AvroJsonCoding(KeptSchema(package, name))


def type_of(schema: Any) -> Type:
    """Return the type that *schema* describes.

    Raises:
        ValueError: it describes none.
    """
    return _Reading().type(schema, "")


@dataclass(frozen=True, slots=True)
class _Reading:
    """One schema while it is read; a name means the type that was defined under it before."""

    named: dict[str, Type] = field(default_factory=dict)

    def type(self, schema: Any, namespace: str) -> Type:
        match schema:
            case str():
                return self._known(schema, namespace)
            case list():
                return Union(tuple(self.type(branch, namespace) for branch in schema))
            case {"type": dict() | list() as inner}:
                return self.type(inner, namespace)
            case {"type": "array"}:
                return Array(self.type(schema.get("items"), namespace))
            case {"type": "map"}:
                return Map(self.type(schema.get("values"), namespace))
            case {"type": "record" | "error" | "enum" | "fixed", "name": str()}:
                return self._named(schema, namespace)
            case {"type": str() as name}:
                known, logical = self._known(name, namespace), logical_of(schema)
                if logical is None or not isinstance(known, Scalar):
                    return known
                return Scalar(known.name, known.load, known.store, known.checked, known.shown, logical)
            case _:
                raise ValueError("it is no schema of Avro")

    def _known(self, name: str, namespace: str) -> Type:
        if name in PRIMITIVES:
            return PRIMITIVES[name]
        full = name if "." in name or not namespace else f"{namespace}.{name}"
        if full not in self.named:
            raise ValueError(f"type {name!r:.60} is not defined before")
        return self.named[full]

    def _named(self, schema: Mapping[str, Any], namespace: str) -> Type:
        space, _, short = str(schema["name"]).rpartition(".")
        space = space or str(schema.get("namespace", namespace))
        full = f"{space}.{short}" if space else short
        match schema["type"]:
            case "enum":
                made: Type = enumeration(full, tuple(schema.get("symbols", ())))
            case "fixed":
                made = fixed(full, int(schema.get("size", 0)), logical_of(schema))
            case _:
                made = Record(full)
        self.named[full] = made
        if isinstance(made, Record):
            made.complete(tuple(self._field(member, space) for member in schema.get("fields", ())))
        return made

    def _field(self, member: Mapping[str, Any], namespace: str) -> Field:
        default = (member["default"],) if "default" in member else ()
        return Field(str(member.get("name")), self.type(member.get("type"), namespace), default)
