"""The objects of an OpenAPI document and of the files it reaches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

from apictl.contract.schema import JsonValue
from apictl.findings import Place
from apictl.readers import inventory
from apictl.readers.inventory import Child, Grammar, walk_document
from apictl.readers.openapi.kinds import REFERABLE, SECTIONS, Kind, children
from apictl.source.library import Library

Node: TypeAlias = inventory.Node[Kind]
Link: TypeAlias = inventory.Link[Kind]
Inventory: TypeAlias = inventory.Inventory[Kind]


def take_inventory(library: Library, root: Place, tree: JsonValue) -> Inventory:
    """Walk the document at *root* and everything it refers to."""
    return walk_document(library, root, tree, GRAMMAR)


def _below(node: Node) -> Iterator[Child[Kind]]:
    return children(node.kind, node.fields)


GRAMMAR: Final = Grammar(Kind.DOCUMENT, Kind.SCHEMA, SECTIONS, REFERABLE, _below, frozenset({Kind.PATH_ITEM}))
