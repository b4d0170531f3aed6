"""JSON Schema → `Type`: the narrowest type that still takes every value the schema accepts.

Constraints are left to the contract's validator, which judges a value before a model sees it. Where a schema has
keywords of objects and no `type`, an object is what its author means; where `items` mean an array, readers say so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from apictl.contract.schema import JsonValue, Schema, reference_name
from apictl.pages.python import keywords
from apictl.pages.python.formats import string_type
from apictl.pages.python.types import (
    NULL,
    Anything,
    ListOf,
    Literals,
    MapOf,
    Reference,
    Scalar,
    Type,
    accepts_null,
    union,
    without_null,
)

_SIMPLE = {"integer": Scalar("int"), "number": Scalar("float"), "boolean": Scalar("bool"), "null": NULL}
_DEEPEST = 40
_OBJECT_KEYWORDS = ("properties", "additionalProperties", "patternProperties", "required")
_SHAPING = frozenset(
    {"$ref", "additionalProperties", "allOf", "anyOf", "const", "enum", "items", "oneOf", "properties", "type"}
)


@dataclass(frozen=True, slots=True)
class Telling:
    """How a contract tells the branches of a union apart (OpenAPI 3.1, Discriminator Object).

    Attributes:
        property: wire name.
        values: by wire name of the branch; a branch that is not here has literals of its own.
    """

    property: str
    values: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Lowering:
    """Turns schemas into types.

    Attributes:
        nullable: wire names of the definitions that become a class or an enum although they accept null, too.
        telling: of the unions met so far, by the definitions they consist of.
    """

    nullable: frozenset[str]
    telling: dict[frozenset[str], Telling] = field(default_factory=dict)

    def type_of(self, schema: Schema, depth: int = 0) -> Type:
        """Return the type of the values of *schema*, which stands *depth* levels inside another."""
        if isinstance(schema, bool) or depth > _DEEPEST:
            return Anything()
        name = reference_name(schema)
        if name is not None:
            return union((Reference(name), NULL)) if name in self.nullable else Reference(name)
        values = enumerated(schema)
        if values is not None:
            return _literals(values)
        parts = keywords.schemas(schema, "allOf")
        own = self._own(schema, depth)
        return _intersection([own, *(self.type_of(part, depth + 1) for part in parts)]) if parts else own

    def undeclared(self, schema: Mapping[str, JsonValue], depth: int = 0) -> Type | None:
        """Return the type of the properties that *schema* does not declare; None when it forbids them."""
        patterns = [each for _, each in keywords.named_schemas(schema, "patternProperties")]
        rest = keywords.subschema(schema, "additionalProperties")
        if rest is False and not patterns:
            return None
        unmatched = [] if rest is False else [True if rest is None else rest]
        return union(self.type_of(each, depth + 1) for each in [*patterns, *unmatched])

    def _own(self, schema: Mapping[str, JsonValue], depth: int) -> Type:
        branches = keywords.schemas(schema, "anyOf") or keywords.schemas(schema, "oneOf")
        plain = self._by_type(schema, depth)
        if not branches:
            return plain
        self._note_telling(branches)
        lowered = [self.type_of(branch, depth + 1) for branch in branches]
        kind = union(plain if _says_nothing(branch) else each for branch, each in zip(branches, lowered, strict=True))
        return plain if kind == Anything() else kind

    def _note_telling(self, branches: tuple[Schema, ...]) -> None:
        """Remember a union whose branches are `{$ref, properties: {kind: {const}}, required: [kind]}`."""
        told = {name: values for branch in branches if (name := reference_name(branch)) and (values := _told(branch))}
        properties = {name for name, _ in told.values()}
        if len(properties) == 1:
            names = frozenset(name for branch in branches if (name := reference_name(branch)))
            telling = Telling(properties.pop(), {name: values for name, (_, values) in told.items()})
            is_new = self.telling.setdefault(names, telling) == telling
            if not is_new:
                self.telling[names] = Telling("", {})

    def _by_type(self, schema: Mapping[str, JsonValue], depth: int) -> Type:
        type_names = keywords.type_names(schema)
        if type_names:
            return union(self._single(name, schema, depth) for name in type_names)
        if any(keyword in schema for keyword in _OBJECT_KEYWORDS):
            return self._single("object", schema, depth)
        return Anything()

    def _single(self, name: str, schema: Mapping[str, JsonValue], depth: int) -> Type:
        match name:
            case "string":
                return Scalar(string_type(schema))
            case "array":
                return ListOf(self._item(schema, depth))
            case "object" if isinstance(schema.get("properties"), dict):
                return MapOf(Anything())
            case "object":
                return MapOf(self.undeclared(schema, depth) or Anything())
            case _:
                return _SIMPLE.get(name, Anything())

    def _item(self, schema: Mapping[str, JsonValue], depth: int) -> Type:
        """Return the type of an item; `prefixItems` allows shorter arrays, too, so that no tuple would fit."""
        items = keywords.subschema(schema, "items")
        first = keywords.schemas(schema, "prefixItems")
        rest = [] if items is False and first else [True if items is None else items]
        return union(self.type_of(each, depth + 1) for each in [*first, *rest])


def enumerated(schema: Mapping[str, JsonValue]) -> tuple[JsonValue, ...] | None:
    """Return the values that *schema* lists in `const`, `enum` or a union of `const`s; None when it lists none."""
    if "const" in schema:
        return (schema["const"],)
    listed = schema.get("enum")
    if isinstance(listed, list) and listed:
        return tuple(listed)
    branches = keywords.schemas(schema, "oneOf") or keywords.schemas(schema, "anyOf")
    values = tuple(branch["const"] for branch in branches if isinstance(branch, Mapping) and "const" in branch)
    return values if values and len(values) == len(branches) else None


def takes_null(schema: Schema) -> bool:
    """Whether *schema* itself names null among its types or values, so that a class for it needs `None` beside it."""
    if isinstance(schema, bool):
        return False
    return "null" in keywords.type_names(schema) or None in (enumerated(schema) or ())


def _literals(values: tuple[JsonValue, ...]) -> Type:
    """Return the type of *values*; numbers with a fraction, arrays and objects can't stand in a `Literal`."""
    found: list[Type] = []
    for value in values:
        match value:
            case None:
                found.append(NULL)
            case str() | bool() | int():
                found.append(Literals((repr(value),)))
            case float():
                found.append(Scalar("float"))
            case list():
                found.append(ListOf(Anything()))
            case dict():
                found.append(MapOf(Anything()))
    return union(found)


