"""Links of responses, and the operations that they lead to."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from apictl.contract.links import Link
from apictl.findings import Finding, Place
from apictl.readers.access import key_of, mapping, text
from apictl.readers.openapi.inventory import Inventory, Node
from apictl.readers.openapi.kinds import Kind
from apictl.readers.openapi.servers import server_url
from apictl.source.references import address_of


def read_links(inventory: Inventory, response: Node) -> Iterator[Link]:
    """Yield the links of *response*, references followed."""
    for name in mapping(response.fields.get("links")):
        node = inventory.child(response, "links", name)
        if node is None or node.kind is not Kind.LINK:
            continue
        fields = node.fields
        reference = text(fields.get("operationRef"))
        yield Link(
            name=name,
            place=node.place,
            operation_id=text(fields.get("operationId")),
            operation_ref=reference,
            target=_target(inventory, node.place, reference) if reference else None,
            parameters=MappingProxyType(mapping(fields.get("parameters"))),
            body=fields.get("requestBody"),
            server=server_url(mapping(fields.get("server"))),
            description=text(fields.get("description")),
        )


def _target(inventory: Inventory, place: Place, reference: str) -> Place | None:
    """Return where the operation is that *reference* leads to; no document is read for it, as it may be elsewhere."""
    address = address_of(place.child("operationRef"), reference)
    if isinstance(address, Finding):
        return None
    at = Place(address.path)
    for token in address.tokens:
        at = at.child(token)
        node = inventory.nodes.get(key_of(at))
        at = at if node is None else inventory.resolve(node).place
    found = inventory.nodes.get(key_of(at))
    return found.place if found is not None and found.kind is Kind.OPERATION else None
