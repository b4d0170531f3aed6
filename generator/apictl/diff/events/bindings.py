"""Bindings of two contracts side by side, field by field: what each known field is about, and which are schemas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final, TypeAlias

from apictl.contract.bindings import Binding
from apictl.contract.schema import JsonValue, as_schema
from apictl.diff.events.pairs import BindingField, BindingPair, Meaning
from apictl.diff.law import Side
from apictl.diff.matching import either, matched
from apictl.diff.pairs import SchemaPair
from apictl.diff.schemas.difference import SchemaAt
from apictl.diff.spot import Spot
from apictl.findings import Place

_Field: TypeAlias = tuple[str, ...]

_TOPIC: Final = ("channel", "kafka", "topic")
_MEANINGS: Final[Mapping[_Field, Meaning]] = MappingProxyType(
    {
        _TOPIC: Meaning.DESTINATION,
        ("channel", "kafka", "partitions"): Meaning.PARTITIONS,
        ("channel", "kafka", "topicConfiguration", "cleanup.policy"): Meaning.RETENTION,
        ("channel", "kafka", "topicConfiguration", "retention.ms"): Meaning.RETENTION,
        ("channel", "kafka", "topicConfiguration", "retention.bytes"): Meaning.RETENTION,
        ("channel", "kafka", "topicConfiguration", "delete.retention.ms"): Meaning.RETENTION,
        ("channel", "kafka", "topicConfiguration", "max.message.bytes"): Meaning.SIZE,
        ("operation", "kafka", "groupId"): Meaning.GROUP,
        ("operation", "kafka", "clientId"): Meaning.GROUP,
        ("channel", "amqp", "is"): Meaning.DESTINATION,
        ("channel", "amqp", "exchange", "name"): Meaning.DESTINATION,
        ("channel", "amqp", "exchange", "vhost"): Meaning.DESTINATION,
        ("channel", "amqp", "exchange", "type"): Meaning.DECLARATION,
        ("channel", "amqp", "exchange", "durable"): Meaning.DECLARATION,
        ("channel", "amqp", "exchange", "autoDelete"): Meaning.DECLARATION,
        ("channel", "amqp", "queue", "name"): Meaning.DESTINATION,
        ("channel", "amqp", "queue", "vhost"): Meaning.DESTINATION,
        ("channel", "amqp", "queue", "durable"): Meaning.DECLARATION,
        ("channel", "amqp", "queue", "exclusive"): Meaning.DECLARATION,
        ("channel", "amqp", "queue", "autoDelete"): Meaning.DECLARATION,
        ("operation", "amqp", "expiration"): Meaning.DELIVERY,
        ("operation", "amqp", "priority"): Meaning.DELIVERY,
        ("operation", "amqp", "deliveryMode"): Meaning.DELIVERY,
        ("operation", "amqp", "mandatory"): Meaning.DELIVERY,
        ("operation", "amqp", "ack"): Meaning.DELIVERY,
        ("operation", "amqp", "replyTo"): Meaning.DESTINATION,
        ("operation", "mqtt", "qos"): Meaning.DELIVERY,
        ("operation", "mqtt", "retain"): Meaning.DELIVERY,
        ("operation", "mqtt", "messageExpiryInterval"): Meaning.DELIVERY,
        ("operation", "nats", "queue"): Meaning.GROUP,
        ("operation", "http", "method"): Meaning.DESTINATION,
        ("channel", "ws", "method"): Meaning.DESTINATION,
    }
)

_DEFAULTS: Final[Mapping[_Field, JsonValue]] = MappingProxyType(
    {
        ("channel", "amqp", "is"): "routingKey",
        ("channel", "amqp", "exchange", "vhost"): "/",
        ("channel", "amqp", "queue", "vhost"): "/",
        ("operation", "mqtt", "retain"): False,
        ("operation", "amqp", "mandatory"): False,
        ("operation", "amqp", "ack"): False,
    }
)
"""What holds where nothing is said, of a binding that is there."""

_SCHEMAS: Final[Mapping[_Field, Side | None]] = MappingProxyType(
    {
        ("channel", "ws", "query"): Side.ACCEPTS,
        ("channel", "ws", "headers"): Side.ACCEPTS,
        ("operation", "http", "query"): None,
        ("message", "http", "headers"): None,
    }
)
"""Fields that hold a schema of what is sent, and the side of it; None for that of the messages."""

_SILENT: Final = frozenset({("message", "kafka", "key"), ("operation", "http", "type")})
"""Fields that are compared elsewhere, or that only repeat what is said elsewhere."""
_VERSION: Final = ("bindingVersion",)
_NESTED: Final = frozenset(field[:3] for field in _MEANINGS if len(field) > 3)  # noqa: PLR2004 - deeper than a member
_SPELLED: Final = MappingProxyType({"mqtt5": "mqtt", "kafka-secure": "kafka", "wss": "ws", "https": "http"})


def binding_pairs(
    old: Sequence[Binding], new: Sequence[Binding], spot: Spot, *, holder: str, address: tuple[str, str] = ("", "")
) -> Iterator[BindingPair | SchemaPair]:
    """Yield what the bindings of the *holder* at *spot*, a "channel" for one, do not say alike.

    *address* is that of the channel, old and new: the topic of Kafka where the binding names none.
    """
    for was, now in matched(old, new, lambda binding: binding.protocol):
        protocol = either(now, was).protocol
        at = spot.of(was, now)
        known = (holder, _SPELLED.get(protocol, protocol))
        before, after = _leaves(was, known), _leaves(now, known)
        if (*known, _TOPIC[-1]) == _TOPIC and (_TOPIC[2:] in before or _TOPIC[2:] in after):
            before.setdefault(_TOPIC[2:], address[0])
            after.setdefault(_TOPIC[2:], address[1])
        for steps in dict.fromkeys([*after, *before]):
            yield from _compared(known + steps, (was, before.get(steps)), (now, after.get(steps)), at)


def _compared(
    field: _Field, old: tuple[Binding | None, JsonValue], new: tuple[Binding | None, JsonValue], spot: Spot
) -> Iterator[BindingPair | SchemaPair]:
    if old[1] == new[1] and isinstance(old[1], bool) is isinstance(new[1], bool):
        return
    steps = field[2:]
    before, after = _place(old[0], steps, spot.old), _place(new[0], steps, spot.new)
    protocol = either(new[0], old[0]).protocol
    if field in _SCHEMAS and _is_plain(old[1]) and _is_plain(new[1]):
        part = f"{steps[-1]} of the {protocol} binding"
        at = spot.at(f"{part} of {spot.part}" if spot.part else part).on(_SCHEMAS[field] or spot.side)
        yield SchemaPair(_schema(old[1], before), _schema(new[1], after), at, root=steps[-1])
        return
    yield BindingPair(
        BindingField(old[1], before),
        BindingField(new[1], after),
        spot.below(before, after),
        protocol=protocol,
        name=".".join(steps),
        meaning=_MEANINGS.get(field, Meaning.UNKNOWN),
    )


def _leaves(binding: Binding | None, known: _Field) -> dict[_Field, JsonValue]:
    """Return what *binding* says, by the steps to it, and what holds by default."""
    if binding is None:
        return {}
    result: dict[_Field, JsonValue] = {}
    waiting: list[tuple[_Field, JsonValue]] = [((name,), value) for name, value in reversed([*binding.content.items()])]
    while waiting:
        steps, value = waiting.pop()
        field = known + steps
        if steps == _VERSION or field in _SILENT:
            continue
        if isinstance(value, dict) and value and field in _NESTED:
            waiting.extend(((*steps, name), below) for name, below in reversed([*value.items()]))
        else:
            result[steps] = value
    for field, usual in _DEFAULTS.items():
        if field[:2] == known and (len(field) == 3 or field[2] in binding.content):  # noqa: PLR2004 - not nested
            result.setdefault(field[2:], usual)
    return result


def _place(binding: Binding | None, steps: _Field, otherwise: Place) -> Place:
    if binding is None:
        return otherwise
    place, value = binding.place, dict[str, JsonValue](binding.content)
    for step in steps:
        if step not in value:
            break
        place = place.child(step)
        below = value[step]
        value = below if isinstance(below, dict) else {}
    return place


def _is_plain(value: JsonValue) -> bool:
    """Whether *value* is a schema without references, or none at all."""
    waiting, left = [value], 10_000
    while waiting and left:
        left -= 1
        match waiting.pop():
            case {"$ref": _}:
                return False
            case dict() as members:
                waiting.extend(members.values())
            case list() as items:
                waiting.extend(items)
            case _:
                pass
    return not waiting and (value is None or isinstance(value, dict | bool))


def _schema(value: JsonValue, place: Place) -> SchemaAt:
    return SchemaAt({"type": "object"} if value is None else as_schema(value), place)
