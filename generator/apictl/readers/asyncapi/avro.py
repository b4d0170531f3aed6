"""Schemas of Avro: what the decoded values are, in JSON Schema (Apache Avro 1.11, Specification).

Decoded values are those of Avro's JSON encoding without the names around branches of unions; bytes are text of the code
points 0 to 255, logical types are what they mean: a decimal is its text, a date or time is that of RFC 3339. A logical
type that breaks its own rules is none. `support.events.codings.avro` reads and writes exactly these values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from apictl.contract.schema import JsonValue
from apictl.findings import Place, Related, error
from apictl.readers.access import Tree, items, key_of, mapping, text
from apictl.readers.asyncapi.meanings import Meaning
from apictl.support.events.codings.avro_logical import decimal_digits

_BYTES: Final[Tree] = {"type": "string", "pattern": "^[\\u0000-\\u00ff]*$"}
_LARGEST_FLOAT: Final = 3.4028234663852886e38
"""Of 32 bits (IEEE 754)."""
_PRIMITIVES: Final[dict[str, Tree]] = {
    "null": {"type": "null"},
    "boolean": {"type": "boolean"},
    "int": {"type": "integer", "format": "int32", "minimum": -(2**31), "maximum": 2**31 - 1},
    "long": {"type": "integer", "format": "int64", "minimum": -(2**63), "maximum": 2**63 - 1},
    "float": {"type": "number", "format": "float", "minimum": -_LARGEST_FLOAT, "maximum": _LARGEST_FLOAT},
    "double": {"type": "number", "format": "double"},
    "bytes": _BYTES,
    "string": {"type": "string"},
}
_LOCAL: Final[Tree] = {
    "type": "string",
    "pattern": "^[0-9]{4}-[01][0-9]-[0-3][0-9]T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?$",
}
"""A date and a time without offset; no format of JSON Schema has them."""
_LOGICAL: Final[dict[tuple[str, str], Tree]] = {
    ("string", "uuid"): {"type": "string", "format": "uuid"},
    ("int", "date"): {"type": "string", "format": "date"},
    ("int", "time-millis"): {"type": "string", "format": "time"},
    ("long", "time-micros"): {"type": "string", "format": "time"},
    ("long", "timestamp-millis"): {"type": "string", "format": "date-time"},
    ("long", "timestamp-micros"): {"type": "string", "format": "date-time"},
    ("long", "timestamp-nanos"): {"type": "string", "format": "date-time"},
    ("long", "local-timestamp-millis"): _LOCAL,
    ("long", "local-timestamp-micros"): _LOCAL,
    ("long", "local-timestamp-nanos"): _LOCAL,
}
_NAMED: Final = frozenset({"enum", "error", "fixed", "record"})
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_FULL_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*")


def read_avro(place: Place, value: JsonValue) -> Meaning:
    """Return what the schema of Avro at *place* means."""
    reading = _Reading(Meaning())
    root = reading.schema(_At(place, place, ""), value)
    reading.result.register(place, root)
    return reading.result


@dataclass(frozen=True, slots=True)
class _At:
    """Where a schema of Avro is written, where its meaning is put, and the namespace around it."""

    written: Place
    put: Place
    namespace: str


@dataclass(slots=True)
class _Reading:
    result: Meaning
    types: dict[str, Place] = field(default_factory=dict)

    def schema(self, at: _At, value: JsonValue) -> Tree:
        """Return the meaning of *value*; what has none is refused and means everything."""
        match value:
            case str():
                return self._named(at, value)
            case list():
                return self._union(at, value)
            case dict():
                return self._complex(at, value)
            case _:
                return self._refused("avro-malformed", at.written, "a schema of Avro is a name, a list or a mapping")

    def _refused(self, rule: str, place: Place, message: str, *, related: tuple[Related, ...] = ()) -> Tree:
        self.result.findings.append(error(rule, place, message, related=related))
        return {}

    def _named(self, at: _At, name: str) -> Tree:
        if name in _PRIMITIVES:
            return dict(_PRIMITIVES[name])
        full = name if "." in name or not at.namespace else f"{at.namespace}.{name}"
        target = self.types.get(full)
        if target is None:
            return self._refused("avro-name-unknown", at.written, f"type {name[:60]!r} is not defined before")
        self.result.targets[key_of(at.put)] = target
        return {"$ref": full}

    def _union(self, at: _At, branches: list[JsonValue]) -> Tree:
        seen: set[str] = set()
        result: list[JsonValue] = []
        for index, branch in enumerate(branches):
            place = at.written.child(index)
            kind = _branch_kind(branch)
            if kind in seen:
                self._refused("avro-malformed", place, f"a union has {kind[:60]!r} twice")
            if isinstance(branch, list):
                result.append(self._refused("avro-malformed", place, "a union stands directly in a union"))
                continue
            seen.add(kind)
            result.append(self.schema(replace(at, written=place, put=at.put.child("anyOf", index)), branch))
        return {"anyOf": result} if result else self._refused("avro-malformed", at.written, "a union has no branch")

    def _complex(self, at: _At, fields: Tree) -> Tree:
        kind = fields.get("type")
        if isinstance(kind, dict | list):
            return self.schema(replace(at, written=at.written.child("type")), kind)
        logical = self._logical(fields)
        if logical is not None and kind != "fixed":
            return logical
        match kind:
            case "array":
                inner = replace(at, written=at.written.child("items"), put=at.put.child("items"))
                return {"type": "array", "items": self.schema(inner, fields.get("items"))}
            case "map":
                inner = replace(at, written=at.written.child("values"), put=at.put.child("additionalProperties"))
                return {"type": "object", "additionalProperties": self.schema(inner, fields.get("values"))}
            case str() if kind in _NAMED:
                return self._definition(at, fields, kind)
            case str():
                return self._named(at, kind)
            case _:
                return self._refused("avro-malformed", at.written, "a schema of Avro has no 'type'")

    def _logical(self, fields: Tree) -> Tree | None:
        kind, logical = text(fields.get("type")), text(fields.get("logicalType"))
        digits = decimal_digits(fields)
        if digits is not None:
            precision, scale = digits
            whole = f"[0-9]{{1,{precision - scale}}}" if precision > scale else "0"
            places = rf"(\.[0-9]{{1,{scale}}})?" if scale else ""
            return {"type": "string", "pattern": f"^-?{whole}{places}$"}
        known = _LOGICAL.get((kind, logical))
        return None if known is None else dict(known)

    def _definition(self, at: _At, fields: Tree, kind: str) -> Tree:
        """Define a named type; it stands by itself, and its place leads to it."""
        name = text(fields.get("name"))
        if not _FULL_NAME.fullmatch(name):
            place = at.written.child("name") if "name" in fields else at.written
            return self._refused("avro-malformed", place, f"a type of Avro is named {name[:60]!r}")
        namespace, _, short = name.rpartition(".")
        namespace = namespace or text(fields.get("namespace", at.namespace))
        full = f"{namespace}.{short}" if namespace else short
        if full in self.types:
            related = (Related("first defined here", self.types[full]),)
            return self._refused(
                "avro-name-repeated", at.written, f"type {full[:80]!r} is defined twice", related=related
            )
        self.types[full] = at.written
        self.result.names[key_of(at.written)] = short
        inside = _At(at.written, at.written, namespace)
        makers: dict[str, Callable[[_At, Tree], Tree]] = {"enum": self._enum, "fixed": self._fixed}
        content = makers.get(kind, self._record)(inside, fields)
        if isinstance(fields.get("doc"), str):
            content["description"] = fields["doc"]
        content["title"] = short
        self.result.register(at.written, content)
        if key_of(at.put) == key_of(at.written):
            return content
        self.result.targets[key_of(at.put)] = at.written
        return {"$ref": full}

    def _enum(self, at: _At, fields: Tree) -> Tree:
        symbols = items(fields.get("symbols"))
        flawed = [symbol for symbol in symbols if not isinstance(symbol, str) or not _NAME.fullmatch(symbol)]
        if not symbols or flawed or len(set(map(str, symbols))) < len(symbols):
            return self._refused("avro-malformed", at.written, "the symbols of an enum are distinct names")
        return {"type": "string", "enum": symbols}

    def _fixed(self, at: _At, fields: Tree) -> Tree:
        size = fields.get("size")
        if not isinstance(size, int) or isinstance(size, bool) or size < 0:
            return self._refused("avro-malformed", at.written, "a fixed type has no 'size'")
        return self._logical(fields) or {**_BYTES, "minLength": size, "maxLength": size}

    def _record(self, at: _At, fields: Tree) -> Tree:
        if not isinstance(fields.get("fields"), list):
            return self._refused("avro-malformed", at.written, "a record has no 'fields'")
        properties: Tree = {}
        required: list[JsonValue] = []
        for place, member in _members(at.written, fields):
            name = text(member.get("name"))
            if not _NAME.fullmatch(name) or name in properties:
                self._refused("avro-malformed", place, f"the fields of a record are distinct names, not {name[:60]!r}")
                continue
            inner = replace(at, written=place.child("type"), put=at.put.child("properties", name))
            schema = self.schema(inner, member.get("type"))
            properties[name] = schema | _annotations(member, schema)
            if "default" not in member:
                required.append(name)
        return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _members(place: Place, fields: Tree) -> Iterator[tuple[Place, Tree]]:
    for index, member in enumerate(items(fields.get("fields"))):
        yield place.child("fields", index), mapping(member)


def _annotations(member: Tree, schema: Tree) -> Tree:
    result: Tree = {}
    if isinstance(member.get("doc"), str) and "$ref" not in schema:
        result["description"] = member["doc"]
    is_logical = bool(text(mapping(member.get("type")).get("logicalType")))
    if "default" in member and not is_logical:
        result["default"] = member["default"]
    return result


def _branch_kind(branch: JsonValue) -> str:
    fields = mapping(branch)
    kind = branch if isinstance(branch, str) else text(fields.get("type"))
    return text(fields.get("name")) if kind in _NAMED else kind
