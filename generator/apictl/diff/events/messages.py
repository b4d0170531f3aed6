"""Messages that travel one way on a channel, side by side, and what is in them."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from apictl.contract.definition import Definition
from apictl.contract.events import Location, Message, MessagePart
from apictl.contract.schema import JsonValue, Schema, as_schema
from apictl.contract.values.conjunction import identity
from apictl.diff.events.bindings import binding_pairs
from apictl.diff.events.pairs import BindingPair, CorrelationPair, MessagePair
from apictl.diff.matching import completed, either, in_order, partners
from apictl.diff.pairs import Definitions, Life, LifePair, SchemaPair
from apictl.diff.scalars import followed
from apictl.diff.schemas.difference import SchemaAt
from apictl.diff.spot import Spot
from apictl.support.pointers import unescape_token

_ANYTHING: Final[Schema] = True
_OBJECT: Final[Schema] = {"type": "object"}


def message_pairs(old: Sequence[Message], new: Sequence[Message], spot: Spot) -> Iterator[MessagePair]:
    """Yield the messages of *spot* by name, then by what they carry; two that are alone are one, whatever they say."""
    known = partners(old, new, lambda message: message.name)
    known = completed(known, old, new, _content)
    if len(old) == len(new) == 1:
        known = {0: 0}
    for was, now in in_order(old, new, known):
        name = either(now, was).name
        part = f"{spot.part} message {name!r}".lstrip()
        others = old if was is None else new if now is None else ()
        yield MessagePair(was, now, spot.of(was, now).at(part), tuple(others))


def inside(
    pair: MessagePair, definitions: Definitions
) -> Iterator[LifePair | SchemaPair | CorrelationPair | BindingPair]:
    """Yield what is in the message of *pair*, when both contracts have it."""
    old, new = pair.old, pair.new
    if old is None or new is None:
        return
    spot = pair.spot
    yield LifePair(_life(old), _life(new), spot)
    yield _schemas(_payload(old), _payload(new), spot, "payload")
    if old.headers is not None or new.headers is not None:
        yield _schemas(_headers(old), _headers(new), spot, "headers")
    if old.key is not None or new.key is not None:
        yield _schemas(_key(old), _key(new), spot, "key")
    correlation = _correlation(pair, definitions)
    if correlation is not None:
        yield correlation
    yield from binding_pairs(old.bindings, new.bindings, spot, holder="message")


def _schemas(old: SchemaAt, new: SchemaAt, spot: Spot, root: str) -> SchemaPair:
    return SchemaPair(old, new, spot.at(f"{root} of {spot.part}"), root=root)


def _life(message: Message) -> Life:
    return Life(message.place, message.is_deprecated, sunset="", stability="")


def _payload(message: Message) -> SchemaAt:
    if message.payload is None:
        return SchemaAt(_ANYTHING, message.place)
    return SchemaAt(message.payload.schema, message.payload.place)


def _headers(message: Message) -> SchemaAt:
    if message.headers is None:
        return SchemaAt(_OBJECT, message.place)
    return SchemaAt(message.headers, message.place.child("headers"))


def _key(message: Message) -> SchemaAt:
    if message.key is None:
        return SchemaAt(_ANYTHING, message.place)
    return SchemaAt(message.key, message.place.child("bindings", "kafka", "key"))


def _content(message: Message) -> Hashable:
    payload = None if message.payload is None else _text(message.payload.schema)
    headers = None if message.headers is None else _text(message.headers)
    source = None if message.payload is None else identity(message.payload.source)
    return payload, headers, source, message.content_type


def _text(schema: Schema) -> str:
    return identity(schema if isinstance(schema, bool) else dict(schema))


def _correlation(pair: MessagePair, definitions: Definitions) -> CorrelationPair | None:
    if pair.old is None or pair.new is None:
        return None
    old, new = pair.old.correlation, pair.new.correlation
    if old is None and new is None:
        return None
    lacking, known = (pair.old, definitions.old) if old is None else (pair.new, definitions.new)
    is_sure = (old is None or new is None) and _is_sure(either(new, old), lacking, known)
    spot = pair.spot.of(old, new)
    return CorrelationPair(old, new, replace(spot, part=f"correlation id of {spot.part}"), is_sure=is_sure)


def _is_sure(location: Location, message: Message, definitions: Mapping[str, Definition]) -> bool:
    """Whether every message has a value at *location*, as far as is plain to see."""
    at = _headers(message) if location.part is MessagePart.HEADER else _payload(message)
    schema = at.schema
    for token in location.pointer.split("/")[1:]:
        name = unescape_token(token)
        meant = followed(schema, definitions)
        if isinstance(meant, bool):
            return False
        required: JsonValue = meant.get("required")
        properties: JsonValue = meant.get("properties")
        if not isinstance(required, list) or name not in required or meant.get("type") != "object":
            return False
        schema = as_schema(properties.get(name, True)) if isinstance(properties, dict) else True
    return True
