"""Definitions: the schemas with a name, components first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from apictl.contract.definition import Definition, View
from apictl.contract.schema import JsonValue
from apictl.findings import Place
from apictl.readers.access import Key, Tree, key_of, reference
from apictl.readers.schemas.convert import Converter
from apictl.readers.schemas.graph import SchemaGraph, SchemaNode
from apictl.readers.schemas.naming import Naming, Site


def component_sites(graph: SchemaGraph, place: Place, schemas: Tree) -> Iterator[Site]:
    """Yield the components *schemas* at *place*; what only stands for a schema of another file lends it its name."""
    for name, value in schemas.items():
        target = _elsewhere(graph, place.child(name), value)
        node = target or SchemaNode(place.child(name), value)
        yield Site(node.place, node.value, name, is_component=True)


def component_aliases(graph: SchemaGraph, place: Place, schemas: Tree) -> dict[Key, Key]:
    """Components that only stand for a schema of another file: both are one definition, under the component's name."""
    result: dict[Key, Key] = {}
    for name, value in schemas.items():
        target = _elsewhere(graph, place.child(name), value)
        if target is not None:
            result[key_of(place.child(name))] = key_of(target.place)
    return result


def with_aliases(names: Mapping[Key, str], aliases: Mapping[Key, Key]) -> dict[Key, str]:
    """Return *names* with those of what only stands for another schema."""
    return dict(names) | {alias: names[target] for alias, target in aliases.items()}


def _elsewhere(graph: SchemaGraph, place: Place, value: JsonValue) -> SchemaNode | None:
    if not isinstance(value, dict) or reference(value) is None or len(value) > 1:
        return None
    target = graph.target(place)
    return target if target is not None and target.place.path != place.path else None


def definitions_of(graph: SchemaGraph, converter: Converter, naming: Naming) -> dict[str, Definition]:
    """Return the definitions by name, in order of first appearance."""
    result: dict[str, Definition] = {}
    for key, name in naming.names.items():
        node = graph.schemas[key]
        if name not in result:
            schema = converter.definition(node.place, node.value)
            result[name] = Definition(name, schema, node.place, View.BOTH, name)
    return result
