"""What a handler returns becomes the reply: judged, correlated, and sent to where the request says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final, Generic, NamedTuple, TypeVar

from ..documents import read_json
from ..shapes import dump_json
from .codecs import Formats
from .declarations import Channel, MessageKind, Reply
from .errors import InvalidMessage, NotConforming, Reason, Rule
from .locations import overwritten, text_at
from .messages import Delivery, Publication
from .packing import packed, unpacked
from .reading import Incoming
from .writing import Envelope, Outgoing, Writer

Payload = TypeVar("Payload")
TypedHeaders = TypeVar("TypedHeaders")

_LONGEST_ADDRESS: Final = 1024


@dataclass(frozen=True, slots=True)
class WithHeaders(Generic[Payload, TypedHeaders]):
    """A message whose headers are declared, as a handler returns it and a request is answered by it."""

    payload: Payload
    headers: TypedHeaders


class ReplyTo(NamedTuple):
    """Where a reply goes, and what joins it to its request."""

    address: str
    correlation_id: str | None


class Written(NamedTuple):
    """A reply that may leave, and which message it is."""

    kind: MessageKind
    publication: Publication


class Replier:
    """Makes the replies of one operation."""

    def __init__(self, reply: Reply, writer: Writer, formats: Formats, may_reply_to: Callable[[str], bool]) -> None:
        """Make *reply*, and send it only to where *may_reply_to* allows."""
        self._may_reply_to = may_reply_to
        self._reply = reply
        self._writer = writer
        # The address is always the request's, or read from the channel below.
        self._channel = reply.channel or Channel("reply", None, reply.messages)
        for kind in reply.messages:
            formats.keep(kind.content_type)

    def reply_to(self, delivery: Delivery, incoming: Incoming) -> ReplyTo:
        """Return where the reply to *incoming* goes.

        Raises:
            NotConforming: nothing says so, or it is none of the reply's channel.
        """
        said = text_at(incoming.kind.correlation, incoming.header_values, incoming.value)
        # Without a correlation id the id of the request takes its place (AMQP, section 3.2.4).
        correlation_id = said or delivery.correlation_id or delivery.message_id
        return ReplyTo(self._address(delivery, incoming), correlation_id)

    def written(self, value: Any, reply_to: ReplyTo) -> Written:
        """Return *value*, which the handler returned, as the reply.

        Raises:
            InvalidMessage: it is none that the contract declares.
        """
        payload, headers = (value.payload, value.headers) if isinstance(value, WithHeaders) else (value, None)
        kinds = self._kinds(payload)
        if len(kinds) == 1:
            return self._one(kinds[0], payload, headers, reply_to)
        written: list[Written] = []
        failures: list[InvalidMessage] = []
        for kind in kinds:
            try:
                written.append(self._one(kind, payload, headers, reply_to))
            except InvalidMessage as failure:
                failures.append(failure)
        if len(written) == 1:
            return written[0]
        if not written:
            raise failures[0]
        names = " and ".join(one.kind.name for one in written)
        raise InvalidMessage(names, (Reason(Rule.AMBIGUOUS_MESSAGE, "what was returned may be each of them"),))

    def kept(self, written: Written) -> bytes:
        """Return *written* as bytes that `again` reads."""
        return b"%d " % self._reply.messages.index(written.kind) + packed(written.publication)

    def again(self, raw: bytes, reply_to: ReplyTo) -> Publication:
        """Return the reply that was kept as *raw*, for a copy of the request that wants it at *reply_to*."""
        index, _, document = raw.partition(b" ")
        kind = self._reply.messages[int(index)]
        kept = unpacked(document)
        if reply_to.correlation_id in {None, kept.correlation_id}:
            return replace(kept, address=reply_to.address)
        return _correlated(replace(kept, address=reply_to.address), kind, reply_to.correlation_id or "")

    def _kinds(self, payload: Any) -> tuple[MessageKind, ...]:
        """Return which messages *payload* may be, by its class; the schemas tell apart what is no class."""
        kinds = self._reply.messages
        if len(kinds) == 1:
            return kinds
        found = [kind for kind in kinds if isinstance(kind.type, type) and isinstance(payload, kind.type)]
        return tuple(found) or kinds

    def _one(self, kind: MessageKind, payload: Any, headers: Any, reply_to: ReplyTo) -> Written:
        address, correlation_id = reply_to
        message = Outgoing(kind, payload, headers)
        publication = self._writer.write(self._channel, message, Envelope(address, correlation_id))
        if publication.correlation_id != correlation_id:
            wrong = f"{publication.correlation_id!r:.80} is not {correlation_id!r:.80} of the request"
            raise InvalidMessage(kind.name, (Reason(Rule.CORRELATION_ID, wrong),))
        return Written(kind, publication)

    def _address(self, delivery: Delivery, incoming: Incoming) -> str:
        if delivery.connection is not None:
            # At the address of the channel it would reach everybody's connections (AsyncAPI, WebSockets binding).
            return delivery.connection
        own = None if self._reply.channel is None else self._reply.channel.address
        if own is not None and not own.names:
            return own.template
        location = self._reply.address
        if location is None:
            address = delivery.reply_to
        else:
            address = text_at(location, {**delivery.headers, **incoming.header_values}, incoming.value)
            address = address or delivery.reply_to
        if not address:
            raise NotConforming(Reason(Rule.REPLY_ADDRESS, "nothing says where to reply to"))
        if len(address) > _LONGEST_ADDRESS or not address.isprintable():
            raise NotConforming(Reason(Rule.REPLY_ADDRESS, f"{address[:50]!r} is no address"))
        if not self._may_reply_to(address):
            raise NotConforming(Reason(Rule.REPLY_ADDRESS, f"{address!r:.100} is not allowed"))
        if own is not None and own.values(address) is None:
            raise NotConforming(Reason(Rule.REPLY_ADDRESS, f"{address!r:.100} is not of {own.template}"))
        return address


def _correlated(kept: Publication, kind: MessageKind, correlation_id: str) -> Publication:
    location = kind.correlation
    if location is None:
        return replace(kept, correlation_id=correlation_id)
    if location.part == "header":
        headers = overwritten(dict(kept.headers), location, correlation_id)
        return replace(kept, headers=headers, correlation_id=correlation_id)
    body = dump_json(overwritten(read_json(kept.body), location, correlation_id))
    return replace(kept, body=body, correlation_id=correlation_id)
