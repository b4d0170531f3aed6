"""Schemas that must all hold for one value, with references and `allOf` opened."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeGuard

from apictl.contract.schema import DEFINITIONS, JsonValue, Schema, as_schema, decode_token

TYPES: Final = ("object", "array", "string", "integer", "number", "boolean", "null")
_SIGNS: Final[Mapping[str, str]] = {
    "properties": "object",
    "required": "object",
    "additionalProperties": "object",
    "patternProperties": "object",
    "propertyNames": "object",
    "minProperties": "object",
    "maxProperties": "object",
    "dependentRequired": "object",
    "items": "array",
    "prefixItems": "array",
    "minItems": "array",
    "maxItems": "array",
    "contains": "array",
    "uniqueItems": "array",
    "minLength": "string",
    "maxLength": "string",
    "pattern": "string",
    "format": "string",
    "contentEncoding": "string",
    "contentMediaType": "string",
    "minimum": "number",
    "maximum": "number",
    "exclusiveMinimum": "number",
    "exclusiveMaximum": "number",
    "multipleOf": "number",
}
"""What a schema without `type` most likely means."""
_NUMERIC_FORMATS: Final = ("int32", "int64", "float", "double")
_ENCODER: Final = json.JSONEncoder(sort_keys=True)


@dataclass(frozen=True, slots=True)
class Conjunction:
    """Schema objects that must all hold.

    Attributes:
        parts: the schema objects, references and `allOf` opened, each once.
        is_refused: `false`, or a reference that leads nowhere, is among them.
        types: that a value may have, the likeliest first, null last.
        enumerated: the values of the shortest `enum` or of `const`; None when there is neither.
        known: properties of the same arguments that cost something to find, kept by those who look for them.
    """

    parts: tuple[Mapping[str, JsonValue], ...]
    is_refused: bool
    types: tuple[str, ...]
    enumerated: tuple[JsonValue, ...] | None
    known: dict[tuple[str, str], object] = field(default_factory=dict, compare=False, repr=False)

    def every(self, keyword: str) -> Iterator[JsonValue]:
        """Yield the value of *keyword* in each part that has it."""
        return (part[keyword] for part in self.parts if keyword in part)

    def numbers(self, keyword: str) -> list[int | float]:
        """Return the numbers that *keyword* has in the parts."""
        return [value for value in self.every(keyword) if is_number(value)]

    def texts(self, keyword: str) -> list[str]:
        """Return the strings that *keyword* has in the parts, each once."""
        return list(dict.fromkeys(value for value in self.every(keyword) if isinstance(value, str)))

    def at_least(self, keyword: str) -> int:
        """Return the greatest *keyword*, a lower limit of some count; 0 when there is none."""
        return max((int(value) for value in self.numbers(keyword)), default=0)

    def at_most(self, keyword: str) -> int | None:
        """Return the least *keyword*, an upper limit of some count; None when there is none."""
        return min((int(value) for value in self.numbers(keyword)), default=None)

    def schemas(self, keyword: str) -> list[Schema]:
        """Return the subschemas that *keyword* has in the parts."""
        return [as_schema(value) for value in self.every(keyword)]

    def examples(self) -> tuple[JsonValue, ...]:
        """Return the values that the authors of the parts show, best first; nobody has judged them."""
        found: list[JsonValue] = []
        for part in self.parts:
            if "example" in part:
                found.append(part["example"])
            examples = part.get("examples")
            if isinstance(examples, list):
                found.extend(examples)
        found.extend(self.every("default"))
        return tuple(value for value in found if any(is_of(value, kind) for kind in self.types))


def is_number(value: object) -> TypeGuard[int | float]:
    """Whether *value* is a finite number of JSON; a boolean is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return value - value == 0  # neither infinite nor NaN


