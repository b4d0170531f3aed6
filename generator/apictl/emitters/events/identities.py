"""Where a message says what all its copies share: declared, or known by the names of its headers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from apictl.contract.events import Location, Message, MessagePart
from apictl.emitters.events.constants import Constants
from apictl.pages.python import names
from apictl.support.events.cloudevents import STRUCTURED
from apictl.support.media_types import parse_media_type
from apictl.support.pointers import join_pointer

_KEYS: Final = ("idempotencykey", "xidempotencykey")
"""Headers that say so by their name (draft-ietf-httpapi-idempotency-key-header), as words without signs."""
_PREFIXES: Final = ("ce_", "ce-", "cloudEvents:", "cloudEvents_")
"""Of the headers that are attributes of a CloudEvent: Kafka's, HTTP's and NATS', AMQP's."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells a copy of a message.

    Attributes:
        location: of the value that all copies share.
        scope: of what that value is unique within; None when it is so by itself.
    """

    location: Location
    scope: Location | None = None


def identity_of(message: Message, constants: Constants) -> Identity | None:
    """Return what tells a copy of *message*; None when copies count.

    An event is known by its id within its source (CloudEvents 1.0.2, `id`).
    """
    if message.idempotency is not None:
        return Identity(message.idempotency)
    headers = () if message.headers is None else constants.property_names(message.headers)
    key = next((name for name in headers if "".join(names.words(name)).lower() in _KEYS), None)
    if key is not None:
        return Identity(_at(message, MessagePart.HEADER, key))
    for prefix in _PREFIXES:
        if _has(headers, prefix):
            return _event(message, MessagePart.HEADER, prefix)
    media_type = parse_media_type(message.content_type)
    if media_type is not None and media_type.essence == STRUCTURED and message.payload is not None:
        declared = constants.property_names(message.payload.schema)
        return _event(message, MessagePart.PAYLOAD, "") if _has(declared, "") else None
    return None


def _has(declared: Sequence[str], prefix: str) -> bool:
    return f"{prefix}id" in declared and f"{prefix}source" in declared


def _event(message: Message, part: MessagePart, prefix: str) -> Identity:
    return Identity(_at(message, part, f"{prefix}id"), _at(message, part, f"{prefix}source"))


def _at(message: Message, part: MessagePart, name: str) -> Location:
    return Location(part, join_pointer([name]), message.place)
