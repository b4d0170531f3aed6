"""The objects of an OpenAPI document and of the files it reaches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from apictl.contract.schema import JsonValue
from apictl.findings import Place
from apictl.readers import inventory
from apictl.readers.inventory import Child, Grammar, walk_document
from apictl.readers.openapi.identity import resolver_of
from apictl.readers.openapi.kinds import SECTIONS, SECTIONS_32, Kind, children
from apictl.readers.openapi.metaschemas import Version
from apictl.source.library import Library

Node: TypeAlias = inventory.Node[Kind]
Link: TypeAlias = inventory.Link[Kind]
Inventory: TypeAlias = inventory.Inventory[Kind]


def take_inventory(library: Library, root: Place, tree: JsonValue, version: Version) -> Inventory:
    """Walk the document at *root*, which is written in *version*, and everything it refers to."""
    resolver = resolver_of(library, tree) if version is Version.V32 else library
    return walk_document(resolver, root, tree, grammar_of(version))


def grammar_of(version: Version) -> Grammar[Kind]:
    """Return what the objects of a document in *version* are."""
    return _GRAMMAR_32 if version is Version.V32 else _GRAMMAR


def _below(node: Node) -> Iterable[Child[Kind]]:
    return children(node.kind, node.fields)


def _grammar(sections: Mapping[str, Kind]) -> Grammar[Kind]:
    # A Reference Object may stand for whatever can be a component.
    referable = frozenset(sections.values())
    return Grammar(Kind.DOCUMENT, Kind.SCHEMA, sections, referable, _below, frozenset({Kind.PATH_ITEM}))


_GRAMMAR: Final = _grammar(SECTIONS)
_GRAMMAR_32: Final = _grammar(SECTIONS_32)
