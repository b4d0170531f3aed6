"""Parameters and headers of Swagger 2.0, whose values have types and separators instead of schemas and styles."""

from __future__ import annotations

from typing import Final

from apictl.contract.schema import JsonValue
from apictl.findings import Place
from apictl.readers.access import Tree, mapping, text
from apictl.readers.openapi.bodies import JOINED
from apictl.readers.openapi.inventory import Node
from apictl.readers.openapi.swagger.addresses import Addresses
from apictl.readers.openapi.swagger.schemas import TYPED, typed_schema

BODY: Final = frozenset({"body", "formData"})
"""Where parameters stand that are the request's body in OpenAPI 3."""

_STYLES: Final[dict[str, dict[str, Tree]]] = {
    "query": {
        "csv": {"style": "form", "explode": False},
        "multi": {"style": "form", "explode": True},
        "ssv": {"style": "spaceDelimited", "explode": False},
        "pipes": {"style": "pipeDelimited", "explode": False},
    },
    "path": {"csv": {"style": "simple"}},
    "header": {"csv": {"style": "simple"}},
}
_STYLES["formData"] = _STYLES["query"] | {"csv": {"style": "form", "explode": False, JOINED: True}}


def style_of(location: str, collection_format: str) -> Tree | None:
    """Return how OpenAPI 3 says *collection_format* of an array in *location*; None when it can't."""
    return _STYLES.get(location, {}).get(collection_format)


def collection_format(fields: Tree) -> str:
    """Return the `collectionFormat` of the array that *fields* describe; "" when they describe none."""
    return text(fields.get("collectionFormat", "csv")) if fields.get("type") == "array" else ""


def is_of_body(node: Node) -> bool:
    """Whether the parameter *node* is the body, or a field of it."""
    return node.fields.get("in") in BODY


def render_parameter(addresses: Addresses, to: Place, node: Node) -> JsonValue:
    """Return the parameter *node*, which is none of the body, to stand at *to*."""
    addresses.move(to, node.place)
    addresses.move(to.child("schema"), node.place)
    fields = node.fields
    kept = {key: value for key, value in fields.items() if key not in TYPED and key != "collectionFormat"}
    location = text(fields.get("in"))
    if location != "query":
        kept.pop("allowEmptyValue", None)
    style = style_of(location, collection_format(fields)) or {}
    return kept | {"schema": typed_schema(fields)} | style


def render_header(addresses: Addresses, to: Place, node: Node) -> JsonValue:
    """Return the header *node* of a response, to stand at *to*."""
    addresses.move(to, node.place)
    addresses.move(to.child("schema"), node.place)
    kept = {key: value for key, value in node.fields.items() if key not in TYPED and key != "collectionFormat"}
    return kept | {"schema": typed_schema(node.fields)}


def form_schema(addresses: Addresses, to: Place, nodes: list[Node]) -> Tree:
    """Return an object of the fields *nodes*, to stand at *to*."""
    properties: Tree = {}
    required: list[JsonValue] = []
    for node in nodes:
        name = text(node.fields.get("name"))
        addresses.move(to.child("properties", name), node.place)
        schema = typed_schema(node.fields)
        if "description" in node.fields:
            schema = {"description": node.fields["description"]} | schema
        properties[name] = schema
        if node.fields.get("required") is True:
            required.append(name)
    result: Tree = {"type": "object", "properties": properties}
    return result | {"required": required} if required else result


def form_encoding(nodes: list[Node]) -> Tree:
    """Return how the arrays among the fields *nodes* are written."""
    styles = {text(node.fields.get("name")): style_of("formData", collection_format(node.fields)) for node in nodes}
    return {name: mapping(style) for name, style in styles.items() if style is not None}
