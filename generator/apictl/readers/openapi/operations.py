"""Operations of paths, webhooks and callbacks."""

from __future__ import annotations

from collections.abc import Iterator

from apictl.contract.operation import Callback, Operation, Parameter, RequestBody, Response
from apictl.findings import Place
from apictl.readers.access import Tree, items, mapping, text, texts, written
from apictl.readers.openapi.bodies import IGNORED_HEADERS, read_parameter, read_request_body, read_response
from apictl.readers.openapi.callbacks import callback_routes
from apictl.readers.openapi.completion import added_parameters, added_responses
from apictl.readers.openapi.inventory import Node
from apictl.readers.openapi.pagination import read_pagination
from apictl.readers.openapi.routes import Route
from apictl.readers.openapi.schema_edge import SchemaEdge
from apictl.readers.openapi.servers import read_servers
from apictl.readers.security import read_requirements


def read_operation(edge: SchemaEdge, route: Route) -> Operation:
    """Return the operation of *route*."""
    fields = route.operation.fields
    return Operation(
        id=route.id,
        method=route.method,
        path=route.path,
        place=route.operation.place,
        summary=text(fields.get("summary")) or text(route.item.fields.get("summary")),
        description=text(fields.get("description")) or text(route.item.fields.get("description")),
        tag=next(iter(texts(fields.get("tags"))), ""),
        is_deprecated=fields.get("deprecated") is True,
        parameters=tuple(_parameters(edge, route)),
        request_body=_request_body(edge, route),
        responses=tuple(_responses(edge, route)),
        # The document's requirements hold unless the operation has its own, be it none (OpenAPI 3.1, Operation Object).
        security=read_requirements(fields.get("security", edge.inventory.root.fields.get("security"))),
        callbacks=tuple(_callbacks(edge, route)),
        servers=tuple(server.url for server in read_servers(_server_holder(route))),
        tags=tuple(texts(fields.get("tags"))),
        has_declared_id=route.is_named,
        security_place=_security_place(edge, route),
        sunset=written(fields.get("x-sunset")),
        stability=written(fields.get("x-stability-level")),
        pagination=read_pagination(route.operation),
    )


def _security_place(edge: SchemaEdge, route: Route) -> Place | None:
    holders = (route.operation, edge.inventory.root)
    return next((holder.place.child("security") for holder in holders if "security" in holder.fields), None)


def _parameters(edge: SchemaEdge, route: Route) -> Iterator[Parameter]:
    for node in route.parameters:
        if not is_ignored(node):
            yield read_parameter(edge, node, route.asks)
    yield from added_parameters(route)


def is_ignored(parameter: Node) -> bool:
    """Whether *parameter* is a header that OpenAPI describes elsewhere (OpenAPI 3.1, Parameter Object)."""
    name = text(parameter.fields.get("name")).lower()
    return parameter.fields.get("in") == "header" and name in IGNORED_HEADERS


def _request_body(edge: SchemaEdge, route: Route) -> RequestBody | None:
    node = edge.inventory.child(route.operation, "requestBody")
    if node is None or not mapping(node.fields.get("content")):
        return None
    return read_request_body(edge, node, route.asks)


def _responses(edge: SchemaEdge, route: Route) -> Iterator[Response]:
    for status in mapping(route.operation.fields.get("responses")):
        node = edge.inventory.child(route.operation, "responses", status)
        if node is not None:
            yield read_response(edge, status, node, side=route.answers)
    yield from added_responses(route)


def _callbacks(edge: SchemaEdge, route: Route) -> Iterator[Callback]:
    for name, expression, routes in callback_routes(edge.inventory, route):
        yield Callback(name, expression, tuple(read_operation(edge, below) for below in routes))


def _server_holder(route: Route) -> Tree:
    return next((node.fields for node in (route.operation, route.item) if items(node.fields.get("servers"))), {})
