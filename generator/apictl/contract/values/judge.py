"""The judge of values: compiled validators over one registry of definitions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Final, Protocol, TypeVar

import jsonschema_rs

from apictl.contract.schema import (
    DEFINITIONS,
    SCHEMA_KEYWORDS,
    SCHEMA_LIST_KEYWORDS,
    SCHEMA_MAP_KEYWORDS,
    JsonValue,
    Schema,
    definition_reference,
    reference_name,
)

_DOCUMENT: Final = "apictl://contract/definitions"
_KEPT_VALIDATORS: Final = 16
_DEPTH_LIMIT: Final = 200


_FEW: Final = 8
"""So many definitions are compiled one by one: all of them at once are sooner done than many that share most parts."""


class Unjudgeable(Exception):
    """A schema that can't be compiled, with the reason of the validator."""


class Validator(Protocol):
    """Judges by one schema."""

    def is_valid(self, instance: JsonValue) -> bool:
        """Whether the schema allows *instance*."""

    def iter_errors(self, instance: JsonValue) -> Iterator[jsonschema_rs.ValidationError]:
        """Yield what it has against *instance*."""


_ValidatorT = TypeVar("_ValidatorT")


class Judge:
    """Compiles each schema once; formats are asserted; nothing is fetched from anywhere."""

    def __init__(self, definitions: Mapping[str, Schema]) -> None:
        """Take the *definitions* that `#/$defs/<name>` means."""
        self._definitions = definitions
        # Those used last: each holds everything that its schema reaches, and all of a large contract fill a gigabyte.
        # By identity, which the value keeps from being used again: hashing large schemas costs more than judging.
        self._validators: dict[int, tuple[Schema, Validator]] = {}
        self._explaining: dict[int, tuple[Schema, jsonschema_rs.Validator]] = {}
        self._asked: set[str] = set()
        self._patterns: dict[str, jsonschema_rs.Validator | None] = {}

    @cached_property
    def _registry(self) -> jsonschema_rs.Registry:
        """The definitions, taken in when something is judged for the first time: of a large contract it takes long."""
        return _registry(self._definitions)

    def validator(self, schema: Schema) -> Validator:
        """Return the compiled validator of *schema*.

        Raises:
            Unjudgeable: the schema is none, or a reference in it leads nowhere.
        """
        return _kept(self._validators, schema, lambda: self._of_definition(schema) or self._compile(schema))

    def explaining(self, schema: Schema) -> jsonschema_rs.Validator:
        """Return the validator of *schema* alone.

        Raises:
            Unjudgeable: as `validator`.
        """
        return _kept(self._explaining, schema, lambda: self._compile(schema))

    def _of_definition(self, schema: Schema) -> Validator | None:
        """Return what judges by the definition that *schema* is, where many are asked for; None for another one."""
        name = reference_name(schema)
        if name is None or name not in self._definitions or isinstance(schema, bool) or len(schema) > 1:
            return None
        self._asked.add(name)
        return None if len(self._asked) <= _FEW or self._whole is None else _OfDefinition(self, self._whole, name)

    @cached_property
    def _whole(self) -> jsonschema_rs.Validator | None:
        """Judges objects whose properties are values of the definitions; None when one of them can't be compiled.

        What definitions share it has once, where the validator of each would have it again.
        """
        try:
            return self._compile({"properties": {name: definition_reference(name) for name in self._definitions}})
        except Unjudgeable:
            return None

    def compile_alone(self, schema: dict[str, JsonValue]) -> jsonschema_rs.Validator:
        """Return the validator of a *schema* without references, which is not remembered.

        Raises:
            Unjudgeable: the schema is none.
        """
        return _compiled(schema, self._registry)

    def matches(self, pattern: str, text: str) -> bool:
        """Whether *text* has a match of the regular expression *pattern*; never when that is none."""
        if pattern not in self._patterns:
            try:
                self._patterns[pattern] = self.compile_alone({"pattern": pattern})
            except Unjudgeable:
                self._patterns[pattern] = None
        validator = self._patterns[pattern]
        return validator is not None and validator.is_valid(text)

    def _compile(self, schema: Schema) -> jsonschema_rs.Validator:
        located = schema if isinstance(schema, bool) else _located(dict(schema), 0)
        return _compiled(located, self._registry)


