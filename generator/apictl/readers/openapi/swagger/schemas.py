"""Schemas of Swagger 2.0, and the types that parameters and headers have of their own, as schemas of OpenAPI 3.0."""

from __future__ import annotations

from typing import Final

from apictl.contract.schema import JsonValue
from apictl.findings import Place
from apictl.readers.access import Tree, key_of, mapping, texts
from apictl.readers.openapi.swagger.addresses import Addresses
from apictl.readers.schemas.keywords import LISTED, NAMED, SINGLE

TYPED: Final = frozenset({
    "default", "enum", "exclusiveMaximum", "exclusiveMinimum", "format", "items", "maxItems", "maxLength", "maximum",
    "minItems", "minLength", "minimum", "multipleOf", "pattern", "type", "uniqueItems", "x-enum-descriptions",
    "x-enum-varnames", "x-extensible-enum", "x-nullable",
})  # fmt: skip
"""What a parameter, a header or an Items Object says of its value (Swagger 2.0, Parameter Object)."""


def render_schema(addresses: Addresses, to: Place, at: Place, value: JsonValue) -> JsonValue:
    """Return the schema *value*, which is written at *at*, to stand at *to*."""
    addresses.move(to, at)
    return _rendered(addresses, to, at, value)


def typed_schema(fields: Tree) -> Tree:
    """Return what *fields*, of a parameter, a header or an Items Object, say of a value."""
    result = {keyword: value for keyword, value in fields.items() if keyword in TYPED}
    if isinstance(result.get("items"), dict):
        result["items"] = typed_schema(mapping(result["items"]))
    return _respelled(result)


def _rendered(addresses: Addresses, to: Place, at: Place, value: JsonValue) -> JsonValue:
    if not isinstance(value, dict):
        return value
    addresses.count(at)
    link = addresses.inventory.links.get(key_of(at))
    if link is not None:
        return _reference(addresses, to, value, link.target)
    result: Tree = {}
    for keyword, content in value.items():
        below, there = to.child(keyword), at.child(keyword)
        if keyword == "items" and isinstance(content, list):
            addresses.move(to.child("prefixItems"), there)
            result["prefixItems"] = [
                _rendered(addresses, to.child("prefixItems", index), there.child(index), item)
                for index, item in enumerate(content)
            ]
        elif keyword in NAMED and isinstance(content, dict):
            result[keyword] = {
                name: _rendered(addresses, below.child(name), there.child(name), child)
                for name, child in content.items()
            }
        elif keyword in LISTED and isinstance(content, list):
            result[keyword] = [
                _rendered(addresses, below.child(index), there.child(index), child)
                for index, child in enumerate(content)
            ]
        elif keyword in SINGLE:
            result[keyword] = _rendered(addresses, below, there, content)
        elif keyword == "discriminator" and isinstance(content, str):
            result[keyword] = {"propertyName": content}
        else:
            result[keyword] = content
    return _respelled(result)


def _reference(addresses: Addresses, to: Place, value: Tree, target: Place) -> Tree:
    result: Tree = {**value}
    addresses.refer(result, to, target)
    if value.get("x-nullable") is True:  # what stands beside a reference is not applied
        return {"allOf": [result], "nullable": True}
    return result


def _respelled(schema: Tree) -> Tree:
    """Return *schema* with what extensions, or JSON Schema, say in words of their own in those of OpenAPI 3.0."""
    if schema.pop("x-nullable", None) is True:
        schema["nullable"] = True
    if schema.get("type") == "file":
        schema |= {"type": "string", "format": "binary"}
    if schema.get("type") == "null":
        schema |= {"type": "string", "nullable": True, "enum": [None]}
    if isinstance(schema.get("type"), list):
        # The meta-schema takes the types of JSON Schema, though the text of the specification knows only one.
        types = texts(schema.pop("type"))
        named = [name for name in types if name != "null"]
        is_nullable = "null" in types
        if len(named) == 1:
            schema["type"] = named[0]
            schema |= {"nullable": True} if is_nullable else {}
        else:
            branches: list[Tree] = [{"type": name} | ({"items": {}} if name == "array" else {}) for name in named]
            schema["anyOf"] = [branch | ({"nullable": True} if is_nullable else {}) for branch in branches]
    return schema
