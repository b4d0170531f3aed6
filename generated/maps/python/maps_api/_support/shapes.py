"""Python values of the generated types, to JSON and back."""

from __future__ import annotations

import json
from typing import Any, Final

import orjson
from pydantic import BaseModel, TypeAdapter, ValidationError

from .documents import read_json
from .files import File

# By identity, not equality: `date | str` equals `str | date` but prefers another branch. A type stays in its entry,
# so that its identity can't pass to another.
_adapters: Final[dict[int, tuple[Any, TypeAdapter[Any]]]] = {}
_ANY: Final = TypeAdapter[Any](Any)


def to_json_value(type_: Any, value: Any) -> Any:
    """Return *value* of *type_* as a JSON value, without what was never set."""
    # The contract's judge has the last word: what the type does not foresee is written as it is, without a warning.
    return _codec(type_).serializer.to_python(value, mode="json", by_alias=True, exclude_unset=True, warnings=False)


def to_json(type_: Any, value: Any) -> bytes:
    """Return *value* of *type_* as a JSON document, without what was never set."""
    return _codec(type_).serializer.to_json(value, by_alias=True, exclude_unset=True, warnings=False)


def to_form_value(value: Any) -> Any:
    """Return *value*, a model or plain data, as a JSON value in which files stay what they are."""
    match value:
        case BaseModel():
            # Not by its serializer, which makes text of a file, or fails where the file is none.
            kind = type(value)
            if not kind.__pydantic_complete__:  # made within another type: its fields are not resolved yet
                kind.model_rebuild()
            aliases = {name: field.serialization_alias or name for name, field in kind.model_fields.items()}
            items = [(name, item) for name, item in value if name in value.model_fields_set]
            return {aliases.get(name, name): to_form_value(item) for name, item in items}
        case File():
            return value
        case bytes():
            return File(value)
        case dict():
            return {str(_ANY.dump_python(key, mode="json")): to_form_value(item) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [to_form_value(item) for item in value]
        case _:
            return _ANY.dump_python(value, mode="json")


def from_json_value(type_: Any, value: Any) -> Any:
    """Return the JSON value *value* as a value of *type_*.

    Raises:
        pydantic.ValidationError: the type does not hold this value.
    """
    # Through JSON: pydantic then takes a text for the date or UUID it spells, also within a union.
    return from_json(type_, dump_json(value))


def from_json(type_: Any, raw: bytes) -> Any:
    """Return the JSON document *raw* as a value of *type_*.

    Raises:
        pydantic.ValidationError: the type does not hold this value.
    """
    validator = _codec(type_).validator
    try:
        return validator.validate_json(raw)
    except ValidationError as fault:
        if not _has_long_integers(fault):
            raise
    return validator.validate_json(dump_json(_with_digits(read_json(raw))))


def _has_long_integers(fault: ValidationError) -> bool:
    """Whether *fault* has it that an integer is too long: beyond 64 bits pydantic reads but digits, no 1e30."""
    return any(each["type"] == "int_parsing_size" for each in fault.errors(include_url=False, include_input=False))


def _with_digits(value: Any) -> Any:
    match value:
        case float() if value.is_integer():
            return int(value)
        case dict():
            return {name: _with_digits(each) for name, each in value.items()}
        case list():
            return [_with_digits(each) for each in value]
        case _:
            return value


def from_form_value(type_: Any, value: Any) -> Any:
    """Return *value*, JSON in which files may stand, as a value of *type_*.

    Raises:
        pydantic.ValidationError: the type does not hold this value.
    """
    validator = _codec(type_).validator
    try:
        return validator.validate_python(value)
    except ValidationError as fault:
        if not _has_long_integers(fault):
            raise
    return validator.validate_python(_with_digits(value))


def dump_json(value: Any) -> bytes:
    """Return the JSON value *value* as a compact document.

    Raises:
        ValueError: it holds text that is no Unicode, such as a lone surrogate.
    """
    try:
        return orjson.dumps(value)
    except TypeError:
        # An integer of more than 64 bits, which orjson does not write.
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _codec(type_: Any) -> TypeAdapter[Any]:
    entry = _adapters.get(id(type_))
    if entry is None:
        # For a model the adapter takes over the serializer and the validator that the class already has.
        entry = _adapters[id(type_)] = (type_, TypeAdapter(type_))
    return entry[1]
