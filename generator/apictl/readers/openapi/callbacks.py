"""Callbacks: the requests that an operation announces, with ids of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from apictl.findings import Finding, error
from apictl.readers.access import Key, key_of, mapping
from apictl.readers.openapi.inventory import Inventory
from apictl.readers.openapi.kinds import Kind
from apictl.readers.openapi.routes import Route, item_routes
from apictl.readers.schemas.names import pascal, short_hash
from apictl.readers.schemas.naming import place_name


def callback_routes(inventory: Inventory, route: Route) -> Iterator[tuple[str, str, list[Route]]]:
    """Yield each callback of *route*: its name, an expression, and what is requested there."""
    for name in mapping(route.operation.fields.get("callbacks")):
        holder = inventory.nodes.get(key_of(route.operation.place.child("callbacks", name)))
        if holder is None:
            continue
        node = inventory.resolve(holder)
        if node.kind is not Kind.CALLBACK:
            continue
        # A shared callback is named after itself, not after the first operation that uses it.
        prefix = route.id + pascal(name) if node is holder else place_name(node.place)
        expressions = [expression for expression in node.fields if not expression.startswith("x-")]
        for expression in expressions:
            item = inventory.nodes.get(key_of(node.place.child(expression)))
            if item is not None:
                apart = short_hash(expression) if len(expressions) > 1 else ""
                routes = item_routes(inventory, item, expression)
                yield name, expression, [_with_id(below, prefix + apart) for below in routes]


def with_callbacks(inventory: Inventory, routes: list[Route]) -> tuple[list[Route], list[Finding]]:
    """Return *routes* with everything their callbacks request, and an error for a callback that leads to itself."""
    result: list[Route] = []
    findings: list[Finding] = []
    seen: set[Key] = set()
    stack: list[tuple[Route, frozenset[Key]]] = [(route, frozenset()) for route in reversed(routes)]
    while stack:
        route, above = stack.pop()
        key = key_of(route.operation.place)
        if key in above:
            message = f"callbacks of {route.method} {route.path} lead back to it"[:200]
            findings.append(error("reference-cycle", route.operation.place, message))
            continue
        if key in seen:
            continue
        seen.add(key)
        result.append(route)
        below = [nested for _, _, nested_routes in callback_routes(inventory, route) for nested in nested_routes]
        stack.extend((nested, above | {key}) for nested in reversed(below))
    return result, findings


def _with_id(route: Route, prefix: str) -> Route:
    return route if route.is_named else replace(route, id=prefix + pascal(route.verb))
