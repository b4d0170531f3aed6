"""Events: channels, the messages on them, and what the service does there, from its own point of view."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from apictl.contract.bindings import Binding
from apictl.contract.schema import JsonValue, Schema
from apictl.contract.security import SecurityRequirement, SecurityScheme
from apictl.findings import Place


class Direction(enum.Enum):
    """What the service does with a message (AsyncAPI 3.0, Operation Object, `action`)."""

    SEND = "send"
    RECEIVE = "receive"


class PayloadFormat(enum.Enum):
    """The language that a payload's schema is written in (AsyncAPI 3.0, Multi Format Schema Object)."""

    JSON_SCHEMA = "json-schema"
    AVRO = "avro"
    PROTOBUF = "protobuf"
    OTHER = "other"
    """One that is not read: anything may be carried."""


class MessagePart(enum.Enum):
    """Where in a message a location points (AsyncAPI 3.0, Runtime Expression)."""

    HEADER = "header"
    PAYLOAD = "payload"


@dataclass(frozen=True, slots=True)
class Location:
    """Where in a message a value is: `$message.header#/correlationId`.

    Attributes:
        part: of the message.
        pointer: JSON Pointer into the part (RFC 6901); "" for the whole.
        place: of the text that says so.
    """

    part: MessagePart
    pointer: str
    place: Place


@dataclass(frozen=True, slots=True)
class Payload:
    """What a message carries.

    Attributes:
        schema: of the decoded value; of Avro what its schema means in JSON Schema; everything where that is unknown.
        format: of what is written in the document.
        place: of the schema.
        source: the schema as written, of Avro (JSON), Protobuf (text) and others; None of JSON Schema.
        compiled: of Protobuf name and index of the message, and descriptors of its files in base64; None of others.
    """

    schema: Schema
    place: Place
    format: PayloadFormat = PayloadFormat.JSON_SCHEMA
    source: JsonValue = None
    compiled: JsonValue = None


