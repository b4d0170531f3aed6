"""Texts of Protobuf: a `.proto` file becomes its descriptor (Language Specification of proto2 and proto3).

Read is what payloads stand on: messages, enums, imports of the well-known types. What only concerns other things, as
services, options of languages and extensions, is passed over; what would change the payload and is not read is refused.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, NoReturn, cast

if TYPE_CHECKING:
    from google.protobuf.descriptor_pb2 import (
        DescriptorProto,
        EnumDescriptorProto,
        FieldDescriptorProto,
        FileDescriptorProto,
    )
    from proto_schema_parser import ast

MAX_CHARACTERS: Final = 200_000
"""Of a text: the parser reads about 50,000 a second."""

_SCALARS: Final = {
    "double": 1,
    "float": 2,
    "int64": 3,
    "uint64": 4,
    "int32": 5,
    "fixed64": 6,
    "fixed32": 7,
    "bool": 8,
    "string": 9,
    "bytes": 12,
    "uint32": 13,
    "sfixed32": 15,
    "sfixed64": 16,
    "sint32": 17,
    "sint64": 18,
}
"""By name: `FieldDescriptorProto.Type`."""


class Malformed(ValueError):
    """A text that is no file of Protobuf, or one that is not read; `line` counts from 1, 0 where it is not known."""

    def __init__(self, message: str, line: int = 0) -> None:
        """Keep *message* and *line*."""
        super().__init__(message)
        self.line = line


def file_of(text: str, name: str) -> FileDescriptorProto:
    """Return the descriptor of the file *name* that *text* is; names of types are as written.

    Raises:
        Malformed: it is none.
    """
    from google.protobuf.descriptor_pb2 import FileDescriptorProto  # noqa: PLC0415 - only such payloads need it
    from proto_schema_parser import ast  # noqa: PLC0415 - as above

    parsed = _parsed(text)
    if parsed.edition is not None:
        raise Malformed(f"edition {parsed.edition!r:.20} is not read, syntax proto2 and proto3 are")
    if parsed.syntax not in {None, "proto2", "proto3"}:
        raise Malformed(f"syntax {parsed.syntax!r:.20} is neither proto2 nor proto3")
    result = FileDescriptorProto(name=name, syntax=parsed.syntax or "proto2")
    try:
        for element in parsed.file_elements:
            match element:
                case ast.Package(name=package):
                    result.package = package
                case ast.Import(name=imported):
                    result.dependency.append(imported)
                case ast.Message():
                    _message(result.message_type.add(), element, is_third=result.syntax == "proto3")
                case ast.Enum():
                    _enum(result.enum_type.add(), element)
                case _:
                    pass  # comments, options, extensions, services
    except Malformed:
        raise
    except (TypeError, ValueError) as error:
        raise Malformed(str(error)[:200]) from None
    return result


# ------------------------------------------------------------------------------------------------------- syntax


def _parsed(text: str) -> ast.File:
    from proto_schema_parser.parser import Parser  # noqa: PLC0415 - as above

    if len(text) > MAX_CHARACTERS:
        raise Malformed(f"it has more than {MAX_CHARACTERS} characters")

    def refuse(recognizer: Any) -> None:
        recognizer.removeErrorListeners()
        recognizer.addErrorListener(_Refusing())

    try:
        return Parser(setup_lexer=refuse, setup_parser=refuse).parse(text)
    except RecursionError:
        raise Malformed("it is nested too deeply") from None
    except Malformed:
        raise
    except (AttributeError, IndexError, LookupError, TypeError, ValueError) as error:
        raise Malformed(f"it can't be read: {error}"[:120]) from None


class _Refusing:
    """Refuses at the first flaw; the parser would guess, and go on (`antlr4.error.ErrorListener`)."""

    def syntaxError(self, _parser: Any, _symbol: Any, line: int, *told: Any) -> NoReturn:  # noqa: N802 - as it is called
        raise Malformed(str(told[1])[:120], line)

    def __getattr__(self, name: str) -> Any:
        """Have nothing to say of ambiguities, which are no flaws."""
        return lambda *_: None


# ------------------------------------------------------------------------------------------------------- messages


def _message(result: DescriptorProto, message: ast.Message, *, is_third: bool) -> None:
    from proto_schema_parser import ast  # noqa: PLC0415 - as above

    result.name = message.name
    for element in message.elements:
        match element:
            case ast.Field():
                _field(result, element, is_third=is_third)
            case ast.MapField():
                _map_field(result, element)
            case ast.OneOf():
                index = len(result.oneof_decl)
                result.oneof_decl.add(name=element.name)
                for member in element.elements:
                    if isinstance(member, ast.Field):
                        _plain_field(result, member).oneof_index = index
            case ast.Message():
                _message(result.nested_type.add(), element, is_third=is_third)
            case ast.Enum():
                _enum(result.enum_type.add(), element)
            case ast.Group():
                raise Malformed(f"group {element.name!r:.60} is not read, a message is")
            case _:
                pass  # comments, options, reserved names and numbers, extensions
    _give_optional_fields_their_oneof(result)


def _field(result: DescriptorProto, field: ast.Field, *, is_third: bool) -> None:
    from proto_schema_parser.ast import FieldCardinality  # noqa: PLC0415 - as above

    made = _plain_field(result, field)
    match field.cardinality:
        case FieldCardinality.REPEATED:
            made.label = made.LABEL_REPEATED
        case FieldCardinality.REQUIRED:
            made.label = made.LABEL_REQUIRED
        case FieldCardinality.OPTIONAL if is_third:
            made.proto3_optional = True
        case _ if is_third or field.cardinality is FieldCardinality.OPTIONAL:
            pass
        case _:
            raise Malformed(f"field {field.name!r:.60} is neither optional, required nor repeated")


def _plain_field(result: DescriptorProto, field: ast.Field) -> FieldDescriptorProto:
    made = result.field.add(name=field.name, number=field.number)
    _set_type(made, field.type)
    for option in field.options:
        if option.name == "json_name" and isinstance(option.value, str):
            made.json_name = option.value
        elif option.name == "packed" and isinstance(option.value, bool):
            made.options.packed = option.value
    return made


def _map_field(result: DescriptorProto, field: ast.MapField) -> None:
    """A map is a list of entries, each a message of its own (Language Guide, Maps)."""
    words = field.name.split("_")
    entry = result.nested_type.add(name="".join(word[:1].upper() + word[1:] for word in words) + "Entry")
    entry.options.map_entry = True
    for number, (name, kind) in enumerate((("key", field.key_type), ("value", field.value_type)), start=1):
        _set_type(entry.field.add(name=name, number=number), kind)
    made = result.field.add(name=field.name, number=field.number, type_name=entry.name)
    made.label = made.LABEL_REPEATED
    for option in field.options:
        if option.name == "json_name" and isinstance(option.value, str):
            made.json_name = option.value


def _set_type(field: FieldDescriptorProto, name: str) -> None:
    number = _SCALARS.get(name)
    if number is None:
        field.type_name = name
    else:
        field.type = cast("FieldDescriptorProto.Type.ValueType", number)


def _give_optional_fields_their_oneof(result: DescriptorProto) -> None:
    """Each `optional` field of proto3 is the one of a oneof, after all others (descriptor.proto, `proto3_optional`)."""
    for field in result.field:
        if field.proto3_optional:
            field.oneof_index = len(result.oneof_decl)
            result.oneof_decl.add(name=f"_{field.name}")


def _enum(result: EnumDescriptorProto, enum: ast.Enum) -> None:
    from proto_schema_parser import ast  # noqa: PLC0415 - as above

    result.name = enum.name
    for element in enum.elements:
        match element:
            case ast.EnumValue(name=name, number=number):
                result.value.add(name=name, number=number)
            case ast.Option(name="allow_alias", value=bool() as is_allowed):
                result.options.allow_alias = is_allowed
            case _:
                pass  # comments, other options, reserved names and numbers


@functools.cache
def well_known_files() -> dict[str, bytes]:
    """Return the serialized descriptors that come with Protobuf, by name of the file."""
    from google.protobuf import (  # noqa: PLC0415 - as above
        any_pb2,
        duration_pb2,
        empty_pb2,
        field_mask_pb2,
        struct_pb2,
        timestamp_pb2,
        wrappers_pb2,
    )

    modules = (any_pb2, duration_pb2, empty_pb2, field_mask_pb2, struct_pb2, timestamp_pb2, wrappers_pb2)
    return {module.DESCRIPTOR.name: module.DESCRIPTOR.serialized_pb for module in modules}


def imported(file: FileDescriptorProto) -> Iterator[bytes]:
    """Yield the serialized descriptors that *file* imports.

    Raises:
        Malformed: one is not known.
    """
    known = well_known_files()
    for name in dict.fromkeys(file.dependency):
        if name not in known:
            raise Malformed(f"import {name!r:.100} is not followed, only those of google/protobuf/ are")
        yield known[name]
