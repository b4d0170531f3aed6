"""Schemas of Protobuf: what the values are in JSON, as JSON Schema (Protocol Buffers, ProtoJSON Format).

Values are those that `MessageToDict` of the library writes: names in lowerCamelCase, integers of 64 bits as texts,
bytes in base64, enums by name, well-known types as what they mean. Narrower than the mapping: what it accepts besides,
such as numbers for enums, is refused, and so are enum numbers without a name, unknown names, NaN and infinity.

The message is the only one of the file, else the only one that no other one refers to.
"""

from __future__ import annotations

import base64
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeGuard, cast

from apictl.contract.schema import JsonValue
from apictl.findings import Finding, Place, error
from apictl.readers.access import Tree, key_of
from apictl.readers.asyncapi.meanings import Meaning
from apictl.readers.asyncapi.protobuf_text import Malformed, file_of, imported

if TYPE_CHECKING:
    from google.protobuf.descriptor import (
        Descriptor,
        EnumDescriptor,
        FieldDescriptor,
        FileDescriptor,
        OneofDescriptor,
    )

_FILE: Final = "payload.proto"
_LOUD: Final = "Couldn't build proto file into descriptor pool: "
_LARGEST_FLOAT: Final = 3.4028234663852886e38
_MOST_PAIRED: Final = 12
"""Members of a oneof of which each two are said to exclude each other; of more the codec alone says so."""
_INT32: Final[Tree] = {"type": "integer", "format": "int32", "minimum": -(2**31), "maximum": 2**31 - 1}
_UINT32: Final[Tree] = {"type": "integer", "minimum": 0, "maximum": 2**32 - 1}
_INT64: Final[Tree] = {"type": "string", "pattern": "^-?(0|[1-9][0-9]{0,18})$"}
_UINT64: Final[Tree] = {"type": "string", "pattern": "^(0|[1-9][0-9]{0,19})$"}
_DOUBLE: Final[Tree] = {"type": "number", "format": "double"}
_FLOAT: Final[Tree] = {"type": "number", "format": "float", "minimum": -_LARGEST_FLOAT, "maximum": _LARGEST_FLOAT}
_BOOL: Final[Tree] = {"type": "boolean"}
_STRING: Final[Tree] = {"type": "string"}
_BYTES: Final[Tree] = {
    "type": "string",
    "pattern": "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
}
_SCALARS: Final[dict[int, tuple[Tree, JsonValue]]] = {
    1: (_DOUBLE, 0),
    2: (_FLOAT, 0),
    3: (_INT64, "0"),
    4: (_UINT64, "0"),
    5: (_INT32, 0),
    6: (_UINT64, "0"),
    7: (_UINT32, 0),
    8: (_BOOL, False),
    9: (_STRING, ""),
    12: (_BYTES, ""),
    13: (_UINT32, 0),
    15: (_INT32, 0),
    16: (_INT64, "0"),
    17: (_INT32, 0),
    18: (_INT64, "0"),
}
"""By `FieldDescriptorProto.Type`: what it means, and what a field without presence is where nothing is sent."""
_WELL_KNOWN: Final[dict[str, Tree]] = {
    "google.protobuf.Any": {
        "type": "object",
        "properties": {"@type": {"type": "string", "minLength": 1}},
        "required": ["@type"],
    },
    "google.protobuf.BoolValue": _BOOL,
    "google.protobuf.BytesValue": _BYTES,
    "google.protobuf.DoubleValue": _DOUBLE,
    "google.protobuf.Duration": {"type": "string", "pattern": "^-?(0|[1-9][0-9]{0,11})(\\.[0-9]{1,9})?s$"},
    "google.protobuf.Empty": {"type": "object", "additionalProperties": False},
    "google.protobuf.FieldMask": {"type": "string", "pattern": "^([a-z][A-Za-z0-9]*([,.][a-z][A-Za-z0-9]*)*)?$"},
    "google.protobuf.FloatValue": _FLOAT,
    "google.protobuf.Int32Value": _INT32,
    "google.protobuf.Int64Value": _INT64,
    "google.protobuf.ListValue": {"type": "array"},
    "google.protobuf.StringValue": _STRING,
    "google.protobuf.Struct": {"type": "object"},
    "google.protobuf.Timestamp": {"type": "string", "format": "date-time"},
    "google.protobuf.UInt32Value": _UINT32,
    "google.protobuf.UInt64Value": _UINT64,
    "google.protobuf.Value": {},
}


