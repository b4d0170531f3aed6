"""Whether what one message carries is carried by others on its channel, so that only its name comes or goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from apictl.contract.events import Message, PayloadFormat
from apictl.contract.schema import JsonValue, Schema
from apictl.diff.events.pairs import MessagePair
from apictl.diff.law import Effect
from apictl.diff.matching import either
from apictl.diff.media import is_same_media_type
from apictl.diff.schemas.comparison import SchemaComparison
from apictl.diff.schemas.difference import SchemaAt

_OTHERS: Final = 40
"""Most messages that are looked at together."""
_READ: Final = frozenset({PayloadFormat.JSON_SCHEMA, PayloadFormat.AVRO})


def judged(pair: MessagePair, comparison: SchemaComparison) -> MessagePair:
    """Return *pair* with whether the contract that lacks the message covers it by others."""
    if pair.old is not None and pair.new is not None:
        return pair
    message = either(pair.new, pair.old)
    others = [other for other in pair.others if _is_like(message, other)]
    if not others or len(others) > _OTHERS:
        return pair
    one, all_others = _payload([message]), _payload(others)
    old, new = (one, all_others) if pair.new is None else (all_others, one)
    lost = Effect.NARROWS if pair.new is None else Effect.WIDENS
    found = {difference.effect for difference in comparison.differences(old, new)}
    return pair if found & {lost, Effect.INCOMPARABLE} else replace(pair, is_covered=True)


def _is_like(message: Message, other: Message) -> bool:
    """Whether both are alike in everything that is no payload."""
    formats = {PayloadFormat.JSON_SCHEMA if each.payload is None else each.payload.format for each in (message, other)}
    return (
        len(formats) == 1
        and formats <= _READ
        and is_same_media_type(message.content_type or None, other.content_type or None)
        and (message.headers, message.key) == (other.headers, other.key)
        and _correlation(message) == _correlation(other)
    )


def _correlation(message: Message) -> tuple[str, str] | None:
    at = message.correlation
    return None if at is None else (at.part.value, at.pointer)


def _payload(messages: Sequence[Message]) -> SchemaAt:
    schemas: list[Schema] = [True if each.payload is None else each.payload.schema for each in messages]
    place = messages[0].place if messages[0].payload is None else messages[0].payload.place
    if len(schemas) == 1:
        return SchemaAt(schemas[0], place)
    branches: list[JsonValue] = [each if isinstance(each, bool) else dict(each) for each in schemas]
    return SchemaAt({"anyOf": branches}, place)
