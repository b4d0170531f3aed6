"""The schemas of a document, of whatever language: one graph in which each has its dialect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from apictl.contract.schema import JsonValue
from apictl.findings import Finding, Place
from apictl.readers.access import Key, Tree, key_of, mapping, text
from apictl.readers.asyncapi.avro import read_avro
from apictl.readers.asyncapi.formats import DEFAULT, format_of
from apictl.readers.asyncapi.inventory import is_formatted
from apictl.readers.asyncapi.kinds import Inventory, Kind, Node
from apictl.readers.asyncapi.meanings import Meaning
from apictl.readers.asyncapi.messages import MessageSource
from apictl.readers.asyncapi.protobuf import read_protobuf
from apictl.readers.asyncapi.traits import Part
from apictl.readers.schemas.dialect import Dialect, named_dialect
from apictl.readers.schemas.graph import SchemaGraph, SchemaNode
from apictl.readers.schemas.keywords import subschemas
from apictl.readers.schemas.naming import Site


@dataclass(frozen=True, slots=True)
class Schemas:
    """The schemas of a document.

    Attributes:
        graph: all of them.
        named: the named types of Avro and Protobuf, with their names.
        findings: about schemas of Avro and Protobuf.
        compiled: what reads and writes values of a schema, where that is more than the schema as written, by its place.
    """

    graph: SchemaGraph
    named: tuple[Site, ...]
    findings: tuple[Finding, ...]
    compiled: Mapping[Key, JsonValue] = field(default_factory=dict)


def read_schemas(inventory: Inventory, messages: Iterable[MessageSource]) -> Schemas:
    """Return the schemas of *inventory*, and those that the traits of *messages* are merged to."""
    gathering = _Gathering(inventory)
    for node in inventory.nodes.values():
        gathering.take(node)
    for link in inventory.links.values():
        if link.kind in _HELD:
            gathering.targets[key_of(link.place)] = gathering.meant(link.target)
    sources = [source for message in messages for source in (message.headers, message.payload) if source]
    for source in sources:
        gathering.merge(source.part)
    for node in inventory.of(Kind.SCHEMA):
        gathering.declare(named_dialect(node.fields.get("$schema")), node.place)
        if is_formatted(node.value):
            gathering.declare(format_of(text(node.fields.get("schemaFormat"))).dialect, node.place.child("schema"))
    for source in sources:
        gathering.declare(source.format.dialect, source.part.place)
    graph = SchemaGraph(Dialect.DRAFT_07, gathering.nodes, gathering.targets, gathering.dialects)
    return Schemas(graph, tuple(gathering.named), tuple(gathering.findings), gathering.compiled)


_HELD = frozenset({Kind.SCHEMA, Kind.AVRO_SCHEMA, Kind.PROTOBUF_SCHEMA, Kind.FOREIGN_SCHEMA})


@dataclass(slots=True)
class _Gathering:
    inventory: Inventory
    nodes: dict[Key, SchemaNode] = field(default_factory=dict)
    targets: dict[Key, Place] = field(default_factory=dict)
    dialects: dict[Key, Dialect] = field(default_factory=dict)
    named: list[Site] = field(default_factory=list)
    compiled: dict[Key, JsonValue] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def take(self, node: Node) -> None:
        """Note the schema *node*; one of another language as what it means."""
        key = key_of(node.place)
        is_link = key in self.inventory.links
        if node.kind is Kind.SCHEMA:
            # One that names its format is no schema itself; what refers to it means the one inside.
            self.nodes[key] = SchemaNode(node.place, True if is_formatted(node.value) else node.value)
        elif node.kind is Kind.AVRO_SCHEMA and not is_link:
            self._take(read_avro(node.place, node.value))
        elif node.kind is Kind.PROTOBUF_SCHEMA and not is_link:
            self._take(read_protobuf(node.place, node.value))
        elif node.kind in _HELD:
            # What is not read allows everything; a reference leads on.
            self.nodes[key] = SchemaNode(node.place, node.value if is_link else True)
            self.dialects[key] = Dialect.JSON_SCHEMA_2020

    def _take(self, meaning: Meaning) -> None:
        self.findings += meaning.findings
        self.nodes |= meaning.nodes
        self.targets |= meaning.targets
        self.compiled |= meaning.compiled
        self.dialects |= dict.fromkeys(meaning.nodes, Dialect.JSON_SCHEMA_2020)
        for key, name in meaning.names.items():
            if key in meaning.nodes:
                self.named.append(Site(meaning.nodes[key].place, meaning.nodes[key].value, name))

    def meant(self, target: Place) -> Place:
        """Return where the schema itself is that a reference to *target* means."""
        node = self.inventory.nodes.get(key_of(target))
        return target.child("schema") if node is not None and is_formatted(node.value) else target

    def merge(self, part: Part) -> None:
        """Note the schema that stands nowhere, for it is merged of several."""
        if not part.is_merged:
            return
        for place, value in _with_below(part.place, part.value):
            source = key_of(part.source(place))
            self.nodes[key_of(place)] = SchemaNode(place, value)
            if source in self.targets and "$ref" in mapping(value):
                self.targets[key_of(place)] = self.targets[source]

    def declare(self, dialect: Dialect | None, start: Place) -> None:
        """Let the schema at *start*, and all that it leads to, be of *dialect*."""
        if dialect is None or dialect is DEFAULT.dialect:
            return
        pending, seen = [key_of(start)], set[Key]()
        while pending:
            key = pending.pop()
            if key in seen or key not in self.nodes:
                continue
            seen.add(key)
            self.dialects[key] = dialect
            node = self.nodes[key]
            pending += [key_of(node.place.child(*tokens)) for tokens, _ in subschemas(mapping(node.value))]
            if key in self.targets:
                pending.append(key_of(self.targets[key]))


def _with_below(place: Place, value: JsonValue) -> Iterator[tuple[Place, JsonValue]]:
    stack = [(place, value)]
    while stack:
        at, node = stack.pop()
        yield at, node
        stack.extend((at.child(*tokens), child) for tokens, child in subschemas(mapping(node)))


def component_schemas(inventory: Inventory) -> tuple[Place, Tree]:
    """Return where the schemas of the components stand, and those of JSON Schema without a format of their own."""
    place = inventory.root.place.child("components", "schemas")
    declared = mapping(mapping(inventory.root.fields.get("components")).get("schemas"))
    return place, {name: value for name, value in declared.items() if not is_formatted(value)}


def formatted_sites(inventory: Inventory, graph: SchemaGraph) -> Iterator[Site]:
    """Yield the components that name their format, where that is one of JSON Schema."""
    place = inventory.root.place.child("components", "schemas")
    for name, value in mapping(mapping(inventory.root.fields.get("components")).get("schemas")).items():
        if is_formatted(value) and format_of(text(mapping(value).get("schemaFormat"))).dialect is not None:
            node = graph.schemas.get(key_of(place.child(name, "schema")))
            if node is not None:
                yield Site(node.place, node.value, name, is_component=True)
