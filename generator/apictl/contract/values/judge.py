"""The judge of values: compiled validators over one registry of definitions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import jsonschema_rs

from apictl.contract.schema import (
    DEFINITIONS,
    SCHEMA_KEYWORDS,
    SCHEMA_LIST_KEYWORDS,
    SCHEMA_MAP_KEYWORDS,
    JsonValue,
    Schema,
)

_DOCUMENT: Final = "apictl://contract/definitions"
_KEPT_VALIDATORS: Final = 16
_DEPTH_LIMIT: Final = 200


class Unjudgeable(Exception):
    """A schema that can't be compiled, with the reason of the validator."""


class Judge:
    """Compiles each schema once; formats are asserted; nothing is fetched from anywhere."""

    def __init__(self, definitions: Mapping[str, Schema]) -> None:
        """Take the *definitions* that `#/$defs/<name>` means."""
        self._registry = _registry(definitions)
        self._definitions = definitions
        # Those used last: each holds everything that its schema reaches, and all of a large contract fill a gigabyte.
        # By identity, which the value keeps from being used again: hashing large schemas costs more than judging.
        self._validators: dict[int, tuple[Schema, jsonschema_rs.Validator]] = {}
        self._patterns: dict[str, jsonschema_rs.Validator | None] = {}

    def validator(self, schema: Schema) -> jsonschema_rs.Validator:
        """Return the compiled validator of *schema*.

        Raises:
            Unjudgeable: the schema is none, or a reference in it leads nowhere.
        """
        known = self._validators.pop(id(schema), None) or (schema, self._compile(schema))
        if len(self._validators) >= _KEPT_VALIDATORS:
            del self._validators[next(iter(self._validators))]
        self._validators[id(schema)] = known
        return known[1]

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
