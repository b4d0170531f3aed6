"""Every object of a document and of the files it reaches, and what each reference leads to."""

from __future__ import annotations

import enum
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, Protocol, TypeAlias, TypeVar

from apictl.contract.schema import JsonValue
from apictl.findings import Finding, Place, Related, error
from apictl.readers.access import Key, Tree, key_of, mapping, text
from apictl.readers.consequences import merged
from apictl.readers.schemas.graph import SchemaNode
from apictl.source.library import Target

KindT = TypeVar("KindT", bound=enum.Enum)
Child: TypeAlias = tuple[tuple[str | int, ...], KindT, JsonValue]
"""Tokens, kind and value of an object below another."""


class Resolver(Protocol):
    """Knows what references lead to."""

    def resolve(self, base: Place, reference: object) -> Target | Finding:
        """Return what *reference*, the value of the `$ref` at *base*, leads to in one hop, or what is wrong with it."""
        ...


@dataclass(frozen=True, slots=True)
class Node(SchemaNode, Generic[KindT]):
    """An object of a known kind, a schema or something around one; its value may be of any type, or wrong.

    Attributes:
        kind: demanded by the place it stands at; its value is what a message calls it.
    """

    kind: KindT

    @property
    def fields(self) -> Tree:
        """The object's fields; empty when it is no mapping."""
        return mapping(self.value)


@dataclass(frozen=True, slots=True)
class Link(Generic[KindT]):
    """A reference that leads somewhere.

    Attributes:
        place: of the object that holds the `$ref`.
        kind: that the place demands.
        target: where it leads, one step.
    """

    place: Place
    kind: KindT
    target: Place


@dataclass(frozen=True, slots=True)
class Grammar(Generic[KindT]):
    """What the objects of a specification are, and what stands below each.

    Attributes:
        document: kind of the root.
        schema: kind of what may lead back to itself, which is judged with the schemas.
        sections: of the Components Object, and what each holds.
        referable: what a Reference Object may stand for.
        children: gives the objects directly below one, in the document's order.
        unsectioned: what is no component all the same, in the oldest version.
        components: what references to the sections begin with.
    """

    document: KindT
    schema: KindT
    sections: Mapping[str, KindT]
    referable: frozenset[KindT]
    children: Callable[[Node[KindT]], Iterable[Child[KindT]]]
    unsectioned: frozenset[KindT] = frozenset()
    components: str = "#/components/"


@dataclass(frozen=True)
class Inventory(Generic[KindT]):
    """What a document and the files it reaches are made of.

    Attributes:
        root: the document's root.
        nodes: by what identifies them, in the order of reading.
        links: by the holder of the reference.
        roots: nodes that no node of this inventory contains: the document and the targets in other files.
        findings: about references.
    """

    root: Node[KindT]
    nodes: Mapping[Key, Node[KindT]]
    links: Mapping[Key, Link[KindT]]
    roots: tuple[Node[KindT], ...]
    findings: tuple[Finding, ...]

    @property
    def paths(self) -> set[str]:
        """The documents that the root reaches, also those whose text can't be read."""
        refused = (related.place.path for finding in self.findings for related in finding.related)
        return {self.root.place.path, *refused, *(link.target.path for link in self.links.values())}

    def of(self, kind: KindT) -> Iterator[Node[KindT]]:
        """Yield the objects of *kind* that are no references, in the order of reading."""
        return iter(self._by_kind.get(kind, ()))

    @cached_property
    def _by_kind(self) -> Mapping[KindT, list[Node[KindT]]]:
        found: dict[KindT, list[Node[KindT]]] = {}
        for key, node in self.nodes.items():
            if key not in self.links:
                found.setdefault(node.kind, []).append(node)
        return found

    def resolve(self, node: Node[KindT]) -> Node[KindT]:
        """Return the object behind *node*'s chain of references."""
        seen: set[Key] = set()
        while (link := self.links.get(key_of(node.place))) is not None and key_of(node.place) not in seen:
            seen.add(key_of(node.place))
            node = self.nodes.get(key_of(link.target), node)
        return node

    def child(self, node: Node[KindT], *tokens: str | int) -> Node[KindT] | None:
        """Return the object that stands below *node*, behind its references; None when there is none."""
        below = self.nodes.get(key_of(node.place.child(*tokens)))
        return None if below is None else self.resolve(below)


