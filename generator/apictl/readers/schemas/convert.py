"""Schemas as written to schemas of a contract: JSON Schema 2020-12, every reference a definition's name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from apictl.contract.schema import JsonValue, Schema, definition_reference
from apictl.findings import Place
from apictl.readers.access import Key, Tree, items, key_of, mapping, reference
from apictl.readers.schemas.arrays import is_array_meant, is_typed_around
from apictl.readers.schemas.dialect import is_nullable_composition, normalise, with_null
from apictl.readers.schemas.discriminators import completed_branches, default_mapping, mapped_definitions
from apictl.readers.schemas.graph import SchemaGraph
from apictl.readers.schemas.keywords import HOLDERS, IN_PLACE_LISTED, LISTED, NAMED, SINGLE
from apictl.readers.schemas.objects import CONDITIONS, is_null_meant, is_object_meant
from apictl.support.pointers import escape_token

_SITE_ANNOTATIONS = ("readOnly", "writeOnly", "deprecated")
"""What a schema that moved to a definition leaves behind, for it speaks of the property and not of the class."""

_TELLING = HOLDERS | {"$ref", "default", "discriminator"}
"""Keywords without which a schema leads to no other, and only says what it says."""

_MAY_REFUSE_NULL = frozenset({"$ref", "allOf", "anyOf", "if", "not", "oneOf"})
"""Keywords that may refuse the null that the type beside them allows."""


@dataclass(frozen=True, slots=True)
class Defaulted:
    """A schema that has a default.

    Attributes:
        place: of the schema as written.
        schema: converted.
    """

    place: Place
    schema: Tree


@dataclass(slots=True)
class Converter:
    """Converts the schemas of one contract.

    Attributes:
        graph: all schemas as written.
        names: of the schemas that are definitions.
        pinned: definitions that mean the same everywhere: components, and what a reference leads to.
        defaults: schemas with a default that were converted, in that order.
    """

    graph: SchemaGraph
    names: Mapping[Key, str]
    pinned: frozenset[Key] = frozenset()
    defaults: list[Defaulted] = field(default_factory=list)
    _held: dict[Key, Schema] = field(default_factory=dict)
    _conditions: int = 0
    """How many of the schemas around the one that is converted only tell values apart."""
    _typed: set[Key] = field(default_factory=set)
    """Branches that judge a value of which something around them says that it may be no array."""

    def schema(self, place: Place, value: JsonValue) -> Schema:
        """Return the schema at *place*, the same one each time; a reference when it is a definition."""
        key = key_of(place)
        if key not in self._held:
            self._held[key] = self._schema(place, value)
        return self._held[key]

    def _schema(self, place: Place, value: JsonValue) -> Tree | bool:
        if not isinstance(value, dict):
            return value is not False
        name = self.names.get(key_of(place))
        if name is None:
            return self._convert(place, value)
        result: Tree = definition_reference(name)
        if self._is_nullable_class(place, value):
            result = {"anyOf": [result, {"type": "null"}]}
        return result | {keyword: value[keyword] for keyword in _SITE_ANNOTATIONS if keyword in value}

    def definition(self, place: Place, value: JsonValue) -> Schema:
        """Return the schema at *place* itself, a definition's content."""
        if not isinstance(value, dict):
            return value is not False
        result = self._convert(place, value)
        if self._is_nullable_class(place, value):
            types = [name for name in items(result.get("type")) if name != "null"]
            if types:
                result["type"] = types[0] if len(types) == 1 else types
        return result

    def _is_nullable_class(self, place: Place, value: Tree) -> bool:
        """Whether null is of the one place where the definition stands, so that its class need not be nullable."""
        if key_of(place) in self.pinned or "enum" in value or "const" in value:
            return False
        if is_nullable_composition(value, self.graph.dialect_at(place)):
            return True
        if not value.keys().isdisjoint(_MAY_REFUSE_NULL):
            return False
        if is_object_meant(value) or is_array_meant(value):
            return is_null_meant(value, self.graph.dialect_at(place))
        types = items(
            normalise({k: v for k, v in value.items() if k in {"type", "nullable"}}, self.graph.dialect_at(place)).get(
                "type"
            )
        )
        return "null" in types and len(types) > 1

    def _convert(self, place: Place, value: Tree) -> Tree:
        if "$ref" in value and self.graph.dialect_at(place).is_reference_alone:
            return self._reference(place)
        result: Tree = {}
        for keyword, content in value.items():
            self._conditions += keyword in CONDITIONS
            if keyword == "$ref":
                result |= self._reference(place)
            elif keyword in NAMED and isinstance(content, dict):
                below = place.child(keyword)
                result[keyword] = {name: self._member(below, name, child) for name, child in content.items()}
            elif keyword in LISTED and isinstance(content, list):
                result[keyword] = self._listed(place, value, keyword)
            elif keyword in SINGLE:
                result[keyword] = self._schema(place.child(keyword), content)
            else:
                result[keyword] = content
            self._conditions -= keyword in CONDITIONS
        result = normalise(result, self.graph.dialect_at(place))
        meant = None if self._conditions or "type" in value else self._meant(place, value)
        if meant is not None:
            is_nullable = is_null_meant(value, self.graph.dialect_at(place))
            result["type"] = [meant, "null"] if is_nullable else meant
        return self._finished(place, value, result)

    def _member(self, below: Place, name: str, value: JsonValue) -> JsonValue:
        """Return the schema *value*, which stands below a keyword as *name*; what is no schema stays as it is."""
        if not isinstance(value, dict | bool):
            return value
        if not self._is_plain(below, name, value):
            return self._schema(below.child(name), value)
        return normalise(mapping(value), self.graph.dialect)

    def _is_plain(self, below: Place, name: str, value: JsonValue) -> bool:
        """Whether *value* needs nothing but its keywords respelled: most properties of a large document."""
        if not isinstance(value, dict) or not _TELLING.isdisjoint(value) or self.graph.dialects:
            return False
        return (below.path, f"{below.pointer}/{escape_token(name)}") not in self.names

    def _listed(self, place: Place, value: Tree, keyword: str) -> list[JsonValue]:
        """Return the schemas in the list under *keyword* of *value*."""
        below = place.child(keyword)
        places = [below.child(index) for index in range(len(items(value[keyword])))]
        if keyword in IN_PLACE_LISTED and (is_typed_around(value, keyword) or key_of(place) in self._typed):
            self._typed.update(map(key_of, places))
        return [self._schema(each, child) for each, child in zip(places, items(value[keyword]), strict=True)]

    def _meant(self, place: Place, value: Tree) -> str | None:
        """Return the type that *value*, which names none, means; None where it means what it says."""
        if is_object_meant(value):
            return "object"
        return "array" if is_array_meant(value) and key_of(place) not in self._typed else None

    def _reference(self, place: Place) -> Tree:
        target = self.graph.targets.get(key_of(place))
        name = None if target is None else self.names.get(key_of(target))
        # An unresolved reference is an error elsewhere, and its document is refused.
        return {} if name is None else definition_reference(name)

    def _finished(self, place: Place, value: Tree, result: Tree) -> Tree:
        if "discriminator" in result:
            result["discriminator"] = mapped_definitions(self.graph, self.names, place, value)
            for keyword in ("oneOf", "anyOf"):
                if keyword in result:
                    branches = completed_branches(self.graph, place, value, keyword)
                    result[keyword] = [
                        _completed(schema, addition)
                        for schema, addition in zip(items(result[keyword]), branches, strict=True)
                    ]
            if key_of(default_mapping(place)) in self.graph.targets:
                del result["discriminator"]  # the property may be missing, which no discriminator of a class allows
        if is_nullable_composition(value, self.graph.dialect_at(place)):
            is_class = key_of(place) in self.names and key_of(place) not in self.pinned
            result = result if is_class else with_null(result)
        if "default" in result:
            self.defaults.append(Defaulted(place, result))
        return result


def _completed(schema: JsonValue, addition: Tree) -> JsonValue:
    """*schema* with *addition* beside its reference; unchanged when it says something of its own there."""
    fields = mapping(schema)
    is_free = reference(schema) is not None and not fields.keys() & addition.keys()
    return fields | addition if is_free else schema
