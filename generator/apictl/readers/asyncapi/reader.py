"""AsyncAPI 2 and 3 documents to contracts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from apictl.contract.contract import Contract
from apictl.contract.definition import Definition
from apictl.findings import Finding, Place, is_refused
from apictl.readers.access import Key, Tree, key_of, mapping, text
from apictl.readers.asyncapi.bindings import Bindings
from apictl.readers.asyncapi.build import Building
from apictl.readers.asyncapi.document import AsyncDocument, outline
from apictl.readers.asyncapi.inventory import grammar_of, take_inventory
from apictl.readers.asyncapi.kinds import Kind
from apictl.readers.asyncapi.outline import Perspective
from apictl.readers.asyncapi.roles import message_sites
from apictl.readers.asyncapi.rules.catalogue import semantic_findings
from apictl.readers.asyncapi.schemas import component_schemas, formatted_sites
from apictl.readers.asyncapi.security import scheme_names
from apictl.readers.asyncapi.structure import schema_findings, structure_findings
from apictl.readers.asyncapi.version import version_of
from apictl.readers.bundle import bundle
from apictl.readers.language import Language
from apictl.readers.parts import Parts
from apictl.readers.reading import Reading, findings_about
from apictl.readers.schemas.convert import Converter
from apictl.readers.schemas.defaults import default_findings
from apictl.readers.schemas.definitions import component_aliases, component_sites, definitions_of, with_aliases
from apictl.readers.schemas.naming import name_schemas
from apictl.source.document import Document
from apictl.source.library import Library


def read_asyncapi(library: Library, document: Document, *, service: str, perspective: Perspective) -> Reading:
    """Return the contract in *document*, an AsyncAPI Object."""
    place = Place(document.path)
    version = version_of(place, document.tree)
    if isinstance(version, Finding):
        return Reading(None, (*findings_about(library, {document.path}), version))
    inventory = take_inventory(library, place, document.tree, version=version)
    findings = [*findings_about(library, inventory.paths)]
    schemas = [node for node in inventory.roots if node.kind is Kind.SCHEMA]
    for node in inventory.roots:
        if node.kind is not Kind.SCHEMA:
            findings += structure_findings(node, version)
    findings += inventory.findings
    if is_refused(findings):
        return Reading(None, tuple(findings))
    whole, notes = outline(Bindings(inventory, library), version, perspective=perspective)
    for node in schemas:
        findings += schema_findings(node, version, whole.schemas.graph.dialect_at(node.place))
    if is_refused(findings):
        return Reading(None, tuple(findings))
    findings += [*notes, *whole.schemas.findings, *semantic_findings(whole)]
    if is_refused(findings):
        return Reading(None, tuple(findings), Parts(Language.ASYNCAPI, inventory))
    named = _named(whole)
    findings += named.findings
    parts = Parts(Language.ASYNCAPI, inventory, named.converter, MappingProxyType(named.definitions))
    if is_refused(findings):
        return Reading(None, tuple(findings), parts)
    source = bundle(inventory, named.names, grammar=grammar_of(library, version))
    return Reading(_contract(whole, named, service, source=source), tuple(findings), parts)


@dataclass(frozen=True, slots=True)
class _Named:
    converter: Converter
    definitions: dict[str, Definition]
    names: Mapping[Key, str]
    findings: tuple[Finding, ...]


def _named(document: AsyncDocument) -> _Named:
    inventory, graph = document.inventory, document.schemas.graph
    place, declared = component_schemas(inventory)
    components = [*component_sites(graph, place, declared), *formatted_sites(inventory, graph)]
    held = list(message_sites(document))
    aliases = component_aliases(graph, place, declared)
    naming = name_schemas(graph, [*components, *document.schemas.named, *held], aliases=aliases)
    names = with_aliases(naming.names, aliases)
    pinned = [*(site.place for site in components), *graph.targets.values()]
    converter = Converter(graph, names, frozenset(map(key_of, pinned)))
    definitions = definitions_of(graph, converter, naming)
    for site in held:
        converter.schema(site.place, site.value)
    misfits = tuple(default_findings(converter.defaults, definitions))
    return _Named(converter, definitions, names, (*naming.findings, *misfits))


def _contract(document: AsyncDocument, named: _Named, service: str, *, source: Tree) -> Contract:
    building = Building(document, named.converter, scheme_names(document.inventory))
    info = mapping(document.inventory.root.fields.get("info"))
    return Contract(
        service=service,
        title=text(info.get("title")),
        version=text(info.get("version")),
        description=text(info.get("description")),
        place=document.inventory.root.place,
        definitions=MappingProxyType(named.definitions),
        events=replace(building.events(), source=MappingProxyType(source)),
    )