def walk_document(resolver: Resolver, root: Place, tree: JsonValue, grammar: Grammar[KindT]) -> Inventory[KindT]:
    """Walk the document at *root*, which *grammar* describes, and everything it refers to."""
    walk = _Walk(resolver, grammar)
    start = Node(root, tree, grammar.document)
    walk.visit(start)
    walk.reach()
    return Inventory(start, walk.nodes, walk.links, (start, *walk.reached), tuple(merged(walk.findings)))


@dataclass(slots=True)
class _Walk(Generic[KindT]):
    resolver: Resolver
    grammar: Grammar[KindT]
    nodes: dict[Key, Node[KindT]] = field(default_factory=dict)
    links: dict[Key, Link[KindT]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    reached: list[Node[KindT]] = field(default_factory=list)
    pending: deque[tuple[Link[KindT], JsonValue]] = field(default_factory=deque)

    def visit(self, start: Node[KindT]) -> None:
        """Record *start* and all below it, in the document's order."""
        stack = [start]
        while stack:
            node = stack.pop()
            key = key_of(node.place)
            if key in self.nodes:
                continue
            self.nodes[key] = node
            if not isinstance(node.value, dict):
                continue
            if "$ref" in node.value and node.kind in self.grammar.referable:
                self._refer(node, node.place.child("$ref"), node.value["$ref"])
            if node.kind is self.grammar.schema and "discriminator" in node.value:
                self._map(node)
            below = [
                Node(node.place.child(*tokens), value, kind) for tokens, kind, value in self.grammar.children(node)
            ]
            below.reverse()
            stack += below

    def reach(self) -> None:
        """Visit what references lead to until nothing new is found; then judge the kinds."""
        done: list[Link[KindT]] = []
        while self.pending:
            link, value = self.pending.popleft()
            done.append(link)
            if key_of(link.target) not in self.nodes:
                node = Node(link.target, value, link.kind)
                self.reached.append(node)
                self.visit(node)
        self.findings.extend(self._wrong_kinds(done))
        self.findings.extend(self._cycles())

    def _refer(self, node: Node[KindT], place: Place, reference: JsonValue) -> None:
        match self.resolver.resolve(place, reference):
            case Finding() as finding:
                self.findings.append(finding)
            case Target(place=target, node=value):
                link = Link(node.place, node.kind, target)
                self.links[key_of(node.place)] = link
                self.pending.append((link, value))

    def _map(self, node: Node[KindT]) -> None:
        place, discriminator = node.place.child("discriminator"), mapping(node.fields.get("discriminator"))
        schemas = mapping(mapping(self._document(node.place).get("components")).get("schemas"))
        targets = [
            (place.child("mapping", value), target) for value, target in mapping(discriminator.get("mapping")).items()
        ]
        if "defaultMapping" in discriminator:
            targets.append((place.child("defaultMapping"), discriminator["defaultMapping"]))
        for spot, target in targets:
            # A value that is the name of a schema wins over a file of that name (OpenAPI 3.1, Discriminator Object).
            reference = f"#/components/schemas/{target}" if text(target) in schemas else target
            self._refer(Node(spot, target, self.grammar.schema), spot, reference)

    def _document(self, place: Place) -> Tree:
        """Return the whole document that *place* is in: another file may have been reached in its middle only."""
        if (node := self.nodes.get((place.path, ""))) is not None:
            return node.fields
        whole = self.resolver.resolve(place, "#")
        return mapping(whole.node) if isinstance(whole, Target) else {}

    def _wrong_kinds(self, links: list[Link[KindT]]) -> Iterator[Finding]:
        for link in links:
            node = self.nodes[key_of(link.target)]
            if node.kind is not link.kind:
                yield error(
                    "reference-wrong-kind",
                    link.place.child("$ref"),
                    f"a {link.kind.value} is expected here, the reference leads to a {node.kind.value}",
                    hint=self._section_hint(link.kind),
                )

    def _section_hint(self, kind: KindT) -> str | None:
        names = [section for section, member in self.grammar.sections.items() if member is kind]
        return f"refer to '{self.grammar.components}{names[0]}/...'" if names else None

    def _cycles(self) -> Iterator[Finding]:
        """References of objects that only lead back to themselves; those of schemas are judged with the schemas."""
        done: set[Key] = set()
        for start, link in self.links.items():
            trail: dict[Key, Link[KindT]] = {}
            key = start
            while link.kind is not self.grammar.schema and key in self.links and key not in done and key not in trail:
                trail[key] = self.links[key]
                key = key_of(self.links[key].target)
            if key in trail:
                related = tuple(Related("through here", member.place) for member in trail.values())
                place = self.links[key].place.child("$ref")
                yield error("reference-cycle", place, f"a {link.kind.value} refers to itself", related=related)
            done.update(trail)
