"""The objects of an OpenAPI document and where each stands."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from typing import Final

from apictl.readers.access import Tree
from apictl.readers.fields import Fields, Shape, objects_in
from apictl.readers.inventory import Child
from apictl.readers.schemas.keywords import HOLDERS, subschemas


class Kind(enum.Enum):
    """An object of the OpenAPI Specification, named as in a message."""

    DOCUMENT = "document"
    SERVER = "server"
    TAG = "tag"
    COMPONENTS = "components"
    PATHS = "paths"
    PATH_ITEM = "path item"
    OPERATION = "operation"
    PARAMETER = "parameter"
    REQUEST_BODY = "request body"
    RESPONSES = "responses"
    RESPONSE = "response"
    MEDIA_TYPE = "media type"
    ENCODING = "encoding"
    HEADER = "header"
    EXAMPLE = "example"
    LINK = "link"
    CALLBACK = "callback"
    SECURITY_SCHEME = "security scheme"
    SCHEMA = "schema"


METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
"""Fields of the Path Item Object that hold an operation each; `query` since 3.2."""
SECTIONS: Final[Mapping[str, Kind]] = {
    "schemas": Kind.SCHEMA,
    "responses": Kind.RESPONSE,
    "parameters": Kind.PARAMETER,
    "examples": Kind.EXAMPLE,
    "requestBodies": Kind.REQUEST_BODY,
    "headers": Kind.HEADER,
    "securitySchemes": Kind.SECURITY_SCHEME,
    "links": Kind.LINK,
    "callbacks": Kind.CALLBACK,
    "pathItems": Kind.PATH_ITEM,
}
"""Fields of the Components Object until 3.1."""
SECTIONS_32: Final[Mapping[str, Kind]] = {**SECTIONS, "mediaTypes": Kind.MEDIA_TYPE}
"""Fields of the Components Object since 3.2."""

_VALUE: Final[Fields[Kind]] = {
    "schema": (Shape.ONE, Kind.SCHEMA),
    "content": (Shape.MAP, Kind.MEDIA_TYPE),
    "examples": (Shape.MAP, Kind.EXAMPLE),
}
_ENCODINGS: Final[Fields[Kind]] = {
    "encoding": (Shape.MAP, Kind.ENCODING),
    "prefixEncoding": (Shape.LIST, Kind.ENCODING),
    "itemEncoding": (Shape.ONE, Kind.ENCODING),
}
_FIELDS: Final[Mapping[Kind, Fields[Kind]]] = {
    Kind.DOCUMENT: {
        "servers": (Shape.LIST, Kind.SERVER),
        "paths": (Shape.ONE, Kind.PATHS),
        "webhooks": (Shape.MAP, Kind.PATH_ITEM),
        "components": (Shape.ONE, Kind.COMPONENTS),
        "tags": (Shape.LIST, Kind.TAG),
    },
    Kind.COMPONENTS: {section: (Shape.MAP, kind) for section, kind in SECTIONS_32.items()},
    Kind.PATH_ITEM: {
        "servers": (Shape.LIST, Kind.SERVER),
        "parameters": (Shape.LIST, Kind.PARAMETER),
        **dict.fromkeys(METHODS, (Shape.ONE, Kind.OPERATION)),
        "additionalOperations": (Shape.MAP, Kind.OPERATION),
    },
    Kind.OPERATION: {
        "parameters": (Shape.LIST, Kind.PARAMETER),
        "requestBody": (Shape.ONE, Kind.REQUEST_BODY),
        "responses": (Shape.ONE, Kind.RESPONSES),
        "callbacks": (Shape.MAP, Kind.CALLBACK),
        "servers": (Shape.LIST, Kind.SERVER),
    },
    Kind.PARAMETER: _VALUE,
    Kind.HEADER: _VALUE,
    Kind.REQUEST_BODY: {"content": (Shape.MAP, Kind.MEDIA_TYPE)},
    Kind.RESPONSE: {
        "headers": (Shape.MAP, Kind.HEADER),
        "content": (Shape.MAP, Kind.MEDIA_TYPE),
        "links": (Shape.MAP, Kind.LINK),
    },
    Kind.MEDIA_TYPE: {
        "schema": (Shape.ONE, Kind.SCHEMA),
        "itemSchema": (Shape.ONE, Kind.SCHEMA),
        "examples": (Shape.MAP, Kind.EXAMPLE),
        **_ENCODINGS,
    },
    Kind.ENCODING: {"headers": (Shape.MAP, Kind.HEADER), **_ENCODINGS},
    Kind.LINK: {"server": (Shape.ONE, Kind.SERVER)},
}
_MEMBERS: Final[Mapping[Kind, Kind]] = {
    Kind.PATHS: Kind.PATH_ITEM,
    Kind.RESPONSES: Kind.RESPONSE,
    Kind.CALLBACK: Kind.PATH_ITEM,
}
"""Objects whose every field that is no extension holds an object of one kind."""


def children(kind: Kind, node: Tree) -> Iterable[Child[Kind]]:
    """Return the objects directly below *node*: tokens, kind and value, in the document's order."""
    if kind is Kind.SCHEMA:  # most objects of a large document are, and most of these hold nothing
        return () if HOLDERS.isdisjoint(node) else [(tokens, kind, value) for tokens, value in subschemas(node)]
    if kind in _MEMBERS:
        return [((name,), _MEMBERS[kind], value) for name, value in node.items() if not name.startswith("x-")]
    return objects_in(_FIELDS.get(kind, {}), node)
