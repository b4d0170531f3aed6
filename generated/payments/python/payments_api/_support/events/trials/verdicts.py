"""What the contract says of each thing that a service sent: dead letter, reply, or message of its own accord."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..declarations import Channel, MessageKind, Receive, Service
from ..errors import InvalidMessage, NotConforming, UndeclaredMessage
from ..headers import DEAD_LETTER
from ..locations import text_at
from ..messages import Headers, Publication, delivered, header_text
from ..publisher import Publisher
from ..reading import Reader
from ..settings import Settings


@dataclass(frozen=True, slots=True)
class Parted:
    """All that was sent because of one message.

    Attributes:
        letters: dead letters.
        replies: what went to where the message asks for its reply.
        others: everything else.
    """

    letters: tuple[Publication, ...]
    replies: tuple[Publication, ...]
    others: tuple[Publication, ...]


class Verdicts:
    """Judges what one service sends."""

    def __init__(self, service: Service, dead_letters: str) -> None:
        """Know its dead letters by their header, or by their address, *dead_letters*."""
        settings = Settings()
        self.judging = settings.judging(service.judge)
        self._service = service
        self._dead_letters = dead_letters
        self._publisher = Publisher(service, _Nowhere(), settings)
        self._readers: dict[Channel, Reader] = {}

    def parted(self, sent: tuple[Publication, ...], reply_to: str | None) -> Parted:
        """Return *sent* by what it is."""
        letters = tuple(one for one in sent if self._is_letter(one))
        rest = [one for one in sent if not self._is_letter(one)]
        replies = tuple(one for one in rest if reply_to is not None and one.address == reply_to)
        return Parted(letters, replies, tuple(one for one in rest if one not in replies))

    def letter_flaw(self, letter: Publication, original: Publication) -> str:
        """Return why *letter* is no dead letter of *original*; "" when it is one."""
        if letter.body != original.body:
            return "is dead-lettered with another body"
        came, kept = _texts(original.headers), _texts(letter.headers)
        lost = sorted(name for name, text in came.items() if kept.get(name) != text)
        if lost:
            return f"is dead-lettered without its header {lost[0]!r}"
        if letter.content_type != original.content_type:
            return f"is dead-lettered as {letter.content_type!r}, and came as {original.content_type!r}"
        if letter.address != self._dead_letters:
            return f"is dead-lettered at {letter.address!r}, not at {self._dead_letters!r}"
        return "" if _says_why(kept.get(DEAD_LETTER, "")) else f"is dead-lettered without a reason in {DEAD_LETTER!r}"

    def reply_flaw(self, reply: Publication, operation: Receive, request: Publication) -> str:
        """Return what is wrong with *reply*; "" for nothing."""
        declared = operation.reply
        if declared is None:
            return ""
        try:
            read = self._reply_reader(operation).read(delivered(reply))
        except NotConforming as error:
            return f"is answered by what breaks the contract: {error}"
        wanted = request.correlation_id
        said = text_at(read.kind.correlation, read.header_values, read.value) or reply.correlation_id
        if said != wanted:
            return f"is answered for the correlation id {said!r}, not {wanted!r}"
        return ""

    def is_reply(self, sent: Publication, operation: Receive) -> bool:
        """Return whether *sent* may be a reply of *operation*, wherever it went."""
        if operation.reply is None:
            return False
        try:
            self._reply_reader(operation).read(delivered(sent))
        except NotConforming:
            return False
        return True

    def flaw(self, sent: Publication) -> str:
        """Return why the service may not send *sent* of its own accord; "" when it may."""
        try:
            operation = self._publisher.judge(sent)
            reader = self._reader(operation.channel)
            read = reader.read(delivered(sent))
        except (InvalidMessage, UndeclaredMessage, NotConforming) as error:
            return str(error)
        located = text_at(read.kind.key, read.header_values, read.value)
        if located is not None and sent.key != located:
            return f"{read.kind.name}: the key is {sent.key!r}, not {located!r}"
        return self._key_flaw(read.kind, sent.key)

    def _key_flaw(self, kind: MessageKind, key: str | None) -> str:
        if kind.key_schema is None:
            return ""
        refusals = self._service.judge.refusals(kind.key_schema, key)
        return f"{kind.name}: key {key!r}: {refusals[0].message}" if refusals else ""

    def _is_letter(self, sent: Publication) -> bool:
        return sent.address == self._dead_letters or DEAD_LETTER in sent.headers

    def _reply_reader(self, operation: Receive) -> Reader:
        reply = operation.reply
        if reply is None:
            raise ValueError(f"{operation.id} has no reply")
        # Where it goes to is the request's to say, and is looked at apart.
        channel = Channel("reply", None, reply.messages, plan=reply.plan)
        return Reader(channel, self.judging)

    def _reader(self, channel: Channel) -> Reader:
        return self._readers.setdefault(channel, Reader(channel, self.judging))


class _Nowhere:
    """Sends nothing."""

    async def publish(self, publication: Publication) -> None:
        """Do nothing."""


def _texts(headers: Headers) -> dict[str, str]:
    return {
        name: value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else header_text(value)
        for name, value in headers.items()
    }


def _says_why(header: str) -> bool:
    try:
        described: Any = json.loads(header)
    except ValueError:
        return bool(header.strip())
    return bool(described.get("reasons")) if isinstance(described, Mapping) else bool(described)