@dataclass(frozen=True, slots=True)
class MessageExample:
    """One message as it may be.

    Attributes:
        place: of the Message Example Object.
        name: "" when absent.
        summary: "" when absent.
        headers: None when absent.
        payload: a tuple of the one value; empty when absent.
    """

    place: Place
    name: str = ""
    summary: str = ""
    headers: Mapping[str, JsonValue] | None = None
    payload: tuple[JsonValue, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """One kind of message, with its traits applied.

    Attributes:
        name: unique in the contract: as declared, else of the component, else made of the channel and the key there.
        place: of the Message Object (after its `$ref`).
        payload: None when anything may be carried.
        headers: schema of an object; None when nothing is declared.
        key: schema of the key that brokers keep the order of; None when nothing is declared.
        key_location: where the key is (`x-apictl-key`); None when only the broker carries one.
        content_type: media type of the payload, the document's default filled in; "" when neither says.
        title: "" when absent.
        summary: "" when absent.
        description: CommonMark text; "" when absent.
        tags: in the document's order.
        is_deprecated: as declared by `x-deprecated` or `deprecated`.
        correlation: where the correlation id is; None when there is none.
        idempotency: where the value is that all copies share (`x-apictl-idempotency`); None when unsaid.
        examples: in the document's order.
        bindings: in the document's order.
    """

    name: str
    place: Place
    payload: Payload | None = None
    headers: Schema | None = None
    key: Schema | None = None
    content_type: str = ""
    title: str = ""
    summary: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    is_deprecated: bool = False
    correlation: Location | None = None
    key_location: Location | None = None
    idempotency: Location | None = None
    examples: tuple[MessageExample, ...] = ()
    bindings: tuple[Binding, ...] = ()


@dataclass(frozen=True, slots=True)
class ChannelParameter:
    """A variable part of a channel's address.

    Attributes:
        name: in the address, between braces.
        schema: of its text.
        place: of the Parameter Object (after its `$ref`).
        description: CommonMark text; "" when absent.
        examples: in the document's order.
        location: where in the message the value is, too; None when unsaid.
    """

    name: str
    schema: Schema
    place: Place
    description: str = ""
    examples: tuple[str, ...] = ()
    location: Location | None = None


@dataclass(frozen=True, slots=True)
class EventServer:
    """A broker, or another host that messages go through.

    Attributes:
        name: key in the document.
        host: with its port; variables replaced by their defaults.
        protocol: in lower case.
        place: of the Server Object.
        pathname: "" when absent.
        protocol_version: "" when absent.
        description: CommonMark text; "" when absent.
        security: alternatives, each of which is enough; empty when nothing is asked for.
        bindings: in the document's order.
    """

    name: str
    host: str
    protocol: str
    place: Place
    pathname: str = ""
    protocol_version: str = ""
    description: str = ""
    security: tuple[tuple[SecurityRequirement, ...], ...] = ()
    bindings: tuple[Binding, ...] = ()


@dataclass(frozen=True, slots=True)
class Channel:
    """Where messages travel.

    Attributes:
        name: key in the document; in 2.x the address itself.
        address: with parameters between braces; None when it is known only at run time.
        place: of the Channel Object (after its `$ref`).
        messages: names of all messages that may be there, in the document's order.
        parameters: in the order of the address.
        servers: names of those it is on; empty for all.
        title: "" when absent.
        description: CommonMark text; "" when absent.
        bindings: in the document's order.
    """

    name: str
    address: str | None
    place: Place
    messages: tuple[str, ...] = ()
    parameters: tuple[ChannelParameter, ...] = ()
    servers: tuple[str, ...] = ()
    title: str = ""
    description: str = ""
    bindings: tuple[Binding, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to a message (AsyncAPI 3.0, Operation Reply Object).

    Attributes:
        place: of the Operation Reply Object (after its `$ref`).
        channel: name of the channel it goes to; None when only the address in the message says.
        address: where in the request the address is; None when the channel has a fixed one.
        messages: names of the messages it may be.
    """

    place: Place
    channel: str | None = None
    address: Location | None = None
    messages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventOperation:
    """What the service does on a channel, with its traits applied.

    Attributes:
        id: unique in the contract; made of direction and channel when the document has none.
        direction: as the service sees it, whatever the version of the document calls it.
        channel: name of the channel.
        place: of the Operation Object.
        messages: names of the messages that are sent or received here, in the document's order; never empty.
        reply: what answers: sent by the service where it receives, received where it sends; None without.
        title: "" when absent.
        summary: "" when absent.
        description: CommonMark text; "" when absent.
        tags: in the document's order.
        is_deprecated: as declared by `x-deprecated` or `deprecated`.
        security: alternatives, each of which is enough; empty when nothing is asked for.
        bindings: in the document's order.
    """

    id: str
    direction: Direction
    channel: str
    place: Place
    messages: tuple[str, ...]
    reply: Reply | None = None
    title: str = ""
    summary: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    is_deprecated: bool = False
    security: tuple[tuple[SecurityRequirement, ...], ...] = ()
    bindings: tuple[Binding, ...] = ()


@dataclass(frozen=True, slots=True)
class Events:
    """Everything that is agreed about the events of one service.

    Attributes:
        place: of the root document.
        channels: in the document's order.
        operations: in the document's order.
        messages: by name, in order of first appearance.
        servers: in the document's order.
        security_schemes: by name; those of servers and operations of events, which no HTTP operation refers to.
        default_content_type: "" when unsaid.
        source: the root document bundled into one.
    """

    place: Place
    channels: tuple[Channel, ...] = ()
    operations: tuple[EventOperation, ...] = ()
    messages: Mapping[str, Message] = field(default_factory=lambda: MappingProxyType({}))
    servers: tuple[EventServer, ...] = ()
    security_schemes: Mapping[str, SecurityScheme] = field(default_factory=lambda: MappingProxyType({}))
    default_content_type: str = ""
    source: Mapping[str, JsonValue] = field(default_factory=lambda: MappingProxyType({}))
