"""A message becomes a publication, after everything that will leave has been judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple

from ..judge import MAX_MESSAGE
from ..media_types import parse_media_type
from .cloudevents import STRUCTURED, CloudEvent, CloudEvents, wrap, written_time
from .declarations import Channel, MessageKind
from .errors import InvalidMessage, NotConforming, Reason, Rule, reasons_of
from .headers import to_wire, write_headers
from .identities import compare_key, judge_key
from .locations import Location, completed, text_at
from .messages import Headers, HeaderValue, Publication
from .parameters import write_address
from .reading import Judging, judge_payload
from .settings import Settings
from .tracing import TRACE


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message that is to be sent.

    Attributes:
        kind: which it is.
        payload: of the type of the kind.
        headers: of the declared type; None for none.
        parameters: of the address, by argument.
        key: None for the one in the message, if the contract has one there.
    """

    kind: MessageKind
    payload: Any
    headers: Any = None
    parameters: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    key: str | None = None


class Envelope(NamedTuple):
    """What is put on a message that is a request or a reply.

    Attributes:
        address: instead of the channel's.
        correlation_id: for a message that says none itself.
        reply_to: where a reply is awaited.
        reply_location: where in the message that is said, beside where the transport says it.
    """

    address: str | None = None
    correlation_id: str | None = None
    reply_to: str | None = None
    reply_location: Location | None = None


PLAIN: Final = Envelope()
"""The envelope of a message that is neither."""


class Writer:
    """Writes the messages of one service."""

    def __init__(self, shared: Judging, settings: Settings) -> None:
        """Judge by *shared*."""
        self._judge = shared.judge
        self._formats = shared.formats
        self._settings = settings

    def write(self, channel: Channel, message: Outgoing, envelope: Envelope = PLAIN) -> Publication:
        """Return *message*, which goes to *channel*, as it may leave.

        Raises:
            InvalidMessage: it breaks the contract.
        """
        try:
            return self._written(channel, message, envelope)
        except NotConforming as error:
            raise InvalidMessage(message.kind.name, error.reasons) from None

    def _written(self, channel: Channel, message: Outgoing, envelope: Envelope) -> Publication:
        kind = message.kind
        address = envelope.address
        if address is None:
            address = write_address(channel, message.parameters, self._judge)
        body, value = self._body(message, envelope)
        headers = self._headers(message, envelope)
        publication = Publication(
            address,
            body,
            _on_the_wire(headers),
            self._key(message, headers, value),
            _concrete(kind.content_type),
            envelope.reply_to,
            text_at(kind.correlation, headers, value) or envelope.correlation_id,
            self._settings.identify(),
        )
        return publication if self._settings.events is None else self._event(publication, kind, self._settings.events)

    def _body(self, message: Outgoing, envelope: Envelope) -> tuple[bytes, Any]:
        """Return the body and the value in it, judged as it will be read: NaN, for one, is written as null."""
        kind = message.kind
        format_ = self._formats.find(kind.content_type, kind)
        if format_ is None:
            raise NotConforming(Reason(Rule.CONTENT_TYPE, f"{kind.content_type!r} can't be written"))
        try:
            body = format_.encode(message.payload, kind)
            value = format_.decode(body, kind)
            completed = _completed("payload", value, kind.correlation, envelope)
            if completed is not value:
                body, value = format_.write(completed, kind), completed
        except (TypeError, ValueError, AttributeError, RecursionError) as error:
            raise NotConforming(Reason(Rule.PAYLOAD, f"it can't be written: {error}"[:MAX_MESSAGE])) from None
        judge_payload(kind, value, self._judge)
        return body, value

    def _headers(self, message: Outgoing, envelope: Envelope) -> dict[str, Any]:
        declared = message.kind.headers
        try:
            headers: dict[str, Any] = _completed(
                "header", write_headers(declared, message.headers), message.kind.correlation, envelope
            )
        except (TypeError, ValueError, AttributeError, RecursionError) as error:
            raise NotConforming(Reason(Rule.HEADERS, f"they can't be written: {error}"[:MAX_MESSAGE])) from None
        if declared is not None and not self._judge.accepts(declared.schema, headers):
            raise NotConforming(*reasons_of(Rule.HEADERS, self._judge.refusals(declared.schema, headers)))
        return headers

    def _key(self, message: Outgoing, headers: Mapping[str, Any], value: Any) -> str | None:
        kind = message.kind
        key = text_at(kind.key, headers, value) if message.key is None else message.key
        judge_key(kind, key, self._judge)
        if message.key is not None:
            compare_key(kind, message.key, headers, value)
        return key

    def _event(self, publication: Publication, kind: MessageKind, events: CloudEvents) -> Publication:
        if publication.content_type.startswith(STRUCTURED):
            return publication
        time = written_time(self._settings.clock.now())
        event = CloudEvent(publication.message_id or "", events.source, kind.event_type or kind.name, time=time)
        return wrap(publication, event, events)


def _completed(part: Literal["header", "payload"], value: Any, correlation: Location | None, envelope: Envelope) -> Any:
    """Return *value*, this *part* of a message, with what the envelope says at the places that the contract names."""
    _, correlation_id, reply_to, reply = envelope
    if correlation is not None and correlation.part == part and correlation_id is not None:
        value = completed(value, correlation, correlation_id)
    if reply is not None and reply.part == part and reply_to is not None:
        value = completed(value, reply, reply_to)
    return value


def _on_the_wire(headers: Mapping[str, Any]) -> Headers:
    trace: Mapping[str, HeaderValue] = TRACE.get()
    return {**trace, **{name: to_wire(value) for name, value in headers.items()}}


@lru_cache(maxsize=256)
def _concrete(content_type: str) -> str:
    """Return the media type to send: "" where the contract says none, or only a range."""
    declared = parse_media_type(content_type)
    return "" if declared is None or declared.is_range else content_type
