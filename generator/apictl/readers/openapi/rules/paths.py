"""Paths: templates, their parameters, and what is declared twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from apictl.contract.path_shapes import Shape, shape_of
from apictl.findings import Finding, Place, Related, Severity, error, warning
from apictl.readers.access import items, key_of, mapping, text
from apictl.readers.openapi.inventory import Inventory
from apictl.readers.openapi.kinds import Kind
from apictl.readers.openapi.operations import is_ignored
from apictl.readers.openapi.routes import Route
from apictl.readers.templates import TEMPLATE

_OF_OTHERS: Final = "of a service that others run, which `external: true` in apictl.yaml says, clients are generated"


def path_template_malformed(inventory: Inventory) -> Iterator[Finding]:
    """A brace without its partner, an unnamed or repeated parameter (OpenAPI 3.1, Path Templating)."""
    for path, place in _paths(inventory):
        names = TEMPLATE.findall(path)
        rest = TEMPLATE.sub("", path)
        if "{" in rest or "}" in rest or "" in names:
            yield error("path-template-malformed", place.key(), f"path {path[:80]!r} has a brace that encloses no name")
        elif len(names) != len(set(names)):
            yield error("path-template-malformed", place.key(), f"path {path[:80]!r} names a parameter twice")


def path_fragment(inventory: Inventory) -> Iterator[Finding]:
    """A fragment never leaves the client (RFC 9110, 4.2.5), so it can't tell requests apart."""
    for path, place in _paths(inventory):
        if "#" in TEMPLATE.sub("", path):
            message = f"path {path[:80]!r} has a fragment, which no request carries"
            hint = f"merge its operations into those of the path before the '#', or write it as '%23'; {_OF_OTHERS}"
            yield error("path-fragment", place.key(), message, hint=hint)


def path_query_parameter(inventory: Inventory) -> Iterator[Finding]:
    """Path parameters mark sections of the path (OpenAPI 3.1, Path Templating), which ends at the query."""
    for path, place in _paths(inventory):
        pieces = TEMPLATE.split(path)  # literals and names by turns
        begin = next((index for index, piece in enumerate(pieces[::2]) if "?" in piece), len(pieces))
        names = pieces[1::2][begin:]
        if names:
            message = f"path {path[:80]!r} has parameter {names[0][:60]!r} in its query"
            hint = "declare it as a parameter with 'in: query'"
            yield error("path-query-parameter", place.key(), message, hint=hint)


def path_duplicate(inventory: Inventory, routes: Sequence[Route]) -> Iterator[Finding]:
    """Two templates that differ in names only are the same path (OpenAPI 3.1, Paths Object).

    So are two that differ in the order of a fixed query. While they share no method, requests can still be told apart;
    then it is a warning.
    """
    methods: dict[str, set[str]] = {}
    for route in _under_paths(routes):
        methods.setdefault(route.path, set()).add(route.method)
    shapes: dict[Shape, tuple[str, Place]] = {}
    for path, place in _paths(inventory):
        first, spot = shapes.setdefault(shape_of(path), (path, place))
        if first == path:
            continue
        shared = sorted(methods.get(first, set()) & methods.get(path, set()))
        message = f"paths {first[:80]!r} and {path[:80]!r} are the same"
        related = (Related("first declared here", spot.key()),)
        severity = Severity.ERROR if shared else Severity.WARNING
        hint = f"write both in the same way{f'; {_OF_OTHERS}' if shared else ''}"
        yield Finding("path-duplicate", severity, message, place.key(), related, hint)


def operation_id_duplicate(inventory: Inventory, routes: Sequence[Route]) -> Iterator[Finding]:
    """An operationId is used once (OpenAPI 3.1, Operation Object)."""
    first: dict[str, Route] = {}
    for route in routes:
        if not route.is_named:
            continue
        other = first.setdefault(route.id, route)
        if other is not route:
            related = (Related("first used here", other.operation.place.child("operationId")),)
            place = route.operation.place.child("operationId")
            message = f"operationId {route.id[:80]!r} is used twice"
            yield error("operation-id-duplicate", place, message, related=related)
    del inventory


def parameter_duplicate(inventory: Inventory) -> Iterator[Finding]:
    """A list of parameters has each name once in each location (OpenAPI 3.1, Operation Object)."""
    for kind in (Kind.PATH_ITEM, Kind.OPERATION):
        for holder in inventory.of(kind):
            seen: dict[tuple[str, str], Place] = {}
            for index in range(len(items(holder.fields.get("parameters")))):
                node = inventory.child(holder, "parameters", index)
                if node is None:
                    continue
                place = holder.place.child("parameters", index)
                identity = text(node.fields.get("name")), text(node.fields.get("in"))
                first = seen.setdefault(identity, place)
                if first is not place:
                    message = f"{identity[1]} parameter {identity[0][:60]!r} is declared twice"
                    yield error("parameter-duplicate", place, message, related=(Related("first here", first),))


def header_parameter_ignored(inventory: Inventory) -> Iterator[Finding]:
    """Accept, Content-Type and Authorization are described elsewhere (OpenAPI 3.1, Parameter Object)."""
    for node in inventory.of(Kind.PARAMETER):
        if is_ignored(node):
            name = text(node.fields.get("name"))
            hint = "declare a security scheme" if name.lower() == "authorization" else "declare it under 'content'"
            yield warning("header-parameter-ignored", node.place, f"header parameter {name!r} is ignored", hint=hint)


def path_item_reference_siblings(inventory: Inventory) -> Iterator[Finding]:
    """What stands beside a path item's reference has no defined meaning (OpenAPI 3.1, Path Item Object)."""
    for link in inventory.links.values():
        if link.kind is not Kind.PATH_ITEM:
            continue
        fields = inventory.nodes[key_of(link.place)].fields
        beside = [k for k in fields if k not in {"$ref", "summary", "description"} and not k.startswith("x-")]
        if beside:
            message = f"{beside[0]!r} stands beside a '$ref', which OpenAPI leaves undefined"
            yield error("path-item-reference-siblings", link.place.child(beside[0]).key(), message)


def _paths(inventory: Inventory) -> Iterator[tuple[str, Place]]:
    place = inventory.root.place.child("paths")
    for path in mapping(inventory.root.fields.get("paths")):
        if path.startswith("/"):
            yield path, place.child(path)


def _under_paths(routes: Sequence[Route]) -> Iterator[Route]:
    return (route for route in routes if route.is_under_paths)
