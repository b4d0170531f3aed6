"""OpenAPI documents to contracts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from apictl.contract.contract import Contract, Tag
from apictl.contract.definition import Definition, View
from apictl.contract.operation import Operation
from apictl.contract.schema import Schema
from apictl.findings import Finding, Place, is_refused
from apictl.readers.access import Key, Tree, items, key_of, mapping, text
from apictl.readers.bundle import bundle
from apictl.readers.forgiven import Need, borne
from apictl.readers.inventory import Grammar, walk_document
from apictl.readers.language import Language
from apictl.readers.openapi.callbacks import with_callbacks
from apictl.readers.openapi.completion import completed
from apictl.readers.openapi.inventory import Inventory, grammar_of, take_inventory
from apictl.readers.openapi.kinds import Kind
from apictl.readers.openapi.metaschemas import Version
from apictl.readers.openapi.operations import read_operation
from apictl.readers.openapi.roles import operation_schemas, shared_schemas
from apictl.readers.openapi.routes import Route, declared_routes, with_ids
from apictl.readers.openapi.rules.catalogue import semantic_findings
from apictl.readers.openapi.schema_edge import SchemaEdge
from apictl.readers.openapi.security import read_schemes
from apictl.readers.openapi.servers import read_servers
from apictl.readers.openapi.structure import structure_findings
from apictl.readers.openapi.swagger.reading import rendered
from apictl.readers.openapi.version import version_of
from apictl.readers.parts import Parts
from apictl.readers.reading import Reading, findings_about
from apictl.readers.schemas.convert import Converter
from apictl.readers.schemas.defaults import default_findings
from apictl.readers.schemas.definitions import component_aliases, component_sites, definitions_of, with_aliases
from apictl.readers.schemas.dialect import Dialect
from apictl.readers.schemas.graph import SchemaGraph
from apictl.readers.schemas.naming import name_schemas
from apictl.readers.schemas.views import Views, split_views
from apictl.source.document import Document
from apictl.source.library import Library

_DIALECTS = {
    Version.V20: Dialect.OPENAPI_30,  # that its schemas are rendered in
    Version.V30: Dialect.OPENAPI_30,
    Version.V31: Dialect.JSON_SCHEMA_2020,
    Version.V32: Dialect.JSON_SCHEMA_2020,
}


def read_openapi(library: Library, document: Document, *, service: str, need: Need = Need.SERVICE) -> Reading:
    """Return the contract in *document*, an OpenAPI Object."""
    place = Place(document.path)
    version = version_of(place, document.tree)
    if isinstance(version, Finding):
        return Reading(None, (*findings_about(library, {document.path}), version))
    opened = _opened(library, document, version)
    findings = list(opened.findings)
    if opened.inventory is None or is_refused(findings):
        return Reading(None, tuple(findings))
    inventory = opened.inventory
    graph = schema_graph(inventory, _DIALECTS[version])
    paths, notes = with_ids([*declared_routes(inventory, "paths"), *declared_routes(inventory, "webhooks")])
    routes, cycles = with_callbacks(inventory, paths)
    findings += [*notes, *cycles, *borne(semantic_findings(inventory, graph, routes, version), need)]
    if is_refused(findings):
        return Reading(None, tuple(findings), Parts(Language.OPENAPI, inventory))
    schemas = _schemas(inventory, graph, routes)
    findings += schemas.findings
    contract = None
    if not is_refused(findings):
        contract = _contract(schemas, paths, service, grammar=grammar_of(version))
    parts = Parts(Language.OPENAPI, inventory, schemas.edge.converter, MappingProxyType(schemas.whole))
    return Reading(contract, tuple(findings), parts)


@dataclass(frozen=True, slots=True)
class _Opened:
    inventory: Inventory | None
    findings: tuple[Finding, ...]


def _opened(library: Library, document: Document, version: Version) -> _Opened:
    """Return the objects of *document*, which is written in *version*; those of the oldest in the next one's words."""
    place = Place(document.path)
    if version is Version.V20:
        older = rendered(library, document)
        findings = (*findings_about(library, older.inventory.paths), *older.findings)
        if older.rendition is None:
            return _Opened(None, findings)
        inventory = walk_document(older.rendition, place, older.rendition.tree, grammar_of(version))
        return _Opened(inventory, (*findings, *inventory.findings))
    inventory = take_inventory(library, place, document.tree, version)
    findings = (*findings_about(library, inventory.paths), *_structure(inventory, version), *inventory.findings)
    return _Opened(inventory, findings)


