"""OpenAPI documents as plain trees: every object of theirs with its kind, and what references lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias
from urllib.parse import unquote

Tree: TypeAlias = dict[str, Any]
Steps: TypeAlias = tuple[str | int, ...]

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
SECTIONS: Final[Mapping[str, str]] = {
    "schemas": "schema",
    "responses": "response",
    "parameters": "parameter",
    "examples": "example",
    "requestBodies": "request body",
    "headers": "header",
    "securitySchemes": "security scheme",
    "links": "link",
    "callbacks": "callback",
    "pathItems": "path item",
}
"""Fields of the Components Object by the kind of what they hold (OpenAPI 3.1, Components Object)."""

UNIONS: Final = ("oneOf", "anyOf")
ANNOTATIONS: Final = frozenset({
    "$comment", "default", "deprecated", "description", "example", "examples", "externalDocs", "readOnly", "title",
    "writeOnly", "xml",
})  # fmt: skip

_ONE, _LIST, _MAP = "one", "list", "map"
_CONTENT: Final = {"schema": (_ONE, "schema"), "content": (_MAP, "media type"), "examples": (_MAP, "example")}
_FIELDS: Final[Mapping[str, Mapping[str, tuple[str, str]]]] = {
    "document": {
        "paths": (_MAP, "path item"), "webhooks": (_MAP, "path item"), "components": (_ONE, "components"),
    },
    "components": {section: (_MAP, kind) for section, kind in SECTIONS.items()},
    "path item": {"parameters": (_LIST, "parameter"), **dict.fromkeys(METHODS, (_ONE, "operation"))},
    "operation": {
        "parameters": (_LIST, "parameter"), "requestBody": (_ONE, "request body"), "responses": (_MAP, "response"),
        "callbacks": (_MAP, "callback"),
    },
    "parameter": _CONTENT,
    "header": _CONTENT,
    "request body": {"content": (_MAP, "media type")},
    "response": {"headers": (_MAP, "header"), "content": (_MAP, "media type"), "links": (_MAP, "link")},
    "media type": {"schema": (_ONE, "schema"), "examples": (_MAP, "example"), "encoding": (_MAP, "encoding")},
    "encoding": {"headers": (_MAP, "header")},
    "schema": {
        **dict.fromkeys(
            ("items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames",
             "unevaluatedItems", "unevaluatedProperties", "contentSchema"), (_ONE, "schema")),
        **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), (_LIST, "schema")),
        **dict.fromkeys(("properties", "patternProperties", "dependentSchemas", "$defs", "definitions"),
                        (_MAP, "schema")),
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """An object of the document where it stands.

    Attributes:
        kind: as the specification names it.
        steps: from the root.
        holder: what it can be replaced in.
        key: of it in the holder.
        above: the object around it; None for the document.
    """

    kind: str
    steps: Steps
    holder: Any
    key: str | int
    above: Spot | None

    @property
    def node(self) -> Any:
        """The object as it is now."""
        return self.holder[self.key]

    def replace(self, node: Any) -> None:
        """Put *node* in its place."""
        self.holder[self.key] = node

    @property
    def is_branch(self) -> bool:
        """Whether it is an alternative that a discriminator may know by its name."""
        return self.above is not None and self.steps[-2] in UNIONS and "discriminator" in self.above.node


def is_30(document: Tree) -> bool:
    """Whether *document* is written in OpenAPI 3.0, where what stands beside a `$ref` is ignored."""
    return str(document["openapi"]).startswith("3.0")


def spots(document: Tree) -> list[Spot]:
    """Return every mapping of *document* that has a kind, outer ones first."""
    root = Spot("document", (), {"": document}, "", None)
    found: list[Spot] = []
    waiting = [root]
    is_alone = is_30(document)
    while waiting:
        spot = waiting.pop()
        found.append(spot)
        if is_alone and reference(spot.node) is not None:
            continue
        waiting.extend(reversed(list(_below(spot))))
    return found


def _below(spot: Spot) -> Iterator[Spot]:
    if spot.kind == "callback":
        yield from _members(spot, (), spot.node, "path item")
        return
    for name, (shape, kind) in _FIELDS.get(spot.kind, {}).items():
        value = spot.node.get(name)
        if shape == _ONE and isinstance(value, dict):
            yield Spot(kind, (*spot.steps, name), spot.node, name, spot)
        elif (shape == _LIST and isinstance(value, list)) or (shape == _MAP and isinstance(value, dict)):
            yield from _members(spot, (name,), value, kind)


def _members(spot: Spot, steps: Steps, holder: Any, kind: str) -> Iterator[Spot]:
    keys = list(holder) if isinstance(holder, dict) else range(len(holder))
    for key in keys:
        is_extension = kind in ("path item", "response") and str(key).startswith("x-")
        if isinstance(holder[key], dict) and not is_extension:
            yield Spot(kind, (*spot.steps, *steps, key), holder, key, spot)


def reference(node: Any) -> str | None:
    """Return the `$ref` of *node*, when it is one within its document."""
    target = node.get("$ref") if isinstance(node, dict) else None
    return target if isinstance(target, str) and target.startswith("#/") else None


def steps_of(target: str) -> tuple[str, ...]:
    """Return the steps that a reference such as `#/components/schemas/Pet` takes."""
    return tuple(unquote(each).replace("~1", "/").replace("~0", "~") for each in target.removeprefix("#/").split("/"))


def at(document: Tree, target: str) -> Any:
    """Return what the reference *target* leads to, one step."""
    node: Any = document
    for step in steps_of(target):
        node = node[int(step)] if isinstance(node, list) else node[step]
    return node


def followed(document: Tree, node: Any) -> Any:
    """Return *node*, or what its references lead to in the end."""
    for _ in range(20):
        target = reference(node)
        if target is None:
            break
        node = at(document, target)
    return node


def is_annotation(keyword: str) -> bool:
    """Whether *keyword* of a schema judges nothing."""
    return keyword in ANNOTATIONS or keyword.startswith("x-")


def targets(found: list[Spot]) -> set[tuple[str, ...]]:
    """Return where references of *found* lead, discriminators' included."""
    known = {steps_of(target) for spot in found if (target := reference(spot.node)) is not None}
    for spot in found:
        if spot.kind == "schema" and isinstance(spot.node.get("discriminator"), dict):
            mapping = spot.node["discriminator"].get("mapping") or {}
            known |= {steps_of(each) for each in mapping.values() if str(each).startswith("#/")}
    return known


def is_inherited(node: Tree) -> bool:
    """Whether *node* has a discriminator for schemas that are made of it, which only their names tell."""
    return "discriminator" in node and not any(keyword in node for keyword in UNIONS)
