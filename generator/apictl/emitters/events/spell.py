"""Spells the events of a contract: every Python name and annotation, once for all pages."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from apictl.contract.contract import Contract
from apictl.contract.events import Channel, Direction, EventOperation, Events, Message, MessagePart, Reply
from apictl.contract.schema import Schema, reference_name
from apictl.emitters.events.ambiguities import Ambiguities
from apictl.emitters.events.constants import Constants
from apictl.emitters.events.contents import (
    Carried,
    carried,
    coding_expression,
    coding_for,
    content_findings,
    judging_schema,
)
from apictl.emitters.events.handshakes import asked, is_served
from apictl.emitters.events.identities import identity_of
from apictl.emitters.events.methods import Methods, methods
from apictl.emitters.events.plans import Plans
from apictl.emitters.events.sharing import Sharing, sharing
from apictl.emitters.events.spelling import (
    SpelledChannel,
    SpelledEventOperation,
    SpelledEvents,
    SpelledHandshake,
    SpelledHeaders,
    SpelledMessage,
    SpelledParameter,
    SpelledReply,
    Telling,
)
from apictl.findings import Finding, error, warning
from apictl.pages.python import names
from apictl.pages.python.annotations import Annotations
from apictl.pages.python.contents import resolve
from apictl.pages.python.keeping import NameKind, Scope
from apictl.pages.python.lowering import Lowering, takes_null
from apictl.pages.python.spelling import SpelledContract
from apictl.support.pointers import escape_token, unescape_token

_CONSTANTS_TAKEN = frozenset({"SERVICE", "UUID"})
_ARGUMENTS_TAKEN = frozenset(
    {"self", "payload", "headers", "context", "key", "timeout_seconds", "channels", "models", "str", "float"}
)
_TEXT_TYPES = ("string", ["string"], None)


def spell_events(spelled: SpelledContract) -> SpelledEvents:
    """Return the events of *spelled*, whose contract has some, in Python's words."""
    return _Speller(spelled.contract, spelled.contract.events or Events(spelled.contract.place), spelled).spelled()


