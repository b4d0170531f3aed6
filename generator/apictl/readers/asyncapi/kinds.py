"""The objects of an AsyncAPI document and where each stands."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Final, TypeAlias

from apictl.readers import inventory
from apictl.readers.fields import Fields, Shape


class Kind(enum.Enum):
    """An object of the AsyncAPI Specification, named as in a message."""

    DOCUMENT = "document"
    COMPONENTS = "components"
    SERVER = "server"
    SERVER_VARIABLE = "server variable"
    CHANNEL = "channel"
    PARAMETER = "parameter"
    OPERATION = "operation"
    OPERATION_TRAIT = "operation trait"
    REPLY = "operation reply"
    REPLY_ADDRESS = "operation reply address"
    MESSAGE = "message"
    MESSAGE_TRAIT = "message trait"
    CORRELATION_ID = "correlation id"
    SECURITY_SCHEME = "security scheme"
    SERVER_BINDINGS = "server bindings object"
    CHANNEL_BINDINGS = "channel bindings object"
    OPERATION_BINDINGS = "operation bindings object"
    MESSAGE_BINDINGS = "message bindings object"
    TAG = "tag"
    EXTERNAL_DOCS = "external documentation"
    SCHEMA = "schema"
    AVRO_SCHEMA = "schema of Avro"
    PROTOBUF_SCHEMA = "schema of Protobuf"
    FOREIGN_SCHEMA = "schema of another language"


Node: TypeAlias = inventory.Node[Kind]
Link: TypeAlias = inventory.Link[Kind]
Inventory: TypeAlias = inventory.Inventory[Kind]
ObjectFields: TypeAlias = Mapping[Kind, Fields[Kind]]

SECTIONS: Final[Mapping[str, Kind]] = {
    "schemas": Kind.SCHEMA,
    "servers": Kind.SERVER,
    "channels": Kind.CHANNEL,
    "serverVariables": Kind.SERVER_VARIABLE,
    "operations": Kind.OPERATION,
    "messages": Kind.MESSAGE,
    "securitySchemes": Kind.SECURITY_SCHEME,
    "parameters": Kind.PARAMETER,
    "correlationIds": Kind.CORRELATION_ID,
    "operationTraits": Kind.OPERATION_TRAIT,
    "messageTraits": Kind.MESSAGE_TRAIT,
    "replies": Kind.REPLY,
    "replyAddresses": Kind.REPLY_ADDRESS,
    "serverBindings": Kind.SERVER_BINDINGS,
    "channelBindings": Kind.CHANNEL_BINDINGS,
    "operationBindings": Kind.OPERATION_BINDINGS,
    "messageBindings": Kind.MESSAGE_BINDINGS,
    "tags": Kind.TAG,
    "externalDocs": Kind.EXTERNAL_DOCS,
}
"""Fields of the Components Object, of all versions."""

REFERABLE: Final = frozenset({*SECTIONS.values(), Kind.AVRO_SCHEMA, Kind.PROTOBUF_SCHEMA, Kind.FOREIGN_SCHEMA})
"""Objects that a Reference Object may stand for."""

HANDSHAKE: Final = ("query", "headers")
"""Fields of the binding of a channel over WebSockets that are schemas (AsyncAPI, WebSockets channel binding)."""

_TRAIT: Final[Fields[Kind]] = {
    "bindings": (Shape.ONE, Kind.OPERATION_BINDINGS),
    "tags": (Shape.LIST, Kind.TAG),
    "externalDocs": (Shape.ONE, Kind.EXTERNAL_DOCS),
}
_MESSAGE_TRAIT: Final[Fields[Kind]] = {
    "headers": (Shape.ONE, Kind.SCHEMA),
    "correlationId": (Shape.ONE, Kind.CORRELATION_ID),
    "bindings": (Shape.ONE, Kind.MESSAGE_BINDINGS),
    "tags": (Shape.LIST, Kind.TAG),
    "externalDocs": (Shape.ONE, Kind.EXTERNAL_DOCS),
}
_SERVER: Final[Fields[Kind]] = {
    "variables": (Shape.MAP, Kind.SERVER_VARIABLE),
    "bindings": (Shape.ONE, Kind.SERVER_BINDINGS),
    "tags": (Shape.LIST, Kind.TAG),
    "externalDocs": (Shape.ONE, Kind.EXTERNAL_DOCS),
}
_COMMON: Final[ObjectFields] = {
    Kind.COMPONENTS: {section: (Shape.MAP, kind) for section, kind in SECTIONS.items()},
    Kind.MESSAGE_TRAIT: _MESSAGE_TRAIT,
}
SECOND: Final[ObjectFields] = {
    **_COMMON,
    Kind.DOCUMENT: {
        "servers": (Shape.MAP, Kind.SERVER),
        "channels": (Shape.MAP, Kind.CHANNEL),
        "components": (Shape.ONE, Kind.COMPONENTS),
    },
    Kind.SERVER: _SERVER,
    Kind.CHANNEL: {
        "parameters": (Shape.MAP, Kind.PARAMETER),
        "publish": (Shape.ONE, Kind.OPERATION),
        "subscribe": (Shape.ONE, Kind.OPERATION),
        "bindings": (Shape.ONE, Kind.CHANNEL_BINDINGS),
    },
    Kind.PARAMETER: {"schema": (Shape.ONE, Kind.SCHEMA)},
    Kind.OPERATION: {
        **_TRAIT,
        "traits": (Shape.LIST, Kind.OPERATION_TRAIT),
        "message": (Shape.ONE, Kind.MESSAGE),
    },
    Kind.OPERATION_TRAIT: _TRAIT,
    Kind.MESSAGE: {
        **_MESSAGE_TRAIT,
        "traits": (Shape.LIST, Kind.MESSAGE_TRAIT),
        "oneOf": (Shape.LIST, Kind.MESSAGE),
    },
}
"""The objects of AsyncAPI 2; the payload of a message is of a kind that its format decides."""

THIRD: Final[ObjectFields] = {
    **_COMMON,
    Kind.DOCUMENT: {
        "servers": (Shape.MAP, Kind.SERVER),
        "channels": (Shape.MAP, Kind.CHANNEL),
        "operations": (Shape.MAP, Kind.OPERATION),
        "components": (Shape.ONE, Kind.COMPONENTS),
    },
    Kind.SERVER: {**_SERVER, "security": (Shape.LIST, Kind.SECURITY_SCHEME)},
    Kind.CHANNEL: {
        "messages": (Shape.MAP, Kind.MESSAGE),
        "servers": (Shape.LIST, Kind.SERVER),
        "parameters": (Shape.MAP, Kind.PARAMETER),
        "bindings": (Shape.ONE, Kind.CHANNEL_BINDINGS),
        "tags": (Shape.LIST, Kind.TAG),
        "externalDocs": (Shape.ONE, Kind.EXTERNAL_DOCS),
    },
    Kind.OPERATION: {
        **_TRAIT,
        "channel": (Shape.ONE, Kind.CHANNEL),
        "messages": (Shape.LIST, Kind.MESSAGE),
        "reply": (Shape.ONE, Kind.REPLY),
        "traits": (Shape.LIST, Kind.OPERATION_TRAIT),
        "security": (Shape.LIST, Kind.SECURITY_SCHEME),
    },
    Kind.OPERATION_TRAIT: {**_TRAIT, "security": (Shape.LIST, Kind.SECURITY_SCHEME)},
    Kind.REPLY: {
        "address": (Shape.ONE, Kind.REPLY_ADDRESS),
        "channel": (Shape.ONE, Kind.CHANNEL),
        "messages": (Shape.LIST, Kind.MESSAGE),
    },
    Kind.MESSAGE: {
        **_MESSAGE_TRAIT,
        "payload": (Shape.ONE, Kind.SCHEMA),
        "traits": (Shape.LIST, Kind.MESSAGE_TRAIT),
    },
}
"""The objects of AsyncAPI 3."""


def anything(holder: Node) -> Node:
    """Return the message of *holder*, a channel or operation that declares none: it carries anything."""
    return inventory.Node(holder.place, {}, Kind.MESSAGE)
