"""Parameters, headers and bodies with the document's defaults filled in."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from apictl.contract.definition import View
from apictl.contract.operation import (
    Encoding,
    Header,
    MediaType,
    Parameter,
    ParameterLocation,
    RequestBody,
    Response,
    Style,
)
from apictl.contract.schema import Schema
from apictl.readers.access import items, mapping, text, written
from apictl.readers.openapi.inventory import Node
from apictl.readers.openapi.links import read_links
from apictl.readers.openapi.schema_edge import SchemaEdge

IGNORED_HEADERS: Final = frozenset({"accept", "authorization", "content-type"})
"""Header parameters that are ignored (OpenAPI 3.1, Parameter Object)."""

FORM: Final = "application/x-www-form-urlencoded"

JOINED: Final = "x-apictl-joined"
"""Marks an array whose items are joined before the field is escaped, commas included (Swagger 2.0, `csv`)."""

_DEFAULT_STYLES: Final = {
    ParameterLocation.PATH: Style.SIMPLE,
    ParameterLocation.QUERY: Style.FORM,
    ParameterLocation.QUERYSTRING: Style.FORM,
    ParameterLocation.HEADER: Style.SIMPLE,
    ParameterLocation.COOKIE: Style.FORM,
}


def essence_of(media_type: str) -> str:
    """Return *media_type* without its parameters, in lower case."""
    return media_type.partition(";")[0].strip().lower()


def read_parameter(edge: SchemaEdge, node: Node, side: View) -> Parameter:
    """Return the parameter at *node*, which is no reference, as *side* sees it."""
    fields = node.fields
    location = ParameterLocation(text(fields.get("in")))
    style = Style(text(fields.get("style"))) if "style" in fields else _DEFAULT_STYLES[location]
    media = _only_content(edge, node)
    return Parameter(
        name=text(fields.get("name")),
        location=location,
        schema=_value_schema(edge, node, side),
        place=node.place,
        description=text(fields.get("description")),
        # A parameter of the path is required whatever else is said (OpenAPI 3.1, Parameter Object).
        is_required=fields.get("required") is True or location is ParameterLocation.PATH,
        is_deprecated=fields.get("deprecated") is True,
        style=style,
        explode=fields.get("explode", style in {Style.FORM, Style.COOKIE}) is True,
        allow_reserved=fields.get("allowReserved") is True,
        # Valid only for a query (OpenAPI 3.1, Parameter Object, allowEmptyValue).
        allow_empty=fields.get("allowEmptyValue") is True and location is ParameterLocation.QUERY,
        media_type=None if media is None else media[0],
        examples=edge.examples(node) if media is None else edge.examples(media[1]),
        sunset=written(fields.get("x-sunset")),
        stability=written(fields.get("x-stability-level")),
    )


def read_request_body(edge: SchemaEdge, node: Node, side: View) -> RequestBody:
    """Return the request body at *node*, which is no reference, as *side* sees it."""
    return RequestBody(
        contents=tuple(_contents(edge, node, side)),
        place=node.place,
        description=text(node.fields.get("description")),
        is_required=node.fields.get("required") is True,
    )


def read_response(edge: SchemaEdge, status: str, node: Node, *, side: View) -> Response:
    """Return the response at *node*, which is no reference, under its status and as *side* sees it."""
    headers = _headers(edge, node, side)
    return Response(
        status=status if status == "default" else status.upper(),
        place=node.place,
        # A response may have a summary alone (OpenAPI 3.2, Response Object).
        description=text(node.fields.get("description")) or text(node.fields.get("summary")),
        contents=tuple(_contents(edge, node, side)),
        # A header named Content-Type is ignored here (OpenAPI 3.1, Response Object).
        headers=tuple(header for header in headers if header.name.lower() != "content-type"),
        links=tuple(read_links(edge.inventory, node)),
        summary=text(node.fields.get("summary")),
    )


def _contents(edge: SchemaEdge, node: Node, side: View) -> Iterator[MediaType]:
    for name in mapping(node.fields.get("content")):
        media = edge.inventory.child(node, "content", name)
        if media is None:
            continue
        yield MediaType(
            name=name,
            schema=edge.schema(media, side) if "schema" in media.fields else None,
            place=media.place,
            encodings=MappingProxyType(dict(_encodings(edge, media, side))),
            examples=edge.examples(media),
            item_schema=edge.schema(media, side, "itemSchema") if "itemSchema" in media.fields else None,
            prefix_encodings=tuple(_prefix_encodings(edge, media, side)),
            item_encoding=_item_encoding(edge, media, side),
        )


def _encodings(edge: SchemaEdge, media: Node, side: View) -> Iterator[tuple[str, Encoding]]:
    for name in mapping(media.fields.get("encoding")):
        node = edge.inventory.child(media, "encoding", name)
        if node is not None:
            yield name, _encoding(edge, node, side)


def _prefix_encodings(edge: SchemaEdge, media: Node, side: View) -> Iterator[Encoding]:
    for index in range(len(items(media.fields.get("prefixEncoding")))):
        node = edge.inventory.child(media, "prefixEncoding", index)
        if node is not None:
            yield _encoding(edge, node, side)


def _item_encoding(edge: SchemaEdge, media: Node, side: View) -> Encoding | None:
    node = edge.inventory.child(media, "itemEncoding")
    return None if node is None else _encoding(edge, node, side)


def _encoding(edge: SchemaEdge, node: Node, side: View) -> Encoding:
    fields = node.fields
    is_styled = any(key in fields for key in ("style", "explode", "allowReserved"))
    style = Style(text(fields.get("style", "form"))) if is_styled else None
    style = Style.SIMPLE if fields.get(JOINED) is True else style
    return Encoding(
        content_type=text(fields.get("contentType")) or None,
        style=style,
        explode=fields.get("explode", style in {None, Style.FORM}) is True,
        allow_reserved=fields.get("allowReserved") is True,
        headers=tuple(_headers(edge, node, side)),
    )


def _headers(edge: SchemaEdge, holder: Node, side: View) -> Iterator[Header]:
    for name in mapping(holder.fields.get("headers")):
        node = edge.inventory.child(holder, "headers", name)
        if node is None:
            continue
        media = _only_content(edge, node)
        yield Header(
            name=name,
            schema=_value_schema(edge, node, side),
            place=node.place,
            description=text(node.fields.get("description")),
            is_required=node.fields.get("required") is True,
            explode=node.fields.get("explode") is True,
            media_type=None if media is None else media[0],
        )


def _value_schema(edge: SchemaEdge, node: Node, side: View) -> Schema:
    media = _only_content(edge, node)
    return edge.schema(node if media is None else media[1], side)


def _only_content(edge: SchemaEdge, node: Node) -> tuple[str, Node] | None:
    for name in mapping(node.fields.get("content")):
        media = edge.inventory.child(node, "content", name)
        if media is not None:
            return name, media
    return None