def _told(branch: Schema) -> tuple[str, tuple[str, ...]] | None:
    """Return the property that tells *branch* apart and its values, which stand beside the reference."""
    if isinstance(branch, bool):
        return None
    for name, schema in keywords.named_schemas(branch, "properties"):
        values = (
            enumerated(schema) if isinstance(schema, Mapping) and name in keywords.names(branch, "required") else None
        )
        texts = tuple(value for value in values or () if isinstance(value, str))
        if texts and len(texts) == len(values or ()):
            return name, texts
    return None


def _says_nothing(branch: Schema) -> bool:
    """Whether *branch* only constrains what its surroundings describe, as `{required: [a]}` does."""
    if isinstance(branch, bool):
        return branch
    return _SHAPING.isdisjoint(branch)


def _intersection(types: list[Type]) -> Type:
    """Return the type that says most of *types*, all of which a value has; any single one of them is right."""
    telling = [each for each in types if each != Anything()]
    if not telling:
        return Anything()
    best = max(telling, key=_weight)
    return best if all(accepts_null(each) for each in telling) else without_null(best)


def _weight(kind: Type) -> int:
    match kind:
        case Literals():
            return 4
        case Reference():
            return 3
        case ListOf(item=Anything()) | MapOf(value=Anything()) | Scalar(name="str" | "float"):
            return 1
        case _:
            return 2