@dataclass(frozen=True)
class _Speller:
    """The names of one contract's events while they are chosen; `judged` grows as keys are given out."""

    contract: Contract
    events: Events
    requests: SpelledContract
    judged: dict[str, Schema] = field(default_factory=dict)

    def spelled(self) -> SpelledEvents:
        operations = tuple(map(self._operation, self.events.operations))
        return SpelledEvents(
            messages=tuple(self._messages.values()),
            channels=tuple(self._places.values()),
            operations=operations,
            judged=self.judged,
            findings=tuple(dict.fromkeys(self._findings())),
        )

    # ------------------------------------------------------------------------------------------------ declarations

    @functools.cached_property
    def _messages(self) -> Mapping[str, SpelledMessage]:
        return {message.name: self._message(message) for message in self.events.messages.values()}

    @functools.cached_property
    def _sharing(self) -> Sharing:
        return sharing(self.events)

    @functools.cached_property
    def _places(self) -> Mapping[str, SpelledChannel]:
        """The channels that stand for all of their address."""
        return {channel.name: self._channel(channel) for channel in self._sharing.channels.values()}

    @functools.cached_property
    def _channels(self) -> Mapping[str, SpelledChannel]:
        return {name: self._places[channel.name] for name, channel in self._sharing.channels.items()}

    def _message(self, message: Message) -> SpelledMessage:
        schema = judging_schema(message)
        carrying = carried(message)
        match carrying:
            case Carried.BYTES:
                annotation = "bytes"
            case Carried.TEXT if schema is None:
                annotation = "str"
            case _:
                annotation = self._annotations.of(True if schema is None else schema)
        return SpelledMessage(
            message=message,
            constant=self._constants["message", message.name],
            annotation=annotation,
            schema=schema,
            key="" if schema is None else self._key(f"message/{message.name}/payload", schema),
            headers=self._headers(message),
            ordering=self._ordering(message),
            identity=identity_of(message, self._fixed),
            is_json=carrying is Carried.JSON,
            coder=coding_for(message),
            coding=coding_expression(message, self.requests.package),
        )

    def _headers(self, message: Message) -> SpelledHeaders | None:
        schema = message.headers
        if schema is None or schema is True:
            return None
        declared = self._fixed.property_names(schema)
        is_seen = any(name not in self._carried_by_kernel(message) for name in declared)
        return SpelledHeaders(
            key=self._key(f"message/{message.name}/headers", schema),
            names=declared,
            annotation=self._annotations.of(schema) if is_seen else "",
        )

    def _carried_by_kernel(self, message: Message) -> frozenset[str]:
        """Return the headers that are written and read for the user, where each use is a request or a reply."""
        uses = [one for one in self.events.operations if message.name in _told_names(one)]
        if not uses or any(one.reply is None for one in uses):
            return frozenset()
        locations = [message.correlation, *(one.reply.address for one in uses if one.reply is not None)]
        return frozenset(
            unescape_token(location.pointer.removeprefix("/"))
            for location in locations
            if location is not None and location.part is MessagePart.HEADER
        )

    def _ordering(self, message: Message) -> str:
        if message.key is None or not self._has_text_key(message):
            return ""
        return self._key(f"message/{message.name}/key", message.key)

    def _has_text_key(self, message: Message) -> bool:
        """Whether the key is declared as a text, which it is to every broker here."""
        resolved = None if message.key is None else resolve(message.key, self.contract.definitions)
        return isinstance(resolved, Mapping) and resolved.get("type") in _TEXT_TYPES

    def _channel(self, channel: Channel) -> SpelledChannel:
        wire = [parameter.name for parameter in channel.parameters]
        arguments = self.requests.names.unique(
            Scope.within(NameKind.EVENT_PARAMETER, escape_token(channel.name), lambda name, spelled: name == spelled),
            wire,
            lambda name: names.snake(name, "parameter"),
            reserved=_ARGUMENTS_TAKEN,
        )
        messages = tuple(self._messages[name] for name in channel.messages if name in self._messages)
        return SpelledChannel(
            channel=channel,
            constant=self._constants["channel", channel.name],
            parameters=tuple(
                SpelledParameter(
                    parameter=parameter,
                    argument=arguments[parameter.name],
                    annotation=self._annotations.of(parameter.schema),
                    key=self._key(f"channel/{channel.name}/{parameter.name}", parameter.schema),
                )
                for parameter in channel.parameters
            ),
            messages=messages,
            plan=self._plans.plan(messages),
            handshake=self._handshake(channel),
        )

    def _handshake(self, channel: Channel) -> SpelledHandshake | None:
        if not is_served(channel, self.events):
            return None
        query, headers = (asked(channel, part) for part in ("query", "headers"))
        if query is headers is True:
            return None
        role = f"channel/{channel.name}/handshake"
        return SpelledHandshake(
            query="" if query is True else self._key(f"{role}/query", query),
            headers=None
            if headers is True
            else SpelledHeaders(self._key(f"{role}/headers", headers), self._fixed.property_names(headers), ""),
        )

    def _operation(self, operation: EventOperation) -> SpelledEventOperation:
        return SpelledEventOperation(
            operation=operation,
            constant=self._constants["operation", operation.id],
            channel=self._channels[operation.channel],
            messages=self._named(operation.messages),
            methods=self._methods.of(operation, self._messages),
            reply=None if operation.reply is None else self._reply(operation.reply),
        )

    def _reply(self, reply: Reply) -> SpelledReply | None:
        messages = self._named(reply.messages)
        channel = None if reply.channel is None else self._channels.get(reply.channel)
        return SpelledReply(reply, channel, messages, self._plans.plan(messages)) if messages else None

    def _named(self, wanted: Sequence[str]) -> tuple[SpelledMessage, ...]:
        return tuple(self._messages[name] for name in wanted if name in self._messages)

    @functools.cached_property
    def _constants(self) -> Mapping[tuple[str, str], str]:
        """Names in `channels.py`, by role and name on the wire."""
        events = self.events
        wanted = {("message", name): names.constant(name, "message") for name in events.messages}
        of_messages = set(wanted.values())
        wanted |= {("channel", one.name): names.constant(one.name, "channel") + "_CHANNEL" for one in events.channels}
        for one in events.operations:
            name = names.constant(one.id, "operation")
            # An operation may well be called as the message that it sends.
            wanted["operation", one.id] = f"{name}_OPERATION" if name in of_messages else name
        told = {f"{role} {name}": spelled for (role, name), spelled in wanted.items()}
        scope = Scope(NameKind.EVENT_CONSTANT, lambda _wire, _name: False)
        chosen = self.requests.names.unique(scope, told, lambda key: told[key], reserved=_CONSTANTS_TAKEN)
        return {key: chosen[f"{key[0]} {key[1]}"] for key in wanted}

    @functools.cached_property
    def _methods(self) -> Methods:
        return methods(self.events, self._sharing.channels, self.requests.names)

    @functools.cached_property
    def _annotations(self) -> Annotations:
        nullable = (name for name, each in self.contract.definitions.items() if takes_null(each.schema))
        return Annotations(self.requests.class_names, Lowering(frozenset(nullable)))

    @functools.cached_property
    def _fixed(self) -> Constants:
        return Constants(self.contract.definitions)

    @functools.cached_property
    def _plans(self) -> Plans:
        return Plans(self.contract.definitions)

    @functools.cached_property
    def _ambiguities(self) -> Ambiguities:
        return Ambiguities(self.contract.definitions)

    def _key(self, role: str, schema: Schema) -> str:
        """Return the key that judges *schema*: the definition it refers to, else *role*, which is entered."""
        name = reference_name(schema)
        if name is not None and isinstance(schema, Mapping) and len(schema) == 1:
            return name
        self.judged[role] = schema
        return role

    # ------------------------------------------------------------------------------------------------ findings

    def _findings(self) -> Iterator[Finding]:
        for message in self.events.messages.values():
            yield from content_findings(message)
            if message.key is not None and not self._has_text_key(message):
                shown = f"the key of message {message.name[:60]!r} is no text, nothing judges it"
                yield warning("key-not-judged", message.place, shown)
        yield from self._methods.findings
        for operation in self.events.operations:
            channel = self._channels[operation.channel]
            if channel.channel.address is None:
                verb = "receives from" if operation.direction is Direction.RECEIVE else "sends to"
                shown = f"{operation.id[:60]!r} {verb} a channel whose address is not known"
                hint = "give the channel an `address`, with a parameter for what is known only at run time"
                yield error("channel-without-address", channel.channel.place, shown, hint=hint)
            if operation.reply is not None and not operation.reply.messages:
                yield error(
                    "reply-without-messages", operation.reply.place, "nothing is declared that could be replied"
                )
            if operation.reply is not None and operation.direction is Direction.SEND:
                awaited = operation.reply.messages
                if self._plans.plan(self._named(awaited)).telling is Telling.SCHEMA:
                    yield from self._ambiguities.among(self._named(awaited), operation.reply.place, frozenset(awaited))
        yield from self._sharing.findings
        for channel in self._places.values():
            if channel.plan.telling is Telling.SCHEMA:
                yield from self._ambiguities.among(channel.messages, channel.channel.place, self._received(channel))

    def _received(self, channel: SpelledChannel) -> frozenset[str]:
        """Return the names of the messages that the service receives on *channel*."""
        received = (
            one.messages
            for one in self.events.operations
            if one.direction is Direction.RECEIVE and self._channels[one.channel] is channel
        )
        return frozenset(itertools.chain.from_iterable(received))


def _told_names(operation: EventOperation) -> tuple[str, ...]:
    """Return the names of the messages that travel for *operation*, replies included."""
    return operation.messages if operation.reply is None else (*operation.messages, *operation.reply.messages)
