"""Changes of the text of schemas that change nothing of their meaning, applied to all definitions at once."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from apictl.contract.definition import Definition
from apictl.contract.schema import JsonValue, as_schema, definition_reference, reference_name, referenced_names

Definitions: TypeAlias = Mapping[str, Definition]
Tree: TypeAlias = dict[str, JsonValue]

MAPS: Final = ("properties", "patternProperties", "dependentSchemas")
LISTS: Final = ("allOf", "anyOf", "oneOf", "prefixItems")
SINGLES: Final = ("items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames")
ANNOTATIONS: Final = (
    "title", "description", "default", "deprecated", "example", "examples", "readOnly", "writeOnly", "discriminator",
)  # fmt: skip


def rewritten(definitions: Definitions, change: Callable[[Tree], Tree]) -> Definitions:
    """Return *definitions* with *change* applied to every schema object, inner ones first."""

    def walk(node: JsonValue) -> JsonValue:
        if not isinstance(node, dict):
            return node
        result: Tree = dict(node)
        for keyword, value in node.items():
            if keyword in MAPS and isinstance(value, dict):
                result[keyword] = {name: walk(each) for name, each in value.items()}
            elif keyword in LISTS and isinstance(value, list):
                result[keyword] = [walk(each) for each in value]
            elif keyword in SINGLES:
                result[keyword] = walk(value)
        return change(result)

    return {name: replace(each, schema=as_schema(walk(_plain(each)))) for name, each in definitions.items()}


def _plain(definition: Definition) -> JsonValue:
    schema = definition.schema
    return schema if isinstance(schema, bool) else copy.deepcopy(dict(schema))


def reordered(definitions: Definitions) -> Definitions:
    """Turn round every array and object whose order means nothing."""

    def change(node: Tree) -> Tree:
        for keyword in ("oneOf", "anyOf", "enum", "required"):
            value = node.get(keyword)
            if isinstance(value, list):
                node[keyword] = value[::-1]
        properties = node.get("properties")
        if isinstance(properties, dict):
            node["properties"] = dict(reversed(properties.items()))
        return dict(reversed(node.items()))

    return rewritten(definitions, change)


def wrapped(definitions: Definitions) -> Definitions:
    """Move what each object schema judges into an `allOf`, half of it."""

    def change(node: Tree) -> Tree:
        if node.get("type") != "object" or "unevaluatedProperties" in node or "allOf" in node:
            return node
        judged: Tree = {keyword: node[keyword] for keyword in ("type", "required", "minProperties") if keyword in node}
        kept: Tree = {keyword: value for keyword, value in node.items() if keyword not in judged}
        return kept | {"allOf": [judged]}

    return rewritten(definitions, change)


_NULL_SPEAKS: Final = frozenset({"enum", "const", "$ref", "allOf", "anyOf", "oneOf", "not"})
"""What may refuse null beside a type that allows it."""


def nullable_apart(definitions: Definitions) -> Definitions:
    """Write null as a branch instead of a type; annotations stay outside."""

    def change(node: Tree) -> Tree:
        types = node.get("type")
        if not (isinstance(types, list) and "null" in types and len(types) > 1) or node.keys() & _NULL_SPEAKS:
            return node
        outside: Tree = {keyword: node[keyword] for keyword in ANNOTATIONS if keyword in node}
        inside: Tree = {keyword: value for keyword, value in node.items() if keyword not in outside}
        rest = [name for name in types if name != "null"]
        return outside | {"anyOf": [inside | {"type": rest[0] if len(rest) == 1 else rest}, {"type": "null"}]}

    return rewritten(definitions, change)


def inlined(definitions: Definitions) -> Definitions:
    """Put definitions in the place of references to them; recursive ones and those of unions stay."""
    recursive = {name for name in definitions if name in _reached(definitions, name)}

    def change(node: Tree) -> Tree:
        name = reference_name(node)
        if name is None or name in recursive or name not in definitions:
            return node
        target = _plain(definitions[name])
        beside: Tree = {keyword: value for keyword, value in node.items() if keyword != "$ref"}
        is_free = isinstance(target, dict) and "$ref" not in target and beside.keys() <= set(ANNOTATIONS)
        return target | beside if is_free and isinstance(target, dict) else node

    return rewritten(definitions, change)


def _reached(definitions: Definitions, start: str) -> set[str]:
    found: set[str] = set()
    waiting = list(referenced_names(definitions[start].schema))
    while waiting:
        name = waiting.pop()
        if name not in found and name in definitions:
            found.add(name)
            waiting.extend(referenced_names(definitions[name].schema))
    return found


def extracted(definitions: Definitions) -> Definitions:
    """Give every schema of a property that judges anything a definition of its own."""
    added: dict[str, Definition] = {}
    place = next(iter(definitions.values())).place

    def change(node: Tree) -> Tree:
        properties = node.get("properties")
        if not isinstance(properties, dict):
            return node
        for name, each in properties.items():
            if isinstance(each, dict) and "type" in each:
                extracted_name = f"Extracted{len(added)}"
                added[extracted_name] = Definition(extracted_name, each, place.child(extracted_name))
                properties[name] = definition_reference(extracted_name)
        return node

    return {**rewritten(definitions, change), **added}


def renamed(definitions: Definitions) -> Definitions:
    """Call every definition something else."""

    def change(node: Tree) -> Tree:
        name = reference_name(node)
        if name is not None:
            node |= definition_reference(_new_name(name))
        discriminator = node.get("discriminator")
        mapping = discriminator.get("mapping") if isinstance(discriminator, dict) else None
        if isinstance(mapping, dict):
            for value, target in mapping.items():
                name = reference_name({"$ref": target})
                mapping[value] = target if name is None else definition_reference(_new_name(name))["$ref"]
        return node

    changed = rewritten(definitions, change)
    return {_new_name(name): replace(each, name=_new_name(name)) for name, each in changed.items()}


def _new_name(name: str) -> str:
    return "Renamed" + name


REWRITES: Final[Mapping[str, Callable[[Definitions], Definitions]]] = {
    "reordered": reordered,
    "wrapped": wrapped,
    "nullable_apart": nullable_apart,
    "inlined": inlined,
    "extracted": extracted,
    "renamed": renamed,
}