def conjoin(schemas: Sequence[Schema], definitions: Mapping[str, Schema]) -> Conjunction:
    """Return *schemas* as one conjunction; *definitions* are what references mean."""
    waiting = list(reversed(schemas))
    seen: set[int] = set()
    parts: list[Mapping[str, JsonValue]] = []
    is_refused = False
    while waiting:
        schema = waiting.pop()
        if isinstance(schema, bool):
            is_refused = is_refused or not schema
        elif id(schema) not in seen:
            seen.add(id(schema))
            parts.append(schema)
            nested = schema.get("allOf")
            if isinstance(nested, list):
                waiting.extend(as_schema(item) for item in reversed(nested))
            refused = schema.get("not")
            if isinstance(refused, dict) and refused.keys() == {"not"}:
                waiting.append(as_schema(refused["not"]))  # refusing what is refused
            if "$ref" in schema:
                waiting.append(referent(schema["$ref"], definitions))
    return Conjunction(tuple(parts), is_refused, _types(parts), _enumerated(parts))


def referent(reference: JsonValue, definitions: Mapping[str, Schema]) -> Schema:
    """Return the schema that *reference* leads to, also inside a definition; `false` when it leads nowhere."""
    if not isinstance(reference, str) or not reference.startswith(DEFINITIONS):
        return False
    name, *steps = map(decode_token, reference.removeprefix(DEFINITIONS).split("/"))
    if name not in definitions:
        return False
    target: object = definitions[name]
    for step in steps:
        if isinstance(target, Mapping) and step in target:
            target = target[step]
        elif isinstance(target, list) and step.isdecimal() and int(step) < len(target):
            target = target[int(step)]
        else:
            return False
    return target if isinstance(target, Mapping | bool) else False


def type_of(value: JsonValue) -> str:
    """Return the narrowest type of *value*; 1.0 is an integer (JSON Schema 2020-12, 4.2.3)."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case str():
            return "string"
        case list():
            return "array"
        case dict():
            return "object"
        case int():
            return "integer"
        case float():
            return "integer" if value.is_integer() else "number"


def is_of(value: JsonValue, kind: str) -> bool:
    """Whether *value* is of the type *kind*; an integer is a number too."""
    found = type_of(value)
    return found == kind or (found == "integer" and kind == "number")


def identity(value: JsonValue) -> str:
    """Return text that two values share only when they are equal as JSON."""
    return _ENCODER.encode(value if isinstance(value, str) else _even(value))


def _types(parts: Sequence[Mapping[str, JsonValue]]) -> tuple[str, ...]:
    allowed: list[str] | None = None
    for part in parts:
        declared = part.get("type")
        if declared is None:
            continue
        names = [declared] if isinstance(declared, str) else declared if isinstance(declared, list) else []
        wanted = [name for name in names if isinstance(name, str)]
        allowed = wanted if allowed is None else _common_types(allowed, wanted)
    if allowed is None:
        # Without a type, a schema of objects allows a number too; its author means objects.
        signs = [_sign(part, keyword) for part in parts for keyword in part if keyword in _SIGNS]
        allowed = list(dict.fromkeys(signs)) or ["string", "integer", "number", "boolean", "object", "array", "null"]
    known = [name for name in allowed if name in TYPES]
    return tuple(sorted(known, key=lambda name: name == "null"))


def _sign(part: Mapping[str, JsonValue], keyword: str) -> str:
    return "number" if keyword == "format" and part[keyword] in _NUMERIC_FORMATS else _SIGNS[keyword]


def _common_types(first: Sequence[str], second: Sequence[str]) -> list[str]:
    common = [name for name in first if name in second or (name == "integer" and "number" in second)]
    narrowed = [name for name in second if name == "integer" and "number" in first and name not in common]
    return common + narrowed


def _enumerated(parts: Sequence[Mapping[str, JsonValue]]) -> tuple[JsonValue, ...] | None:
    found: tuple[JsonValue, ...] | None = None
    for part in parts:
        if "const" in part:
            return (part["const"],)
        values = part.get("enum")
        if isinstance(values, list) and (found is None or len(values) < len(found)):
            found = tuple(values)
    return found


def _even(value: JsonValue) -> JsonValue:
    match value:
        case float() if value.is_integer():
            return int(value)
        case list():
            return [_even(item) for item in value]
        case dict():
            return {name: _even(item) for name, item in value.items()}
        case _:
            return value
