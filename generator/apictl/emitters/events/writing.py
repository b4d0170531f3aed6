"""A message prepared for the tests of events, as it travels: an entry of `event_cases.json`."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from apictl.contract.events import Location, MessagePart
from apictl.contract.schema import JsonValue
from apictl.emitters.events.coded import encoded
from apictl.emitters.events.spelling import SpelledMessage
from apictl.support.events.locations import Location as Spot
from apictl.support.events.locations import overwritten, text_at
from apictl.support.readings import scalar_text

Entry: TypeAlias = "dict[str, JsonValue]"

_CORRELATION = "17"
"""A number, for it may stand where only numbers do."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A message by its values; `payload` is bytes where it is no JSON value."""

    headers: Mapping[str, JsonValue]
    payload: JsonValue | bytes


@dataclass(frozen=True, slots=True)
class Writing:
    """Writes messages as entries of `event_cases.json`."""

    message: SpelledMessage
    address: str
    key: str | None
    reply_to: str | None
    located: Location | None

    def written(self, parts: Parts) -> Parts | None:
        """Return *parts* with the address of the reply where the contract says it is; None when there is no place."""
        location = self.located
        if location is None or self.reply_to is None or isinstance(parts.payload, bytes):
            return parts
        spot = Spot(location.part.value, location.pointer)
        try:
            if location.part is MessagePart.HEADER:
                return Parts(overwritten(dict(parts.headers), spot, self.reply_to), parts.payload)
            return Parts(parts.headers, overwritten(parts.payload, spot, self.reply_to))
        except ValueError:
            return None

    def entry(self, why: str, parts: Parts) -> Entry:
        """Return *parts* as they travel."""
        declared = self.message.message
        body: Entry = {"json": parts.payload} if not isinstance(parts.payload, bytes) else {}
        if isinstance(parts.payload, bytes):
            body = in_base64(parts.payload)
        elif self.message.coding:
            body = in_base64(encoded(self.message, parts.payload) or b"")
        elif not self.message.is_json:
            body = {"text": scalar_text(parts.payload)}
        correlation = declared.correlation
        spot = None if correlation is None else Spot(correlation.part.value, correlation.pointer)
        content_type = declared.content_type if "*" not in declared.content_type else ""
        entry: Entry = {"why": why, "address": self.address, "headers": {**parts.headers}, "body": body}
        entry["content_type"] = content_type
        key = self._key(parts)
        if key is not None:
            entry["key"] = key
        if self.reply_to is not None:
            said = text_at(spot, dict(parts.headers), parts.payload)
            entry |= {"reply_to": self.reply_to, "correlation_id": said or _CORRELATION}
        return entry

    def _key(self, parts: Parts) -> str | None:
        location = self.message.message.key_location
        if location is None:
            return self.key
        return text_at(Spot(location.part.value, location.pointer), dict(parts.headers), parts.payload) or self.key


def in_base64(body: bytes) -> Entry:
    """Return the body of an entry that is *body*."""
    return {"base64": base64.b64encode(body).decode()}
