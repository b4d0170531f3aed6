"""Messages prepared from a contract: for each message of each operation valid ones, and wrong ones a step away."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

from apictl.contract.definition import Definition
from apictl.contract.events import Direction, Location, MessagePart
from apictl.contract.samples import Sampler, Unsatisfiable
from apictl.contract.schema import JsonValue, Schema
from apictl.emitters.events.contents import Carried, carried
from apictl.emitters.events.spelling import SpelledChannel, SpelledEventOperation, SpelledEvents, SpelledMessage
from apictl.support.events.addresses import Address
from apictl.support.events.locations import Location as Spot
from apictl.support.events.locations import overwritten, text_at
from apictl.support.readings import scalar_text

Entry: TypeAlias = "dict[str, JsonValue]"

_VALID = 8
_WRONG = 12
_TRIED = 24
_OCTETS = b"\x00octets\xff"
_REPLIES = "contract-tests.replies"
_CORRELATION = "17"
"""A number, for it may stand where only numbers do."""
_ANY_TEXT: Schema = {"type": "string", "minLength": 1}


@dataclass(frozen=True, slots=True)
class Parts:
    """A message by its values; `payload` is bytes where it is no JSON value."""

    headers: Mapping[str, JsonValue]
    payload: JsonValue | bytes


class Cases:
    """Makes the cases of one contract."""

    def __init__(self, events: SpelledEvents, definitions: Mapping[str, Definition]) -> None:
        """Take values from the schemas of *events*, which refer to *definitions*."""
        self._events = events
        self._sampler = Sampler({name: definition.schema for name, definition in definitions.items()})

    def entries(self) -> Iterator[Entry]:
        """Yield what `event_cases.json` says, operation by operation."""
        for operation in self._events.operations:
            for method in operation.methods:
                yield self._entry(operation, method.message)

    def replies(self) -> Iterator[tuple[str, Entry]]:
        """Yield the id of each operation that replies, with the sample of its reply; none where no sample is found."""
        for operation in self._events.receives:
            if operation.reply is not None:
                message = operation.reply.messages[0]
                for parts in self._parts(message, count=1):
                    payload = parts.payload
                    if not isinstance(payload, bytes):
                        yield operation.operation.id, {"payload": payload, "headers": {**parts.headers}}

    def _entry(self, operation: SpelledEventOperation, message: SpelledMessage) -> Entry:
        place = message.message.place
        valid: list[JsonValue] = []
        wrong: list[JsonValue] = []
        writing = self._writing(operation, message)
        if writing is not None:
            for parts in islice(self._parts(message, count=_TRIED), _TRIED):
                written = writing.written(parts)
                if written is not None and len(valid) < _VALID and self._is_only(written, operation.channel, message):
                    valid.append(writing.entry(f"valid message {len(valid) + 1}", written))
            plain = next(iter(self._parts(message, count=1)), None)
            plain = None if plain is None else writing.written(plain)
            if plain is not None and valid:
                wrong += islice(self._wrong(operation, message, plain, writing), _WRONG)
        return {
            "operation": operation.operation.id,
            "message": message.message.name,
            "place": f"{place.path}#{place.pointer}",
            "valid": valid,
            "wrong": wrong,
        }

    # ------------------------------------------------------------------------------------------------ valid ones

    def _parts(self, message: SpelledMessage, *, count: int) -> Iterator[Parts]:
        """Yield examples of *message*, then samples; each keeps the schemas."""
        headers = self._header_values(message)
        if headers is None:
            return
        if carried(message.message.content_type) is Carried.BYTES:
            yield Parts(headers, _OCTETS)
            return
        schema: Schema = _ANY_TEXT if message.schema is None and not message.is_json else message.schema or True
        for example in message.message.examples:
            told = headers if example.headers is None else {**example.headers}
            if example.payload and self._is_valid(schema, example.payload[0]) and self._are_sayable(message, told):
                yield Parts(told, example.payload[0])
        try:
            for value in self._sampler.samples(schema, count=count):
                yield Parts(headers, value)
        except Unsatisfiable:
            return

    def _header_values(self, message: SpelledMessage) -> Mapping[str, JsonValue] | None:
        """Return the plainest headers of *message*; None when none is found that a broker carries as it is."""
        declared = message.message.headers
        if declared is None or message.headers is None:
            return {}
        try:
            found = self._sampler.sample({"allOf": [_plain(declared), {"type": "object"}]})
        except Unsatisfiable:
            return None
        values = found if isinstance(found, dict) else {}
        return values if self._are_sayable(message, values) else None

    def _are_sayable(self, message: SpelledMessage, values: Mapping[str, JsonValue]) -> bool:
        is_scalar = all(isinstance(value, str | int | float) for value in values.values())
        declared = message.message.headers
        return is_scalar and (declared is None or self._is_valid(declared, dict(values)))

    def _is_only(self, parts: Parts, channel: SpelledChannel, message: SpelledMessage) -> bool:
        """Whether *parts* are *message*, and no other message of *channel*."""
        meant = [each for each in channel.messages if self._is(parts, each)]
        return meant == [message]

    def _is(self, parts: Parts, message: SpelledMessage) -> bool:
        declared, payload = message.message.headers, parts.payload
        if declared is not None and not self._is_valid(declared, dict(parts.headers)):
            return False
        if isinstance(payload, bytes) or message.schema is None:
            return True
        return self._is_valid(message.schema, payload)

    # ------------------------------------------------------------------------------------------------ wrong ones

    def _wrong(
        self, operation: SpelledEventOperation, message: SpelledMessage, plain: Parts, writing: _Writing
    ) -> Iterator[Entry]:
        channel = operation.channel
        if all(each.message.content_type and "*" not in each.message.content_type for each in channel.messages):
            yield {**writing.entry("an undeclared media type", plain), "content_type": "application/x-undeclared"}
        for name in plain.headers:
            parts = Parts({each: value for each, value in plain.headers.items() if each != name}, plain.payload)
            if not any(self._is(parts, each) for each in channel.messages):
                yield writing.entry(f"header {name[:60]!r} is missing", parts)
        if not message.is_json or message.schema is None or isinstance(plain.payload, bytes):
            return
        if all(each.is_json for each in channel.messages):
            yield {**writing.entry("the payload is no JSON", plain), "body": {"text": "{"}}
        try:
            for value in islice(self._sampler.invalid(message.schema, count=_TRIED), _TRIED):
                parts = Parts(plain.headers, value)
                if not any(self._is(parts, each) for each in channel.messages):
                    yield writing.entry("payload: a step from a valid one", parts)
        except Unsatisfiable:
            return

    def _is_valid(self, schema: Schema, value: JsonValue) -> bool:
        try:
            return self._sampler.is_valid(schema, value)
        except Unsatisfiable:
            return False

    # ------------------------------------------------------------------------------------------------ addresses

    def _writing(self, operation: SpelledEventOperation, message: SpelledMessage) -> _Writing | None:
        """Return how messages of *operation* are written; None when no address or key is found."""
        address = self._address(operation.channel)
        reply = operation.reply
        reply_to = None
        if reply is not None:
            own = None if reply.channel is None or reply.channel.channel.address is None else reply.channel
            reply_to = _REPLIES if own is None else self._address(own)
        ordering = message.message.key if message.ordering else None
        try:
            key = None if ordering is None else self._sampler.sample(ordering)
        except Unsatisfiable:
            return None
        if address is None or (reply is not None and reply_to is None):
            return None
        is_received = operation.operation.direction is Direction.RECEIVE
        located = reply.reply.address if reply is not None and is_received else None
        return _Writing(message, address, key if isinstance(key, str) else None, reply_to, located)

    def _address(self, channel: SpelledChannel) -> str | None:
        if channel.channel.address is None:
            return None
        template, values = Address(channel.channel.address), {}
        for each in channel.parameters:
            text = next(self._segments(each.parameter.schema, each.parameter.examples, template.separator), None)
            if text is None:
                return None
            values[each.parameter.name] = text
        try:
            return template.made(values)
        except (KeyError, ValueError):
            return None

    def _segments(self, schema: Schema, examples: tuple[str, ...], separator: str) -> Iterator[str]:
        """Yield texts of *schema* that may stand in an address."""
        try:
            found = [each for each in examples if self._is_valid(schema, each)]
            for value in (*found, *self._sampler.samples(schema, count=_TRIED)):
                text = scalar_text(value) if isinstance(value, str | int | float) else ""
                if text and (not separator or separator not in text):
                    yield text
        except Unsatisfiable:
            return


@dataclass(frozen=True, slots=True)
class _Writing:
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
            body = {"base64": base64.b64encode(parts.payload).decode()}
        elif not self.message.is_json:
            body = {"text": scalar_text(parts.payload)}
        correlation = declared.correlation
        spot = None if correlation is None else Spot(correlation.part.value, correlation.pointer)
        content_type = declared.content_type if "*" not in declared.content_type else ""
        entry: Entry = {"why": why, "address": self.address, "headers": {**parts.headers}, "body": body}
        entry["content_type"] = content_type
        if self.key is not None:
            entry["key"] = self.key
        if self.reply_to is not None:
            said = text_at(spot, dict(parts.headers), parts.payload)
            entry |= {"reply_to": self.reply_to, "correlation_id": said or _CORRELATION}
        return entry


def _plain(schema: Schema) -> JsonValue:
    return schema if isinstance(schema, bool) else dict(schema)
