"""Security of servers and operations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from apictl.contract.security import SecurityRequirement, SecurityScheme
from apictl.readers.access import Key, items, key_of, mapping, text, texts
from apictl.readers.asyncapi.kinds import Inventory, Kind, Node
from apictl.readers.asyncapi.traits import Part
from apictl.readers.asyncapi.version import Version
from apictl.readers.schemas.names import short_hash
from apictl.readers.security import read_requirements, read_scheme


def declared_schemes(inventory: Inventory) -> Iterator[tuple[str, Node]]:
    """Yield name and object of each security scheme of the components, references followed."""
    components = mapping(inventory.root.fields.get("components"))
    for name in mapping(components.get("securitySchemes")):
        node = inventory.child(inventory.root, "components", "securitySchemes", name)
        if node is not None and node.kind is Kind.SECURITY_SCHEME:
            yield name, node


def event_schemes(inventory: Inventory) -> dict[str, Node]:
    """Return the security schemes by name: those of the components, then those that stand where they are used."""
    result = dict(declared_schemes(inventory))
    known = {key_of(node.place) for node in result.values()}
    for node in inventory.of(Kind.SECURITY_SCHEME):
        if key_of(node.place) not in known:
            name = text(node.fields.get("type"))
            result[name if name not in result else name + short_hash(node.place.pointer, 8)] = node
    return result


def read_event_schemes(inventory: Inventory) -> Iterator[SecurityScheme]:
    """Yield the security schemes of the document."""
    for name, node in event_schemes(inventory).items():
        yield read_scheme(name, node.fields, node.place)


def scheme_names(inventory: Inventory) -> dict[Key, str]:
    """Return the names of the security schemes by what identifies them."""
    return {key_of(node.place): name for name, node in event_schemes(inventory).items()}


def requirements(
    inventory: Inventory, part: Part | None, names: Mapping[Key, str], *, version: Version
) -> tuple[tuple[SecurityRequirement, ...], ...]:
    """Return what a `security` field asks for; AsyncAPI 3 lists the schemes themselves, which have *names*."""
    if part is None:
        return ()
    if version.is_second:
        return read_requirements(part.value)
    return tuple(_listed(inventory, part, names))


def _listed(inventory: Inventory, part: Part, names: Mapping[Key, str]) -> Iterator[tuple[SecurityRequirement, ...]]:
    for index in range(len(items(part.value))):
        node = inventory.nodes.get(key_of(part.place.child(index)))
        target = None if node is None else inventory.resolve(node)
        if target is not None and key_of(target.place) in names:
            scopes = tuple(texts(target.fields.get("scopes")))
            yield (SecurityRequirement(names[key_of(target.place)], scopes),)