def schema_graph(inventory: Inventory, dialect: Dialect) -> SchemaGraph:
    """Return the schemas of *inventory* and where their references lead."""
    schemas = {key: node for key, node in inventory.nodes.items() if node.kind is Kind.SCHEMA}
    targets = {key: link.target for key, link in inventory.links.items() if link.kind is Kind.SCHEMA}
    return SchemaGraph(dialect, schemas, targets)


@dataclass(frozen=True, slots=True)
class _Schemas:
    edge: SchemaEdge
    definitions: tuple[Definition, ...]
    whole: dict[str, Definition]
    names: Mapping[Key, str]
    findings: tuple[Finding, ...]


def _structure(inventory: Inventory, version: Version) -> Iterator[Finding]:
    for node in inventory.roots:
        yield from structure_findings(node, version)


def _schemas(inventory: Inventory, graph: SchemaGraph, routes: list[Route]) -> _Schemas:
    held = [one for route in routes for one in operation_schemas(inventory, route)]
    held += shared_schemas(inventory, routes)
    place = inventory.root.place.child("components", "schemas")
    declared = mapping(mapping(inventory.root.fields.get("components")).get("schemas"))
    components = list(component_sites(graph, place, declared))
    aliases = component_aliases(graph, place, declared)
    naming = name_schemas(graph, [*components, *(one.site for one in held)], aliases=aliases)
    names = with_aliases(naming.names, aliases)
    pinned = [*(site.place for site in components), *graph.targets.values()]
    converter = Converter(graph, names, frozenset(key_of(place) for place in pinned))
    definitions = definitions_of(graph, converter, naming)
    edges = [(one.side, converter.schema(one.site.place, one.site.value)) for one in held]
    misfits = tuple(default_findings(converter.defaults, definitions))
    views = _views(definitions, edges)
    findings = (*naming.findings, *misfits, *views.findings)
    return _Schemas(SchemaEdge(inventory, converter, views), views.definitions, definitions, names, findings)


def _views(definitions: dict[str, Definition], edges: list[tuple[View, Schema]]) -> Views:
    sent = [schema for side, schema in edges if side is View.REQUEST]
    received = [schema for side, schema in edges if side is View.RESPONSE]
    return split_views(definitions, sent, received)


def _contract(parts: _Schemas, routes: list[Route], service: str, *, grammar: Grammar[Kind]) -> Contract:
    inventory = parts.edge.inventory
    fields = inventory.root.fields
    info = mapping(fields.get("info"))
    operations: dict[bool, list[Operation]] = {True: [], False: []}
    webhooks = inventory.root.place.child("webhooks").pointer + "/"
    for route in routes:
        operations[route.holder.place.pointer.startswith(webhooks)].append(read_operation(parts.edge, route))
    everything = operations[False] + operations[True]
    return Contract(
        service=service,
        title=text(info.get("title")),
        version=text(info.get("version")),
        description=text(info.get("description")),
        place=inventory.root.place,
        servers=tuple(read_servers(fields)),
        tags=tuple(_tags(inventory, everything)),
        operations=tuple(operations[False]),
        webhooks=tuple(operations[True]),
        definitions=MappingProxyType({definition.name: definition for definition in parts.definitions}),
        security_schemes=MappingProxyType({scheme.name: scheme for scheme in read_schemes(inventory)}),
        source=MappingProxyType(completed(bundle(inventory, parts.names, grammar=grammar), routes)),
    )


def _tags(inventory: Inventory, operations: list[Operation]) -> Iterator[Tag]:
    seen = {""}
    declared = [mapping(tag) for tag in items(inventory.root.fields.get("tags"))]
    for tag in [*map(_tag, declared), *(Tag(operation.tag) for operation in operations)]:
        if tag.name not in seen:
            seen.add(tag.name)
            yield tag


def _tag(fields: Tree) -> Tag:
    return Tag(
        name=text(fields.get("name")),
        description=text(fields.get("description")),
        summary=text(fields.get("summary")),
        parent=text(fields.get("parent")),
        kind=text(fields.get("kind")),
    )