class _OfDefinition:
    """Judges by one definition of those that were compiled as a whole."""

    __slots__ = ("_judge", "_name", "_schema", "_whole")

    def __init__(self, judge: Judge, whole: jsonschema_rs.Validator, name: str) -> None:
        self._judge = judge
        self._whole = whole
        self._name = name
        self._schema = definition_reference(name)

    def is_valid(self, instance: JsonValue) -> bool:
        return self._whole.is_valid({self._name: instance})

    def iter_errors(self, instance: JsonValue) -> Iterator[jsonschema_rs.ValidationError]:
        return self._judge.explaining(self._schema).iter_errors(instance)


def _kept(
    validators: dict[int, tuple[Schema, _ValidatorT]], schema: Schema, make: Callable[[], _ValidatorT]
) -> _ValidatorT:
    """Return the validator of *schema* among those used last, or *make* it and keep it there."""
    known = validators.pop(id(schema), None) or (schema, make())
    if len(validators) >= _KEPT_VALIDATORS:
        del validators[next(iter(validators))]
    validators[id(schema)] = known
    return known[1]


def _compiled(schema: JsonValue, registry: jsonschema_rs.Registry) -> jsonschema_rs.Validator:
    if not isinstance(schema, dict | bool):
        raise Unjudgeable("a schema is an object or a boolean")
    try:
        return jsonschema_rs.Draft202012Validator(schema, registry=registry, validate_formats=True, offline=True)
    except ValueError as refusal:  # also jsonschema_rs.ValidationError
        raise Unjudgeable(str(refusal).partition("\n")[0]) from refusal


def _registry(definitions: Mapping[str, Schema]) -> jsonschema_rs.Registry:
    """Return the registry of *definitions*; one that the library can't take in becomes `false`.

    Such are references that are no URIs, and names with a lone surrogate, which are left out.
    """
    try:
        return _registry_of(dict(definitions))
    except ValueError:
        sound = {name: schema for name, schema in definitions.items() if _is_tolerable({name: True})}
        return _registry_of(
            {name: schema if _is_tolerable({name: schema}) else False for name, schema in sound.items()}
        )


def _is_tolerable(definitions: dict[str, Schema]) -> bool:
    try:
        _registry_of(definitions)
    except ValueError:
        return False
    return True


def _registry_of(definitions: dict[str, Schema]) -> jsonschema_rs.Registry:
    document = (_DOCUMENT, {"$defs": definitions})
    return jsonschema_rs.Registry([document], draft=jsonschema_rs.Draft202012, retriever=_refuse)


def _refuse(_uri: str, /) -> bool:
    """Answer any reference out of the definitions with the schema that nothing satisfies."""
    return False


def _located(value: JsonValue, depth: int) -> JsonValue:
    """Return the schema *value* with its references to definitions made absolute."""
    if not isinstance(value, dict):
        return value
    if depth > _DEPTH_LIMIT:
        raise Unjudgeable(f"the schema is nested deeper than {_DEPTH_LIMIT}")
    located: dict[str, JsonValue] = {}
    for keyword, item in value.items():
        if keyword == "$ref" and isinstance(item, str) and item.startswith(DEFINITIONS):
            located[keyword] = _DOCUMENT + item
        elif keyword in SCHEMA_KEYWORDS:
            located[keyword] = _located(item, depth + 1)
        elif keyword in SCHEMA_LIST_KEYWORDS and isinstance(item, list):
            located[keyword] = [_located(each, depth + 1) for each in item]
        elif keyword in SCHEMA_MAP_KEYWORDS and isinstance(item, dict):
            located[keyword] = {name: _located(each, depth + 1) for name, each in item.items()}
        else:
            located[keyword] = item
    return located
