"""Channels, messages and operations as declarations: expressions of `support.events.declarations`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from apictl.contract.events import Direction, Location
from apictl.emitters.events.spelling import (
    Plan,
    SpelledChannel,
    SpelledEventOperation,
    SpelledEvents,
    SpelledMessage,
    SpelledParameter,
    SpelledReply,
    Telling,
)
from apictl.pages.python.expressions import call, dict_of, literal, only_if, tuple_of


def message(spelled: SpelledMessage) -> str:
    """Return the `MessageKind` of *spelled*."""
    declared, headers, identity = spelled.message, spelled.headers, spelled.identity
    content_type = declared.content_type
    return call(
        "MessageKind",
        name=literal(declared.name),
        type=spelled.annotation,
        schema=only_if(bool(spelled.key), literal(spelled.key)),
        content_type=only_if(content_type != "application/json", literal(content_type)),
        headers=None
        if headers is None
        else call(
            "HeaderSet",
            literal(headers.key),
            call("frozenset", literal(headers.names)),
            type=only_if(bool(headers.annotation), headers.annotation),
        ),
        correlation=_location(declared.correlation),
        key=_location(declared.key_location),
        key_schema=only_if(bool(spelled.ordering), literal(spelled.ordering)),
        idempotency=None if identity is None else _location(identity.location),
        idempotency_scope=None if identity is None else _location(identity.scope),
        coding=only_if(bool(spelled.coding), spelled.coding),
    )


def channel(spelled: SpelledChannel, messages: dict[str, str]) -> str:
    """Return the `Channel` of *spelled*; *messages* are constants by name of the message."""
    address = spelled.channel.address
    return call(
        "Channel",
        name=literal(spelled.channel.name),
        address="None" if address is None else call("Address", literal(address)),
        messages=_constants(spelled.messages),
        parameters=only_if(bool(spelled.parameters), tuple_of(map(_parameter, spelled.parameters))),
        plan=_plan(spelled.plan, messages),
        servers=only_if(bool(spelled.channel.servers), literal(spelled.channel.servers)),
    )


def operation(spelled: SpelledEventOperation, messages: dict[str, str]) -> str:
    """Return the `Receive` or the `Send` of *spelled*."""
    return call(
        "Receive" if spelled.operation.direction is Direction.RECEIVE else "Send",
        id=literal(spelled.operation.id),
        channel=spelled.channel.constant,
        messages=_constants(spelled.messages),
        reply=None if spelled.reply is None else _reply(spelled.reply, messages),
    )


def operation_annotation(spelled: SpelledEventOperation) -> str:
    """Return the annotation of the declaration of *spelled*."""
    match spelled.operation.direction:
        case Direction.RECEIVE:
            return "Final"
        case Direction.SEND:
            return f"Final[Send[{spelled.answer}]]"
        case _:
            assert_never(spelled.operation.direction)


def service(name: str, package: str, events: SpelledEvents) -> str:
    """Return the `Service` that has all *events*."""
    return call(
        "Service",
        name=literal(name),
        judge=call("Judge", literal(package)),
        receives=only_if(bool(events.receives), tuple_of(one.constant for one in events.receives)),
        sends=only_if(bool(events.sends), tuple_of(one.constant for one in events.sends)),
    )


def _parameter(spelled: SpelledParameter) -> str:
    return call(
        "Parameter",
        literal(spelled.parameter.name),
        literal(spelled.argument),
        type=only_if(spelled.annotation != "str", spelled.annotation),
        schema=only_if(bool(spelled.key), literal(spelled.key)),
    )


def _reply(spelled: SpelledReply, messages: dict[str, str]) -> str:
    return call(
        "Reply",
        messages=_constants(spelled.messages),
        channel=None if spelled.channel is None else spelled.channel.constant,
        address=_location(spelled.reply.address),
        plan=_plan(spelled.plan, messages),
    )


def _plan(plan: Plan, messages: dict[str, str]) -> str | None:
    kinds = dict_of({value: messages[name] for value, name in plan.names.items()})
    match plan.telling:
        case Telling.SCHEMA:
            return None
        case Telling.HEADER:
            return call("ByHeader", literal(plan.where), kinds)
        case Telling.VALUE:
            return call("ByValue", call("Location", literal("payload"), literal(plan.where)), kinds)
        case Telling.PROPERTY:
            return call("ByProperty", kinds)
        case _:
            assert_never(plan.telling)


def _location(location: Location | None) -> str | None:
    return None if location is None else call("Location", literal(location.part.value), literal(location.pointer))


def _constants(messages: Iterable[SpelledMessage]) -> str:
    return tuple_of(each.constant for each in messages)
