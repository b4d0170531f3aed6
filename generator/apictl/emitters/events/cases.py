"""Messages prepared from a contract: for each message of each operation valid ones, and wrong ones a step away."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import islice

from apictl.contract.definition import Definition
from apictl.contract.events import Direction
from apictl.contract.samples import Sampler, Unsatisfiable
from apictl.contract.schema import JsonValue, Schema, as_schema
from apictl.emitters.events.coded import as_read, encoded, unreadable
from apictl.emitters.events.contents import Carried, carried
from apictl.emitters.events.pairs import Pairs
from apictl.emitters.events.spelling import SpelledChannel, SpelledEventOperation, SpelledEvents, SpelledMessage
from apictl.emitters.events.writing import Entry, Parts, Writing, in_base64
from apictl.support.events.addresses import Address
from apictl.support.readings import scalar_text

_TRIED = 8
_PAIRED = 24
_WRONG_TRIED = 60
_WRONG_CHARACTERS = 60_000
"""Of the wrong messages of one kind together."""
_OCTETS = b"\x00octets\xff"
_REPLIES = "contract-tests.replies"
_ANY_TEXT: Schema = {"type": "string", "minLength": 1}


class Cases:
    """Makes the cases of one contract."""

    def __init__(self, events: SpelledEvents, definitions: Mapping[str, Definition]) -> None:
        """Take values from the schemas of *events*, which refer to *definitions*."""
        self._events = events
        schemas = {name: definition.schema for name, definition in definitions.items()}
        self._sampler = Sampler(schemas)
        self._pairs = Pairs(schemas, self._sampler)

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
            for parts in (*islice(self._parts(message, count=_TRIED), _TRIED), *self._paired(message)):
                written = writing.written(parts)
                if written is not None and self._is_only(written, operation.channel, message):
                    valid.append(writing.entry(f"valid message {len(valid) + 1}", written))
            plain = next(iter(self._parts(message, count=1)), None)
            plain = None if plain is None else writing.written(plain)
            if plain is not None and valid:
                wrong += _small(self._wrong(operation, message, plain, writing))
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
        if carried(message.message) is Carried.BYTES:
            yield Parts(headers, _OCTETS)
            return
        schema: Schema = _ANY_TEXT if message.schema is None and not message.is_json else message.schema or True
        for example in message.message.examples:
            told = headers if example.headers is None else {**example.headers}
            is_valid = example.payload and self._is_valid(schema, example.payload[0])
            if is_valid and encoded(message, example.payload[0]) is not None and self._are_sayable(message, told):
                yield Parts(told, example.payload[0])
        try:
            for value in self._sampler.samples(schema, count=count):
                if encoded(message, value) is not None:
                    yield Parts(headers, value)
        except Unsatisfiable:
            return

    def _paired(self, message: SpelledMessage) -> Iterator[Parts]:
        """Yield messages in which each two choices meet."""
        plain = next(iter(self._parts(message, count=1)), None)
        if plain is None or not message.is_json or isinstance(plain.payload, bytes):
            return
        declared = message.message.headers
        parts: dict[str, JsonValue] = {
            "headers": {} if declared is None else _plain(declared),
            "payload": _plain(True if message.schema is None else message.schema),
        }
        whole: JsonValue = {"headers": {**plain.headers}, "payload": plain.payload}
        schema: Schema = {"type": "object", "required": [*parts], "properties": parts}
        for value in self._pairs.values(schema, whole, most=_PAIRED):
            headers = value["headers"] if isinstance(value, dict) else None
            if isinstance(value, dict) and isinstance(headers, dict) and self._are_sayable(message, headers):
                yield Parts(headers, value["payload"])

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
        meant = [
            each
            for each in channel.messages
            for payload in as_read(each, parts.payload, message)
            if self._is(Parts(parts.headers, payload), each)
        ]
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
        self, operation: SpelledEventOperation, message: SpelledMessage, plain: Parts, writing: Writing
    ) -> Iterator[Entry]:
        channel = operation.channel
        if all(each.message.content_type and "*" not in each.message.content_type for each in channel.messages):
            yield {**writing.entry("an undeclared media type", plain), "content_type": "application/x-undeclared"}
        for name in plain.headers:
            parts = Parts({each: value for each, value in plain.headers.items() if each != name}, plain.payload)
            if not any(self._is(parts, each) for each in channel.messages):
                yield writing.entry(f"header {name[:60]!r} is missing", parts)
        yield from self._wrong_headers(channel, message, plain, writing)
        yield from self._wrong_payloads(channel, message, plain, writing)

    def _wrong_headers(
        self, channel: SpelledChannel, message: SpelledMessage, plain: Parts, writing: Writing
    ) -> Iterator[Entry]:
        """Yield messages with a header that its schema refuses, also as the text that it is on the wire."""
        declared = message.message.headers
        schema = {} if declared is None or isinstance(declared, bool) else declared.get("properties")
        for name, below in schema.items() if isinstance(schema, dict) else ():
            try:
                texts = [
                    text for text in self._sampler.invalid(as_schema(below), count=_TRIED) if isinstance(text, str)
                ]
            except Unsatisfiable:
                continue
            for text in texts[:2]:
                parts = Parts({**plain.headers, name: text}, plain.payload)
                if not any(self._is(parts, each) for each in channel.messages):
                    yield writing.entry(f"header {name[:60]!r} breaks its schema", parts)

    def _wrong_payloads(
        self, channel: SpelledChannel, message: SpelledMessage, plain: Parts, writing: Writing
    ) -> Iterator[Entry]:
        for body in unreadable(channel.messages, encoded(message, plain.payload)):
            yield {**writing.entry("the payload is not of its schema", plain), "body": in_base64(body)}
        if not message.is_json or message.schema is None or isinstance(plain.payload, bytes):
            return
        if all(each.is_json for each in channel.messages):
            yield {**writing.entry("the payload is no JSON", plain), "body": {"text": "{"}}
        try:
            for value in self._sampler.invalid(message.schema, count=_WRONG_TRIED):
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

    def _writing(self, operation: SpelledEventOperation, message: SpelledMessage) -> Writing | None:
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
        return Writing(message, address, key if isinstance(key, str) else None, reply_to, located)

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


def _small(entries: Iterator[Entry]) -> Iterator[Entry]:
    """Yield *entries* as long as they are not too long together."""
    size = 0
    for entry in entries:
        size += len(json.dumps(entry))
        if size > _WRONG_CHARACTERS:
            return
        yield entry


def _plain(schema: Schema) -> JsonValue:
    return schema if isinstance(schema, bool) else dict(schema)
