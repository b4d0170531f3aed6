"""Security schemes of OpenAPI documents."""

from __future__ import annotations

from collections.abc import Iterator

from apictl.contract.security import SecurityScheme
from apictl.readers.access import mapping
from apictl.readers.openapi.inventory import Inventory, Node
from apictl.readers.openapi.kinds import Kind
from apictl.readers.security import read_scheme


def read_schemes(inventory: Inventory) -> Iterator[SecurityScheme]:
    """Yield the security schemes that the document declares."""
    for name, node in declared_schemes(inventory):
        yield read_scheme(name, node.fields, node.place)


def declared_schemes(inventory: Inventory) -> Iterator[tuple[str, Node]]:
    """Yield name and object of each security scheme of the components, references followed."""
    components = mapping(inventory.root.fields.get("components"))
    for name in mapping(components.get("securitySchemes")):
        node = inventory.child(inventory.root, "components", "securitySchemes", name)
        if node is not None and node.kind is Kind.SECURITY_SCHEME:
            yield name, node
