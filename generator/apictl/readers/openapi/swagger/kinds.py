"""The objects of a Swagger 2.0 document and where each stands; they are called as in OpenAPI 3."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from apictl.contract.schema import JsonValue
from apictl.findings import Place
from apictl.readers.fields import Fields, Shape, objects_in
from apictl.readers.inventory import Child, Grammar, walk_document
from apictl.readers.openapi.inventory import Inventory, Node
from apictl.readers.openapi.kinds import Kind, children
from apictl.source.library import Library

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch")
SECTIONS: Final[Mapping[str, Kind]] = {
    "definitions": Kind.SCHEMA,
    "parameters": Kind.PARAMETER,
    "responses": Kind.RESPONSE,
}
"""Fields of the document whose members can be referred to."""

_FIELDS: Final[Mapping[Kind, Fields[Kind]]] = {
    Kind.DOCUMENT: {
        "paths": (Shape.ONE, Kind.PATHS),
        **{section: (Shape.MAP, kind) for section, kind in SECTIONS.items()},
        "securityDefinitions": (Shape.MAP, Kind.SECURITY_SCHEME),
        "tags": (Shape.LIST, Kind.TAG),
    },
    Kind.PATH_ITEM: {
        "parameters": (Shape.LIST, Kind.PARAMETER),
        **dict.fromkeys(METHODS, (Shape.ONE, Kind.OPERATION)),
    },
    Kind.OPERATION: {
        "parameters": (Shape.LIST, Kind.PARAMETER),
        "responses": (Shape.ONE, Kind.RESPONSES),
    },
    Kind.PARAMETER: {"schema": (Shape.ONE, Kind.SCHEMA)},
    Kind.RESPONSE: {"schema": (Shape.ONE, Kind.SCHEMA), "headers": (Shape.MAP, Kind.HEADER)},
}


def take_inventory(library: Library, root: Place, tree: JsonValue) -> Inventory:
    """Walk the document at *root* and everything it refers to."""
    return walk_document(library, root, tree, _GRAMMAR)


def _below(node: Node) -> Iterable[Child[Kind]]:
    if node.kind in {Kind.SCHEMA, Kind.PATHS, Kind.RESPONSES}:
        return children(node.kind, node.fields)
    return objects_in(_FIELDS.get(node.kind, {}), node.fields)


_GRAMMAR: Final = Grammar(
    document=Kind.DOCUMENT,
    schema=Kind.SCHEMA,
    sections=SECTIONS,
    referable=frozenset({*SECTIONS.values(), Kind.PATH_ITEM}),
    children=_below,
    components="#/",
)
