"""Texts that every value of a schema has at certain places, by which messages are told apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from apictl.contract.definition import Definition
from apictl.contract.schema import JsonValue, Schema, as_schema, reference_name

Texts: TypeAlias = "dict[tuple[str, ...], frozenset[str]]"
"""By the steps to the place: the texts of which one is there."""

_DEEPEST = 30
_MOST_SCHEMAS = 2_000


class Constants:
    """Finds the texts that the schemas of one contract fix."""

    def __init__(self, definitions: Mapping[str, Definition]) -> None:
        """Follow references to *definitions*."""
        self._definitions = definitions
        self._left = _MOST_SCHEMAS

    def of(self, schema: Schema) -> Texts:
        """Return where each value of *schema* has one of a few texts; nothing where that takes too long to tell."""
        self._left = _MOST_SCHEMAS
        found = self._texts(schema, depth=0, above=frozenset())
        return found if self._left > 0 else {}

    def property_names(self, schema: Schema) -> tuple[str, ...]:
        """Return the names of the properties that *schema* speaks of, in its order."""
        self._left = _MOST_SCHEMAS
        return tuple(dict.fromkeys(self._names(schema)))

    def required(self, schema: Schema) -> tuple[str, ...]:
        """Return the names of the properties that each object of *schema* has, as far as it says so itself."""
        self._left = _MOST_SCHEMAS
        return tuple(dict.fromkeys(self._required(schema)))

    def _texts(self, schema: Schema, *, depth: int, above: frozenset[str]) -> Texts:
        self._left -= 1
        if isinstance(schema, bool) or self._left <= 0 or depth > _DEEPEST:
            return {}
        parts = [self._own(schema, depth=depth, above=above)]
        name = reference_name(schema)
        if name is not None and name not in above and name in self._definitions:
            parts.append(self._texts(self._definitions[name].schema, depth=depth + 1, above=above | {name}))
        parts += [self._texts(each, depth=depth + 1, above=above) for each in _listed(schema, "allOf")]
        for keyword in ("anyOf", "oneOf"):
            branches = [self._texts(each, depth=depth + 1, above=above) for each in _listed(schema, keyword)]
            parts.append(_alternatives(branches))
        return _conjoined(parts)

    def _own(self, schema: Mapping[str, JsonValue], *, depth: int, above: frozenset[str]) -> Texts:
        values = [schema["const"]] if "const" in schema else schema.get("enum")
        texts = [value for value in values if isinstance(value, str)] if isinstance(values, list) else []
        found: Texts = {}
        if isinstance(values, list) and texts and len(texts) == len(values):
            found[()] = frozenset(texts)
        properties, required = schema.get("properties"), schema.get("required")
        # A value that may be something else than an object has nothing at any place in it.
        is_object = schema.get("type", "object") in ("object", ["object"])
        if not is_object or not isinstance(properties, dict) or not isinstance(required, list):
            return found
        for name, below in properties.items():
            if name in required:
                inner = self._texts(as_schema(below), depth=depth + 1, above=above)
                found |= {(name, *steps): told for steps, told in inner.items()}
        return found

    def _names(self, schema: Schema) -> Iterator[str]:
        for part in self._parts(schema, 0, ("allOf", "anyOf", "oneOf")):
            properties, required = part.get("properties"), part.get("required")
            yield from properties if isinstance(properties, dict) else ()
            yield from (name for name in required if isinstance(name, str)) if isinstance(required, list) else ()

    def _required(self, schema: Schema) -> Iterator[str]:
        for part in self._parts(schema, 0, ("allOf",)):
            required = part.get("required")
            if isinstance(required, list):
                yield from (name for name in required if isinstance(name, str))

    def _parts(self, schema: Schema, depth: int, keywords: Sequence[str]) -> Iterator[Mapping[str, JsonValue]]:
        """Yield *schema*, *depth* levels inside another, and what it is made of by references and *keywords*."""
        self._left -= 1
        if isinstance(schema, bool) or self._left <= 0 or depth > _DEEPEST:
            return
        yield schema
        name = reference_name(schema)
        if name is not None and name in self._definitions:
            yield from self._parts(self._definitions[name].schema, depth + 1, keywords)
        for keyword in keywords:
            for each in _listed(schema, keyword):
                yield from self._parts(each, depth + 1, keywords)


def _listed(schema: Mapping[str, JsonValue], keyword: str) -> list[Schema]:
    value = schema.get(keyword)
    return [as_schema(each) for each in value] if isinstance(value, list) else []


def _alternatives(branches: list[Texts]) -> Texts:
    """Return what each of *branches* fixes, with the texts of all."""
    if not branches:
        return {}
    shared = set(branches[0]).intersection(*branches[1:])
    return {steps: frozenset[str]().union(*(branch[steps] for branch in branches)) for steps in shared}


def _conjoined(parts: list[Texts]) -> Texts:
    """Return what any of *parts* fixes, with the texts that all of them allow."""
    found: Texts = {}
    for part in parts:
        for steps, texts in part.items():
            found[steps] = found[steps] & texts if steps in found else texts
    return found