def read_protobuf(place: Place, value: JsonValue) -> Meaning:
    """Return what the schema of Protobuf at *place* means."""
    meaning = Meaning()
    try:
        file, files = _built(value)
    except Malformed as flaw:
        meaning.findings.append(_malformed(place, flaw))
        meaning.register(place, {})
        return meaning
    found = _roots(file)
    if len(found) != 1:
        told = ", ".join(repr(each.name[:60]) for each in found[:5]) or "none"
        shown = f"which message of the schema is meant is not clear: {told}"
        hint = "leave one message that no other one refers to"
        meaning.findings.append(error("protobuf-message-ambiguous", place, shown, hint=hint))
        meaning.register(place, {})
        return meaning
    _Reading(place, meaning, found[0]).read()
    index = list(file.message_types_by_name.values()).index(found[0])
    meaning.compiled[key_of(place)] = {
        "message": found[0].full_name,
        "index": index,
        "files": [base64.b64encode(each).decode() for each in files],
    }
    return meaning


def _malformed(place: Place, flaw: Malformed) -> Finding:
    """A file of its own has lines; a text inside another document begins somewhere there."""
    if flaw.line and not place.pointer:
        return error("protobuf-malformed", Place(place.path, "", flaw.line, 1), str(flaw))
    where = f"line {flaw.line} of the schema: " if flaw.line else ""
    return error("protobuf-malformed", place, f"{where}{flaw}")


def _built(value: JsonValue) -> tuple[FileDescriptor, list[bytes]]:
    """Return the file that *value* is, and the serialized files that it is made of, the imported ones first.

    Raises:
        Malformed: it is none.
    """
    from google.protobuf.descriptor_pool import DescriptorPool  # noqa: PLC0415 - only such payloads need it

    if not isinstance(value, str):
        raise Malformed("a schema of Protobuf is the text of a file")
    file = file_of(value, _FILE)
    files = [*imported(file), file.SerializeToString(deterministic=True)]
    pool = DescriptorPool()
    try:
        for each in files:
            pool.AddSerializedFile(each)
        return pool.FindFileByName(_FILE), files
    except (KeyError, TypeError, ValueError) as flaw:
        raise Malformed(str(flaw).removeprefix(_LOUD)[:200]) from None


def _roots(file: FileDescriptor) -> list[Descriptor]:
    """Return the messages of *file* that no other one refers to."""
    messages = list(file.message_types_by_name.values())
    if len(messages) < 2:  # noqa: PLR2004 - the only one is meant, whoever refers to it
        return messages
    referred = {
        _outermost(each.message_type).full_name
        for message in messages
        for holder in _with_nested(message)
        for each in holder.fields
        if each.message_type is not None and _outermost(each.message_type) is not message
    }
    return [message for message in messages if message.full_name not in referred]


def _with_nested(message: Descriptor) -> Iterator[Descriptor]:
    stack = [message]
    while stack:
        each = stack.pop()
        yield each
        stack.extend(each.nested_types)


def _outermost(message: Descriptor) -> Descriptor:
    while message.containing_type is not None:
        message = message.containing_type
    return message


