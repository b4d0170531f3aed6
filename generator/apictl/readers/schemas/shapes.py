"""What kind of thing a schema describes, as far as naming it is concerned."""

from __future__ import annotations

import json
from collections import Counter

from apictl.contract.schema import JsonValue
from apictl.findings import Place
from apictl.readers.access import Key, Tree, items, key_of, mapping, reference, text, texts
from apictl.readers.schemas.graph import SchemaGraph, SchemaNode
from apictl.readers.schemas.keywords import is_annotation
from apictl.readers.schemas.names import pascal, short_hash


def becomes_class(graph: SchemaGraph, place: Place, node: Tree) -> bool:
    """Whether an inline schema is an object of its own: it has properties, or is a composition of objects."""
    if reference(node) is not None:
        return False
    if _has_properties(node):
        return True
    branches = items(node.get("allOf"))
    return bool(branches) and not is_alias(node) and is_object(graph, SchemaNode(place, node))


def is_alias(node: Tree) -> bool:
    """Whether an `allOf` only lends annotations to one reference, as OpenAPI 3.0 documents must write it."""
    judging = [branch for branch in items(node.get("allOf")) if not _is_annotation(branch)]
    rest = {keyword for keyword in node if not is_annotation(keyword)} - {"allOf", "nullable", "type"}
    return len(judging) == 1 and reference(judging[0]) is not None and not rest


def is_object(graph: SchemaGraph, node: SchemaNode) -> bool:
    """Whether the schema, through references and compositions, declares properties."""
    stack, seen = [node], set[Key]()
    while stack:
        current = stack.pop()
        current = graph.follow(current.place, current.value)
        if key_of(current.place) in seen:
            continue
        seen.add(key_of(current.place))
        fields = mapping(current.value)
        if _has_properties(fields):
            return True
        stack.extend(
            SchemaNode(current.place.child(keyword, index), branch)
            for keyword in ("allOf", "oneOf", "anyOf")
            for index, branch in enumerate(items(fields.get(keyword)))
        )
    return False


def without_null(branches: list[JsonValue]) -> list[int]:
    """Return the indices of the branches of a union that allow more than null."""
    return [index for index, branch in enumerate(branches) if not is_null(branch)]


def is_null(node: JsonValue) -> bool:
    """Whether a schema allows null and nothing else."""
    fields = mapping(node)
    is_constant = fields.get("enum") == [None] or ("const" in fields and fields["const"] is None)
    return is_constant or fields.get("type") in ("null", ["null"])


def branch_names(branches: list[JsonValue]) -> list[str]:
    """Return a word for each branch of a union: what tells it from the others, never its position."""
    fields = [mapping(branch) for branch in branches]
    candidates = [_alone([pascal(word_of(node)) for node in fields]) for word_of in (_title, _constant)]
    requiring = Counter(name for node in fields for name in set(texts(node.get("required"))))
    candidates.append([_own_requirement(node, requiring) for node in fields])
    return [
        next(filter(None, words), "") or _content_hash(node) for *words, node in zip(*candidates, fields, strict=True)
    ]


def _alone(words: list[str]) -> list[str]:
    counts = Counter(words)
    return [word if counts[word] == 1 else "" for word in words]


def _title(fields: Tree) -> str:
    return text(fields.get("title"))


def _constant(fields: Tree) -> str:
    for schema in mapping(fields.get("properties")).values():
        values = items(mapping(schema).get("enum"))
        value = mapping(schema).get("const", values[0] if len(values) == 1 else None)
        if isinstance(value, str) and value:
            return value
    return ""


def _own_requirement(fields: Tree, requiring: Counter[str]) -> str:
    return next((pascal(name) for name in texts(fields.get("required")) if requiring[name] == 1), "")


def _content_hash(fields: Tree) -> str:
    return short_hash(json.dumps(fields, sort_keys=True))


def _has_properties(node: Tree) -> bool:
    if mapping(node.get("properties")):
        return True
    return node.get("additionalProperties") is False and node.get("type") == "object"


def _is_annotation(node: JsonValue) -> bool:
    return isinstance(node, dict) and all(is_annotation(keyword) for keyword in node)
