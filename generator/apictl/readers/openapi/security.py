"""Security schemes and requirements."""

from __future__ import annotations

from collections.abc import Iterator

from apictl.contract.schema import JsonValue
from apictl.contract.security import KeyLocation, SecurityKind, SecurityRequirement, SecurityScheme
from apictl.readers.access import items, mapping, text, texts
from apictl.readers.openapi.inventory import Inventory, Node
from apictl.readers.openapi.kinds import Kind

_HTTP = {"basic": SecurityKind.BASIC, "bearer": SecurityKind.BEARER}


def read_schemes(inventory: Inventory) -> Iterator[SecurityScheme]:
    """Yield the security schemes that the document declares."""
    for name, node in declared_schemes(inventory):
        yield _scheme(name, node)


def declared_schemes(inventory: Inventory) -> Iterator[tuple[str, Node]]:
    """Yield name and object of each security scheme of the components, references followed."""
    components = mapping(inventory.root.fields.get("components"))
    for name in mapping(components.get("securitySchemes")):
        node = inventory.child(inventory.root, "components", "securitySchemes", name)
        if node is not None and node.kind is Kind.SECURITY_SCHEME:
            yield name, node


def read_requirements(value: JsonValue) -> tuple[tuple[SecurityRequirement, ...], ...]:
    """Return the alternatives of a `security` field."""
    return tuple(
        tuple(SecurityRequirement(name, tuple(texts(scopes))) for name, scopes in mapping(alternative).items())
        for alternative in items(value)
    )


def declared_scopes(node: Node) -> set[str]:
    """Return the scopes of all flows of an OAuth2 scheme."""
    flows = mapping(node.fields.get("flows")).values()
    return {scope for flow in flows for scope in mapping(mapping(flow).get("scopes"))}


def _scheme(name: str, node: Node) -> SecurityScheme:
    fields = node.fields
    kind = text(fields.get("type"))
    http_scheme = text(fields.get("scheme")).lower()
    location = text(fields.get("in"))
    return SecurityScheme(
        name=name,
        kind=_HTTP.get(http_scheme, SecurityKind.HTTP) if kind == "http" else SecurityKind(kind),
        place=node.place,
        description=text(fields.get("description")),
        key_name=text(fields.get("name")) if kind == "apiKey" else "",
        key_location=KeyLocation(location) if kind == "apiKey" else None,
        http_scheme=http_scheme if kind == "http" and http_scheme not in _HTTP else "",
        scopes=tuple(sorted(declared_scopes(node))),
    )