@dataclass(slots=True)
class _Reading:
    """One file while its messages are put into JSON Schema; each named type stands by itself."""

    place: Place
    meaning: Meaning
    root: Descriptor
    pending: list[Descriptor | EnumDescriptor] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)

    def read(self) -> None:
        """Register the root, and all that it leads to."""
        self.places[self.root.full_name] = self.place
        self.pending.append(self.root)
        while self.pending:
            kind = self.pending.pop()
            at = self.places[kind.full_name]
            self.meaning.names[key_of(at)] = _short_name(kind)
            content = _enum(kind) if _is_enum(kind) else self._message(at, cast("Descriptor", kind))
            self.meaning.register(at, content)

    def _message(self, at: Place, message: Descriptor) -> Tree:
        properties: Tree = {}
        required: list[JsonValue] = []
        for each in message.fields:
            name = each.json_name
            properties[name] = self._field(at.child("properties", name), each)
            if each.is_required:
                required.append(name)
        result: Tree = {"title": message.name, "type": "object", "properties": properties}
        result |= {"required": required} if required else {}
        excluding = [pair for each in message.oneofs for pair in _excluding(each)]
        return result | ({"allOf": excluding} if excluding else {}) | {"additionalProperties": False}

    def _field(self, at: Place, each: FieldDescriptor) -> Tree:
        entry = each.message_type
        if entry is not None and entry.GetOptions().map_entry:
            key, value = entry.fields_by_name["key"], entry.fields_by_name["value"]
            names = _key_names(key.type)
            result: Tree = {
                "type": "object",
                "additionalProperties": self._value(at.child("additionalProperties"), value),
            }
            return result | ({"propertyNames": names} if names else {})
        if each.is_repeated:
            return {"type": "array", "items": self._value(at.child("items"), each)}
        value_schema = self._value(at, each)
        if not each.has_presence and each.type in _SCALARS:
            return value_schema | {"default": _SCALARS[each.type][1]}
        return value_schema

    def _value(self, at: Place, each: FieldDescriptor) -> Tree:
        if each.type in _SCALARS:
            return dict(_SCALARS[each.type][0])
        kind = cast("Descriptor | EnumDescriptor", each.message_type or each.enum_type)
        known = _WELL_KNOWN.get(kind.full_name)
        if known is not None:
            return dict(known)
        if kind.full_name not in self.places:
            self.places[kind.full_name] = self.place.child(kind.full_name)
            self.pending.append(kind)
        self.meaning.targets[key_of(at)] = self.places[kind.full_name]
        return {"$ref": kind.full_name}


def _is_enum(kind: Descriptor | EnumDescriptor) -> TypeGuard[EnumDescriptor]:
    from google.protobuf.descriptor import EnumDescriptor  # noqa: PLC0415 - as above

    return isinstance(kind, EnumDescriptor)


def _enum(kind: EnumDescriptor) -> Tree:
    """Of names with one number the first one is written."""
    if kind.full_name == "google.protobuf.NullValue":
        return {"title": kind.name, "type": "null"}
    names = dict.fromkeys(kind.values_by_number[value.number].name for value in kind.values)
    return {"title": kind.name, "type": "string", "enum": [*names]}


def _short_name(kind: Descriptor | EnumDescriptor) -> str:
    """Return the name without its package: of a nested type with those around it."""
    names = [kind.name]
    around = kind.containing_type
    while around is not None:
        names.append(around.name)
        around = around.containing_type
    return "".join(name[:1].upper() + name[1:] for name in reversed(names))


def _key_names(kind: int) -> Tree | None:
    """Return what the texts of keys are like; None for those that are texts."""
    match kind:
        case 9:
            return None
        case 8:
            return {"enum": ["true", "false"]}
        case _:
            is_positive = kind in {4, 6, 7, 13}
            return {"pattern": "^(0|[1-9][0-9]*)$" if is_positive else "^-?(0|[1-9][0-9]*)$"}


def _excluding(oneof: OneofDescriptor) -> Iterator[JsonValue]:
    """Yield a schema for each two fields of *oneof*: never are both there."""
    names = [each.json_name for each in oneof.fields]
    if len(names) > _MOST_PAIRED:
        return
    for one, other in itertools.combinations(names, 2):
        yield {"not": {"required": [one, other]}}
