"""Messages that nothing tells apart, with what may be both."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, islice

from apictl.contract.definition import Definition
from apictl.contract.samples import Sampler, Unsatisfiable
from apictl.contract.schema import JsonValue, Schema, as_schema
from apictl.emitters.events.coded import as_read
from apictl.emitters.events.spelling import SpelledMessage
from apictl.findings import Finding, Place, Related, Severity
from apictl.pages.python.contents import resolve
from apictl.support.media_types import covers, parse_media_type

_MOST_PAIRS = 60
"""Of messages that are compared by value: each takes milliseconds."""
_MOST_LOOKED_AT = 20_000
"""Pairs of messages whose media types are compared."""
_TRIED = 8
"""Values of one message that are tried as another one."""
_HINT = "let a header, or a constant in the payload, differ"


class Ambiguities:
    """Compares the messages of one contract."""

    def __init__(self, definitions: Mapping[str, Definition]) -> None:
        """Follow references to *definitions*."""
        self._definitions = definitions
        self._sampler = Sampler({name: definition.schema for name, definition in definitions.items()})

    def among(self, messages: Sequence[SpelledMessage], place: Place, received: frozenset[str]) -> Iterator[Finding]:
        """Yield a finding at *place* for each two of *messages* that one and the same document may be.

        Only those that go by schema ask for it: every other plan keeps messages apart. Pairs of which none is
        *received* are nobody's concern. It is an error where both are, and their schemas say the same.
        """
        pairs = (pair for pair in combinations(messages, 2) if any(one.message.name in received for one in pair))
        looked_at = islice(pairs, _MOST_LOOKED_AT)
        for one, other in islice((pair for pair in looked_at if _may_meet(*pair)), _MOST_PAIRS):
            names = f"{one.message.name[:40]!r} and {other.message.name[:40]!r}"
            related = (Related("one", one.message.place), Related("the other", other.message.place))
            if received >= {one.message.name, other.message.name} and self._are_alike(one, other):
                told = f"messages {names} are alike, so that nothing is surely either of them"
                yield Finding("message-ambiguous", Severity.ERROR, told, place, related, _HINT)
                continue
            shared = self._shared(one, other)
            if shared is not None:
                told = f"nothing tells {names} apart: as both is dead-lettered {_shown(shared)}"
                yield Finding("message-ambiguous", Severity.WARNING, told, place, related, _HINT)

    def _are_alike(self, one: SpelledMessage, other: SpelledMessage) -> bool:
        """Whether both messages say the same of payload and headers."""
        parts = ((one.schema, other.schema), (one.message.headers, other.message.headers))
        return all(self._resolved(left) == self._resolved(right) for left, right in parts)

    def _resolved(self, schema: Schema | None) -> Schema | None:
        return resolve(True if schema is None else schema, self._definitions)

    def _shared(self, one: SpelledMessage, other: SpelledMessage) -> JsonValue:
        """Return headers and payload that both messages accept; None when none is found."""
        parts: dict[str, JsonValue] = {"payload": {"allOf": [_plain(one.schema), _plain(other.schema)]}}
        parts["headers"] = {"type": "object", "allOf": [_plain(each.message.headers) for each in (one, other)]}
        try:
            if one.coder is not None and other.coder is not None:
                headers = self._sampler.sample(as_schema(parts["headers"]))
                payloads = (*self._taken(one, other), *self._taken(other, one))
                return {"headers": headers, "payload": payloads[0]} if payloads else None
            return self._sampler.sample({"type": "object", "required": ["headers", "payload"], "properties": parts})
        except Unsatisfiable:
            return None

    def _taken(self, writer: SpelledMessage, reader: SpelledMessage) -> Iterator[JsonValue]:
        """Yield payloads of *writer* that *reader* takes for its own: such bytes don't say what they are."""
        for value in self._sampler.samples(True if writer.schema is None else writer.schema, count=_TRIED):
            for seen in as_read(reader, value, writer):
                if isinstance(seen, bytes) or reader.schema is None or self._sampler.is_valid(reader.schema, seen):
                    yield value


def _may_meet(one: SpelledMessage, other: SpelledMessage) -> bool:
    """Whether one media type may be that of both messages."""
    types = [parse_media_type(each.message.content_type) for each in (one, other)]
    if types[0] is None or types[1] is None:
        return True
    return covers(types[0], types[1]) or covers(types[1], types[0])


def _shown(shared: JsonValue) -> str:
    """The message that is both, in 80 characters; headers only where there are some."""
    parts = shared if isinstance(shared, dict) else {}
    told = {name: parts[name] for name in ("headers", "payload") if parts.get(name) != {} or name == "payload"}
    text = json.dumps(told)
    return text if len(text) <= 80 else f"{text[:77]}..."  # noqa: PLR2004 - what is left of a line


def _plain(schema: Schema | None) -> JsonValue:
    return True if schema is None else schema if isinstance(schema, bool) else dict(schema)
