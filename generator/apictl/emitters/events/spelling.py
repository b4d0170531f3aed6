"""Events in Python's words."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from apictl.contract.events import Channel, ChannelParameter, Direction, EventOperation, Message, Reply
from apictl.contract.schema import Schema
from apictl.emitters.events.identities import Identity
from apictl.findings import Finding
from apictl.support.events.declarations import Coding


class Telling(enum.Enum):
    """How the messages of one channel are told apart."""

    SCHEMA = "schema"
    HEADER = "header"
    VALUE = "value"
    PROPERTY = "property"


@dataclass(frozen=True, slots=True)
class Plan:
    """How messages of one channel are told apart.

    Attributes:
        telling: by what.
        where: name of the header, or JSON Pointer into the payload; "" where nothing is to be said.
        names: of the messages, by the value or the property that tells.
    """

    telling: Telling = Telling.SCHEMA
    where: str = ""
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class SpelledHeaders:
    """The headers of a message.

    Attributes:
        key: of their schema in `contract.json`.
        names: that are declared, on the wire.
        annotation: of what handlers and callers see; "" when there is nothing to see.
    """

    key: str
    names: tuple[str, ...]
    annotation: str


@dataclass(frozen=True, slots=True)
class SpelledMessage:
    """A message as a declaration.

    Attributes:
        message: as declared.
        constant: name of its declaration in `channels.py`.
        annotation: of the payload.
        schema: that judges the payload; None when any will do.
        key: of that schema in `contract.json`; "" when any payload will do.
        headers: None when none are declared.
        ordering: key of the key's schema in `contract.json`; "" when any key will do.
        identity: what tells a copy of a message; None when copies count.
        is_json: whether the payload is a JSON document.
        coder: what codes the payload; None where its media type says how it is read.
        coding: expression of it, as the package has it; "" without.
    """

    message: Message
    constant: str
    annotation: str
    schema: Schema | None
    key: str
    headers: SpelledHeaders | None
    ordering: str
    identity: Identity | None
    is_json: bool
    coder: Coding | None = None
    coding: str = ""

    @property
    def headers_annotation(self) -> str:
        """Of what handlers and callers see of the headers; "" when they see nothing."""
        return "" if self.headers is None else self.headers.annotation

    @property
    def whole_annotation(self) -> str:
        """Of the message as a value: the payload, with its headers where they are seen."""
        seen = self.headers_annotation
        return f"WithHeaders[{self.annotation}, {seen}]" if seen else self.annotation


@dataclass(frozen=True, slots=True)
class SpelledParameter:
    """A variable part of an address as a keyword argument; `key` is "" when any text will do."""

    parameter: ChannelParameter
    argument: str
    annotation: str
    key: str


@dataclass(frozen=True, slots=True)
class SpelledHandshake:
    """What a channel over WebSockets asks of those that connect.

    Attributes:
        query: key of the schema of the query in `contract.json`; "" when any will do.
        headers: None when any will do.
    """

    query: str
    headers: SpelledHeaders | None


@dataclass(frozen=True, slots=True)
class SpelledChannel:
    """A channel as a declaration.

    Attributes:
        channel: as declared.
        constant: its name in `channels.py`.
        parameters: in the order of the address.
        messages: in the contract's order.
        plan: how several messages are told apart.
        handshake: None where nothing is asked of it.
    """

    channel: Channel
    constant: str
    parameters: tuple[SpelledParameter, ...]
    messages: tuple[SpelledMessage, ...]
    plan: Plan
    handshake: SpelledHandshake | None = None


@dataclass(frozen=True, slots=True)
class SpelledReply:
    """The answer to a message.

    Attributes:
        reply: as declared.
        channel: it goes to; None when only the request says where.
        messages: that it may be; never empty.
        plan: how several messages are told apart.
    """

    reply: Reply
    channel: SpelledChannel | None
    messages: tuple[SpelledMessage, ...]
    plan: Plan

    @property
    def annotation(self) -> str:
        """Of the answer as a value."""
        return " | ".join(dict.fromkeys(message.whole_annotation for message in self.messages))


@dataclass(frozen=True, slots=True)
class SpelledMethod:
    """What handles or sends one message of one operation."""

    name: str
    message: SpelledMessage


@dataclass(frozen=True, slots=True)
class SpelledEventOperation:
    """An operation as a declaration, with one method a message.

    Attributes:
        operation: as declared.
        constant: name of its declaration in `channels.py`.
        channel: it happens on.
        messages: of the operation, as declarations.
        methods: one a message; fewer where an operation before has the method for this channel.
        reply: None without.
    """

    operation: EventOperation
    constant: str
    channel: SpelledChannel
    messages: tuple[SpelledMessage, ...]
    methods: tuple[SpelledMethod, ...]
    reply: SpelledReply | None

    @property
    def answer(self) -> str:
        """Annotation of what comes back."""
        return "None" if self.reply is None else self.reply.annotation


@dataclass(frozen=True, slots=True)
class SpelledEvents:
    """The events of a contract in Python's words.

    Attributes:
        messages: in the contract's order.
        channels: in the contract's order.
        operations: in the contract's order.
        judged: schemas of `contract.json` that are no definitions, by key.
        findings: about what can't be generated.
    """

    messages: tuple[SpelledMessage, ...]
    channels: tuple[SpelledChannel, ...]
    operations: tuple[SpelledEventOperation, ...]
    judged: Mapping[str, Schema]
    findings: tuple[Finding, ...] = ()

    @property
    def receives(self) -> tuple[SpelledEventOperation, ...]:
        """The operations that receive."""
        return tuple(one for one in self.operations if one.operation.direction is Direction.RECEIVE)

    @property
    def sends(self) -> tuple[SpelledEventOperation, ...]:
        """The operations that send."""
        return tuple(one for one in self.operations if one.operation.direction is Direction.SEND)
