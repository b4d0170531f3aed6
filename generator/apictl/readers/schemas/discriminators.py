"""Discriminators: which value means which branch (OpenAPI 3.1, Discriminator Object)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from apictl.contract.schema import JsonValue, definition_reference
from apictl.findings import Place
from apictl.readers.access import Key, Tree, items, key_of, mapping, reference, text
from apictl.readers.schemas.graph import SchemaGraph, SchemaNode
from apictl.readers.schemas.naming import place_name

_DEEPEST: Final = 50


def mapped_definitions(graph: SchemaGraph, names: Mapping[Key, str], place: Place, node: Tree) -> Tree:
    """Return the discriminator of *node* with each value, also an implicit one, mapped to `#/$defs/<name>`."""
    values: Tree = {}
    for target, meanings in _meanings(graph, place, node).items():
        if target in names:
            values |= dict.fromkeys(meanings, definition_reference(names[target])["$ref"])
    return {"propertyName": property_name(node), "mapping": values}


def completed_branches(graph: SchemaGraph, place: Place, node: Tree, keyword: str) -> list[Tree]:
    """Return what each branch of the union lacks to be told by its value; empty where it lacks nothing."""
    meanings = _meanings(graph, place, node)
    branches = items(node.get(keyword))
    targets = [_target(graph, place.child(keyword, index), branch) for index, branch in enumerate(branches)]
    uses = Counter(value for target in targets if target for value in meanings.get(key_of(target.place), []))
    default = graph.target(default_mapping(place))
    completions: list[Tree] = []
    for target in targets:
        values = [] if target is None else meanings.get(key_of(target.place), [])
        if target is None:
            completions.append({})
        elif default is not None and target.place == default.place:
            completions.append(_otherwise(property_name(node), sorted(set(uses) - set(values))))
        else:
            completions.append(_completion(graph, target, property_name(node), values, uses))
    return completions


def default_mapping(place: Place) -> Place:
    """Return where the schema at *place* names the branch of values that no other one means."""
    return place.child("discriminator", "defaultMapping")


def _otherwise(name: str, values: list[str]) -> Tree:
    """What is neither of *values*, be it that the property is missing (OpenAPI 3.2, Discriminator Object)."""
    if not values:
        return {}
    return {"not": {"properties": {name: {"enum": list[JsonValue](values)}}, "required": [name]}}


def property_name(node: Tree) -> str:
    """Return the name of the discriminating property, which AsyncAPI writes alone (AsyncAPI 3.0, Schema Object)."""
    written = node.get("discriminator")
    return written if isinstance(written, str) else text(mapping(written).get("propertyName"))


def _completion(graph: SchemaGraph, target: SchemaNode, name: str, values: list[str], uses: Counter[str]) -> Tree:
    if not values or any(uses[value] > 1 for value in values):
        return {}
    declared = find_property(graph, target, name)
    if declared is None or not _leaves_open(graph, declared, values):
        return {}
    constraint: Tree = {"const": values[0]} if len(values) == 1 else {"enum": list[JsonValue](values)}
    return {"properties": {name: constraint}, "required": [name]}


def _leaves_open(graph: SchemaGraph, declared: SchemaNode, values: list[str]) -> bool:
    """Whether the property takes more than *values*, all of them included."""
    allowed = _Texts(graph).of(declared)
    return allowed is None or (len(allowed) > len(values) and allowed.issuperset(values))


class _Texts:
    """Finds the texts that schemas take, as far as they name them, and not too many schemas away."""

    def __init__(self, graph: SchemaGraph) -> None:
        self._graph = graph
        self._depth = 0
        self._known: dict[Key, frozenset[str] | None] = {}

    def of(self, schema: SchemaNode) -> frozenset[str] | None:
        """Return the texts that *schema* takes; None for any."""
        node = self._graph.follow(schema.place, schema.value)
        key = key_of(node.place)
        if key not in self._known and self._depth < _DEEPEST:
            self._known[key] = None  # a schema within itself adds nothing
            self._depth += 1
            found = [each for each in self._each(node) if each is not None]
            self._depth -= 1
            self._known[key] = frozenset.intersection(*found) if found else None
        return self._known.get(key)

    def _each(self, node: SchemaNode) -> Iterator[frozenset[str] | None]:
        """Yield the texts that each keyword leaves."""
        fields = mapping(node.value)
        if "const" in fields:
            yield _named([fields["const"]])
        if "enum" in fields:
            yield _named(items(fields["enum"]))
        if fields.get("type", "string") not in ("string", ["string"]) and "enum" not in fields:
            yield frozenset()
        yield from self._branches(node, "allOf")
        for keyword in ("anyOf", "oneOf"):
            branches = list(self._branches(node, keyword))
            found = [each for each in branches if each is not None]
            if branches and len(found) == len(branches):
                yield frozenset().union(*found)

    def _branches(self, node: SchemaNode, keyword: str) -> Iterator[frozenset[str] | None]:
        for index, branch in enumerate(items(mapping(node.value).get(keyword))):
            yield self.of(SchemaNode(node.place.child(keyword, index), branch))


def _named(values: Iterable[JsonValue]) -> frozenset[str]:
    return frozenset(value for value in values if isinstance(value, str))


def find_property(graph: SchemaGraph, start: SchemaNode, name: str) -> SchemaNode | None:
    """Return the schema of property *name* of an object, through references and `allOf`; None when undeclared."""
    stack, seen = [start], set[Key]()
    while stack:
        node = stack.pop()
        node = graph.follow(node.place, node.value)
        if key_of(node.place) in seen:
            continue
        seen.add(key_of(node.place))
        fields = mapping(node.value)
        properties = mapping(fields.get("properties"))
        if name in properties:
            return SchemaNode(node.place.child("properties", name), properties[name])
        parts = [
            SchemaNode(node.place.child("allOf", index), part) for index, part in enumerate(items(fields.get("allOf")))
        ]
        stack.extend(reversed(parts))
        target = graph.target(node.place) if reference(fields) else None
        if target is not None:
            stack.append(target)
    return None


def _meanings(graph: SchemaGraph, place: Place, node: Tree) -> dict[Key, list[str]]:
    """The values that mean each schema: the declared ones, else its own name."""
    result: dict[Key, list[str]] = {}
    spot = place.child("discriminator", "mapping")
    for value in mapping(mapping(node.get("discriminator")).get("mapping")):
        target = graph.target(spot.child(value))
        if target is not None:
            result.setdefault(key_of(target.place), []).append(value)
    for keyword in ("oneOf", "anyOf"):
        for index, branch in enumerate(items(node.get(keyword))):
            target = _target(graph, place.child(keyword, index), branch)
            if target is not None:
                result.setdefault(key_of(target.place), [place_name(target.place)])
    return result


def _target(graph: SchemaGraph, place: Place, branch: JsonValue) -> SchemaNode | None:
    return graph.target(place) if reference(branch) is not None else None
