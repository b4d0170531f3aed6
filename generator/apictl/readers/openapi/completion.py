"""What an operation needs and its document leaves out, where only one thing can be meant."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import Final

from apictl.contract.operation import Parameter, ParameterLocation, Response, Style
from apictl.contract.schema import JsonValue
from apictl.findings import Finding, warning
from apictl.readers.access import Tree, items, mapping, text
from apictl.readers.openapi.inventory import Inventory
from apictl.readers.openapi.routes import Route
from apictl.readers.templates import TEMPLATE

STATUS_OF_NOTHING: Final = "204"
"""The success of an operation that declares none: the service did it and has nothing to say."""
_SUCCESSES: Final = ("1", "2", "3", "d")


def undeclared_path_parameters(route: Route) -> list[str]:
    """Return the names in the template of *route* that no parameter declares."""
    if not route.is_under_paths:
        return []
    declared = {text(node.fields.get("name")) for node in route.parameters if node.fields.get("in") == "path"}
    return [name for name in dict.fromkeys(TEMPLATE.findall(route.path)) if name and name not in declared]


def lacks_success(route: Route) -> bool:
    """Whether *route* declares failures at most."""
    statuses = mapping(route.operation.fields.get("responses"))
    return route.is_under_paths and not any(status.startswith(_SUCCESSES) for status in statuses)


def added_parameters(route: Route) -> Iterator[Parameter]:
    """Yield a string for each name in the template that is not declared."""
    for name in undeclared_path_parameters(route):
        yield Parameter(
            name=name,
            location=ParameterLocation.PATH,
            schema={"type": "string"},
            place=route.operation.place,
            is_required=True,
            style=Style.SIMPLE,
            explode=False,
        )


def added_responses(route: Route) -> Iterator[Response]:
    """Yield the success that is not declared."""
    if lacks_success(route):
        yield Response(STATUS_OF_NOTHING, route.operation.place)


def completion_findings(inventory: Inventory, routes: Sequence[Route]) -> Iterator[Finding]:
    """An operation can succeed (OpenAPI 3.1, Responses Object)."""
    for route in routes:
        where = f"{route.method} {route.path[:80]}"
        if lacks_success(route):
            hint = f"{STATUS_OF_NOTHING} is taken; declare what the operation answers"
            place = route.operation.place.key()
            yield warning("response-success-undeclared", place, f"{where} declares no success", hint=hint)
    del inventory


def completed(tree: Tree, routes: Sequence[Route]) -> Tree:
    """Return the document *tree* with what its operations leave out."""
    paths = dict(mapping(tree.get("paths")))
    for route in routes:
        names = undeclared_path_parameters(route)
        if not names and not lacks_success(route):
            continue
        item = mapping(paths[route.path])
        if route.steps[0] not in item:  # what a reference leads to is completed where it is used
            item = route.item.fields
        operation = dict(_node(item, route.steps))
        if names:
            operation["parameters"] = [*items(operation.get("parameters")), *map(_declaration, names)]
        if lacks_success(route):
            nothing: JsonValue = {STATUS_OF_NOTHING: {"description": "Done."}}
            operation["responses"] = mapping(operation.get("responses")) | mapping(nothing)
        paths[route.path] = _with_node(item, route.steps, operation)
    return tree | {"paths": paths} if paths else tree


def _node(tree: Tree, steps: tuple[str, ...]) -> Tree:
    return functools.reduce(lambda node, step: mapping(node.get(step)), steps, tree)


def _with_node(tree: Tree, steps: tuple[str, ...], node: Tree) -> Tree:
    first, *rest = steps
    return tree | {first: _with_node(mapping(tree.get(first)), tuple(rest), node) if rest else node}


def _declaration(name: str) -> JsonValue:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
