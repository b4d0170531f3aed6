"""Ids of its own for each message, so that no message is taken for a copy of another, and no reply for another's."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import count
from typing import Any

from ..declarations import MessageKind, Receive
from ..errors import NotConforming
from ..locations import Location, overwritten, text_at
from ..messages import delivered
from ..reading import Judging, Reader
from .cases import MessageCase


class Fresh:
    """Renews the ids of valid messages of one kind: correlation, idempotency, message id."""

    def __init__(self, operation: Receive, kind: MessageKind, judging: Judging, *, token: str = "") -> None:
        """Make ids that begin with *token*: another one for each run on a broker that remembers."""
        self.kind = kind
        self._reader = Reader(operation.channel, judging)
        self._is_answered = operation.reply is not None
        self._reply_at = None if operation.reply is None else operation.reply.address
        self._token = token
        self._numbers = count(1)

    def flaw(self, case: MessageCase) -> str:
        """Return why *case* breaks the contract; "" when it doesn't."""
        try:
            self._reader.read(delivered(case.publication))
        except NotConforming as error:
            return str(error)
        return ""

    def is_valid(self, case: MessageCase) -> bool:
        """Return whether *case* is the message that is meant, and conforms."""
        try:
            return self._reader.read(delivered(case.publication)).kind is self.kind
        except NotConforming:
            return False

    def named(self, case: MessageCase) -> MessageCase:
        """Return *case*, which is wrong and stays so, with a message id of its own."""
        return replace(case, publication=replace(case.publication, message_id=self._name(next(self._numbers))))

    def random(self, plain: MessageCase, headers: Mapping[str, Any], payload: Any) -> MessageCase | None:
        """Return *plain* with these *headers* and *payload*; None when that is no valid message of this kind."""
        if not all(isinstance(value, (str, int, float)) for value in headers.values()):
            return None
        case, reply_to = self._keyed(plain.saying("a random message", headers, payload)), plain.publication.reply_to
        if self._reply_at is not None and reply_to is not None:
            case = self._replaced(case, self._reply_at, reply_to) or case
        return case if self.is_valid(case) else None

    def of(self, case: MessageCase) -> MessageCase:
        """Return *case* with ids that no other message has, as far as the contract lets it have them."""
        number = next(self._numbers)
        kind = self.kind
        for place in (kind.idempotency, kind.correlation if self._is_answered else None):
            case = case if place is None else self._renewed(case, place, number)
        sent, correlation_id = case.publication, None
        if self._is_answered:
            payload = case.payload[0] if case.payload else None
            correlation_id = text_at(kind.correlation, sent.headers, payload) or f"{self._token}{number}"
        key = text_at(kind.key, sent.headers, case.payload[0] if case.payload else None) or sent.key
        named = replace(sent, key=key, correlation_id=correlation_id, message_id=self._name(number))
        return replace(case, publication=named)

    def _renewed(self, case: MessageCase, place: Location, number: int) -> MessageCase:
        """Return *case* with another value at *place*, or as it is where no other one conforms."""
        for value in self._values(number):
            changed = self._replaced(case, place, value)
            if changed is not None and self.is_valid(changed):
                return changed
        return case

    def _replaced(self, case: MessageCase, place: Location, value: str | int) -> MessageCase | None:
        """Return *case* with *value* at *place*; None where that can't be written."""
        headers, payload = dict(case.publication.headers), case.payload[0] if case.payload else None
        try:
            if place.part == "header":
                headers = overwritten(headers, place, value)
            elif case.payload:
                payload = overwritten(payload, place, value)
            else:
                return None
        except ValueError:
            return None
        is_flat = all(isinstance(value, (str, bytes, int, float)) for value in headers.values())
        return self._keyed(case.saying(case.why, headers, payload)) if is_flat else None

    def _keyed(self, case: MessageCase) -> MessageCase:
        """Return *case* with the key that it says itself, where the contract has one in the message."""
        told = text_at(self.kind.key, case.publication.headers, case.payload[0] if case.payload else None)
        return case if told is None else replace(case, publication=replace(case.publication, key=told))

    def _name(self, number: int) -> str:
        return f"contract-test-{self._token}{number}"

    def _values(self, number: int) -> Iterator[str | int]:
        yield f"{self._token}{number}"
        yield str(uuid.uuid5(uuid.NAMESPACE_OID, f"{self._token}{number}"))
        yield number
