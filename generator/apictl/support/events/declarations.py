"""What a contract declares of its events, in the form that receivers, publishers and tests share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

from ..judge import Judge
from .addresses import Address
from .locations import Location

Answer = TypeVar("Answer", covariant=True)


class Coding(Protocol):
    """Payloads in a language of their own, such as Avro."""

    def decode(self, body: bytes) -> Any:
        """Return the JSON value that *body* says.

        Raises:
            ValueError: it says none.
        """
        ...

    def encode(self, value: Any, schema_id: int | None = None) -> bytes:
        """Return the JSON value *value* as bytes; *schema_id* is of the registry, where payloads begin with it.

        Raises:
            ValueError: it can't be written.
        """
        ...


# Compared by identity, here and below: each is declared once, and stands in tables.
@dataclass(frozen=True, slots=True, eq=False)
class HeaderSet:
    """The headers of a message.

    Attributes:
        schema: key in the package's `contract.json`, of an object.
        names: of the declared headers, on the wire.
        type: class that handlers and callers see; None when there is nothing to see, such as the correlation id alone.
    """

    schema: str
    names: frozenset[str]
    type: Any = None


@dataclass(frozen=True, slots=True, eq=False)
class MessageKind:
    """One kind of message.

    Attributes:
        name: in the contract.
        type: of the payload, as the handler sees it.
        schema: of the payload: key in the package's `contract.json`; None when any payload will do.
        content_type: media type of the payload; "" when the contract doesn't say.
        headers: None when none are declared.
        correlation: where the correlation id is; None when only the transport carries one.
        key: where the key is that keeps messages in order; None when only the transport carries one.
        key_schema: key in the package's `contract.json`; None when any key will do.
        idempotency: where the value is that is the same for every copy of one message; None when copies count.
        idempotency_scope: where it is said within what that value is unique, such as a CloudEvent's source; None when
            it is so by itself.
        event_type: `type` of the CloudEvent that this message is the data of; "" for the name.
        coding: of the payload; None where the media type says how it is read.
    """

    name: str
    type: Any
    schema: str | None = None
    content_type: str = "application/json"
    headers: HeaderSet | None = None
    correlation: Location | None = None
    key: Location | None = None
    key_schema: str | None = None
    idempotency: Location | None = None
    idempotency_scope: Location | None = None
    event_type: str = ""
    coding: Coding | None = None

    @property
    def has_typed_headers(self) -> bool:
        """Whether handlers and callers see headers."""
        return self.headers is not None and self.headers.type is not None


@dataclass(frozen=True, slots=True, eq=False)
class Parameter:
    """A variable part of an address.

    Attributes:
        name: in the address, between braces.
        argument: keyword argument of the handler's and the publisher's method.
        type: what the method sees.
        schema: key in the package's `contract.json`; None when any text will do.
    """

    name: str
    argument: str
    type: Any = str
    schema: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class ByHeader:
    """A header tells the messages apart: *kinds* by the value of header *name*."""

    name: str
    kinds: Mapping[str, MessageKind]


@dataclass(frozen=True, slots=True, eq=False)
class ByValue:
    """A text in the payload tells the messages apart (`const`, `discriminator`): *kinds* by the one at *location*.

    Of a payload that says itself what it is, such as JSON: it is read before its message is known. So it is for
    `ByProperty`, too; Avro and Protobuf are told apart by a header or by schema.
    """

    location: Location
    kinds: Mapping[str, MessageKind]


@dataclass(frozen=True, slots=True, eq=False)
class ByProperty:
    """Each message requires a property that no other one allows: *kinds* by its name."""

    kinds: Mapping[str, MessageKind]


@dataclass(frozen=True, slots=True, eq=False)
class BySchema:
    """A payload is the message whose schemas alone accept it."""


Plan: TypeAlias = ByHeader | ByValue | ByProperty | BySchema
"""How messages of one channel are told apart; decided when the package is generated."""


@dataclass(frozen=True, slots=True, eq=False)
class Channel:
    """Where messages travel.

    Attributes:
        name: in the contract.
        address: None when it is known only at run time.
        messages: that may be there, whether this service handles them or not; never empty.
        parameters: in the order of the address.
        plan: how several messages are told apart.
        servers: names of those in the contract that it may be at; empty for any.
    """

    name: str
    address: Address | None
    messages: tuple[MessageKind, ...]
    parameters: tuple[Parameter, ...] = ()
    plan: Plan = BySchema()
    servers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Reply:
    """The answer to a message.

    Attributes:
        messages: that it may be; never empty.
        channel: it goes to; None when only the request says where.
        address: where in the request the address is; None when the channel has one, or the transport carries it.
        plan: how several messages are told apart.
    """

    messages: tuple[MessageKind, ...]
    channel: Channel | None = None
    address: Location | None = None
    plan: Plan = BySchema()


@dataclass(frozen=True, slots=True, eq=False)
class Receive:
    """Messages that the service receives.

    Attributes:
        id: of the operation.
        channel: they come on.
        messages: of the channel; never empty.
        reply: that the service sends; None when it sends none.
    """

    id: str
    channel: Channel
    messages: tuple[MessageKind, ...]
    reply: Reply | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Send(Generic[Answer]):
    """Messages that the service sends; *Answer* is what comes back, None without a reply.

    Attributes:
        id: of the operation.
        channel: they go to.
        messages: of the channel; never empty.
        reply: that the service receives; None when it awaits none.
    """

    id: str
    channel: Channel
    messages: tuple[MessageKind, ...]
    reply: Reply | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Service:
    """A service and all that its contract says of events.

    Attributes:
        name: of the service; its receivers share messages under this name unless told otherwise.
        judge: of its values.
        receives: in the contract's order.
        sends: in the contract's order.
    """

    name: str
    judge: Judge
    receives: tuple[Receive, ...] = ()
    sends: tuple[Send[Any], ...] = ()
