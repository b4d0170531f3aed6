"""Parameters that are the whole query (OpenAPI 3.2, Parameter Object)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from apictl.findings import Finding, Related, error
from apictl.readers.access import mapping
from apictl.readers.openapi.inventory import Inventory
from apictl.readers.openapi.kinds import Kind
from apictl.readers.openapi.routes import Route


def querystring_shared(inventory: Inventory, routes: Sequence[Route]) -> Iterator[Finding]:
    """What is the whole query stands alone, also beside parameters of the path."""
    del inventory
    told: set[tuple[str, str]] = set()
    for route in routes:
        found = [node for node in route.parameters if node.fields.get("in") in {"query", "querystring"}]
        wholes = [node for node in found if node.fields.get("in") == "querystring"]
        others = [node for node in found if node is not wholes[0]] if wholes else []
        key = (others[0].place.path, others[0].place.pointer) if others else ("", "")
        if others and key not in told:
            told.add(key)
            message = f"{route.method} {route.path[:80]} has a parameter that is the whole query, and another one"
            related = (Related("the whole query", wholes[0].place),)
            yield error("querystring-shared", others[0].place, message, related=related)


def querystring_encoding(inventory: Inventory) -> Iterator[Finding]:
    """The fields of a query are written in the usual way."""
    for node in inventory.of(Kind.PARAMETER):
        if node.fields.get("in") != "querystring":
            continue
        for name in mapping(node.fields.get("content")):
            media = inventory.child(node, "content", name)
            if media is not None and mapping(media.fields.get("encoding")):
                place = media.place.child("encoding")
                message = "an encoding of the fields of a query is not supported"
                hint = "remove it, or declare each field as a parameter with 'in: query'"
                yield error("querystring-encoding", place, message, hint=hint)
