"""Operations where they stand: under paths, webhooks and callbacks, each with an id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from apictl.contract.definition import View
from apictl.findings import Finding, info
from apictl.readers.access import items, mapping, text
from apictl.readers.openapi.inventory import Inventory, Node
from apictl.readers.openapi.kinds import METHODS, Kind
from apictl.readers.schemas.names import pascal, short_hash
from apictl.readers.templates import TEMPLATE


@dataclass(frozen=True, slots=True)
class Route:
    """An operation with what it inherits from where it stands.

    Attributes:
        id: declared or derived; "" before it is derived.
        method: as in a request: in upper case; among `additionalOperations` as written.
        path: template, name of the webhook, or expression of the callback.
        item: the path item (after its `$ref`).
        operation: the operation.
        steps: from the path item to the operation.
        holder: the path item where it is used (before its `$ref`).
        parameters: the path item's, then its own, which replace those of equal name; behind their references.
    """

    id: str
    method: str
    path: str
    item: Node
    operation: Node
    steps: tuple[str, ...]
    holder: Node
    parameters: tuple[Node, ...]

    @property
    def is_named(self) -> bool:
        """Whether the document gives the id."""
        return bool(text(self.operation.fields.get("operationId")))

    @property
    def verb(self) -> str:
        """What an id calls the method: `get`, or `copyTo` for `COPY-TO`."""
        word = pascal(self.method.replace("-", "_"))
        return word.lower() if word.isupper() else word[:1].lower() + word[1:]

    @property
    def is_under_paths(self) -> bool:
        """Whether the operation is the service's own: neither a webhook nor of a callback."""
        pointer = self.holder.place.pointer
        return pointer.startswith("/paths/~1") and pointer.count("/") == 2  # noqa: PLR2004 - "/paths/" and one name

    @property
    def asks(self) -> View:
        """The side that its requests travel in: those of webhooks and callbacks are made by the service itself."""
        return View.REQUEST if self.is_under_paths else View.RESPONSE

    @property
    def answers(self) -> View:
        """The side that its responses travel in."""
        return View.RESPONSE if self.is_under_paths else View.REQUEST


def declared_routes(inventory: Inventory, section: str) -> Iterator[Route]:
    """Yield the operations under *section* (`paths` or `webhooks`) with the ids as declared."""
    for path in mapping(inventory.root.fields.get(section)):
        holder = inventory.nodes.get((inventory.root.place.path, inventory.root.place.child(section, path).pointer))
        if holder is not None:
            yield from item_routes(inventory, holder, path)


def item_routes(inventory: Inventory, holder: Node, path: str) -> Iterator[Route]:
    """Yield the operations of the path item *holder*, in the document's order."""
    item = inventory.resolve(holder)
    for method, steps in _operations_in(item):
        operation = inventory.child(item, *steps)
        if operation is not None and operation.kind is Kind.OPERATION:
            parameters = _merged_parameters(inventory, item, operation)
            name = text(operation.fields.get("operationId"))
            yield Route(name, method, path, item, operation, steps, holder, parameters)


def _operations_in(item: Node) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, value in item.fields.items():
        if name in METHODS:
            yield name.upper(), (name,)
        elif name == "additionalOperations":
            # Methods differ by case (OpenAPI 3.2, Path Item Object).
            for method in mapping(value):
                yield method, (name, method)


def _merged_parameters(inventory: Inventory, item: Node, operation: Node) -> tuple[Node, ...]:
    merged: dict[tuple[str, str], Node] = {}
    for holder in (item, operation):
        for index in range(len(items(holder.fields.get("parameters")))):
            node = inventory.child(holder, "parameters", index)
            if node is not None and node.kind is Kind.PARAMETER:
                merged[text(node.fields.get("name")), text(node.fields.get("in"))] = node
    return tuple(merged.values())


def with_ids(routes: list[Route]) -> tuple[list[Route], list[Finding]]:
    """Return *routes* with an id each, and a note for each that was derived."""
    taken = Counter(route.id for route in routes if route.is_named)
    wanted = Counter(derived_id(route) for route in routes if not route.is_named)
    result: list[Route] = []
    findings: list[Finding] = []
    for route in routes:
        if not route.is_named:
            name = derived_id(route)
            if name in taken or wanted[name] > 1:
                name += short_hash(f"{route.steps[-1]} {route.path}")
            message = f"{route.method} {route.path} has no operationId, {name!r} is used"
            findings.append(info("operation-id-missing", route.operation.place.key(), message[:200]))
            route = replace(route, id=name)  # noqa: PLW2901
        result.append(route)
    return result, findings


def derived_id(route: Route) -> str:
    """Return an id made of method and path: `getPetsByPetId` for `GET /pets/{petId}`."""
    words = TEMPLATE.sub(lambda match: f" By {pascal(match[1])} ", route.path)
    return route.verb + pascal(words)
