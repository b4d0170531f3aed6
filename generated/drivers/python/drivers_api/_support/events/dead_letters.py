"""Dead letters: the message as it came, with the reason why it was not handled in one header of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from .clock import Clock
from .errors import Reason, Rule
from .headers import DEAD_LETTER
from .messages import Delivery, Headers, Publication, header_text


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A dead letter as it is found.

    Attributes:
        delivery: the message as it came the first time.
        reasons: why it was not handled, at least one.
        group: of the receiver that gave it up.
        attempts: how often the handler was tried.
        time: of the giving up, as written.
    """

    delivery: Delivery
    reasons: tuple[Reason, ...]
    group: str
    attempts: int
    time: str

    def again(self) -> Publication:
        """Return the message as it was, to be sent to where it came from."""
        old = self.delivery
        return Publication(
            old.address,
            old.body,
            old.headers,
            old.key,
            old.content_type,
            old.reply_to,
            old.correlation_id,
            old.message_id,
        )


class DeadLetters:
    """Makes dead letters for one group of receivers."""

    def __init__(self, group: str, address: str, clock: Clock) -> None:
        """Send them to *address*, in which `{group}` and `{address}` stand for where they come from."""
        self._group = group
        self._address = address
        self._clock = clock

    def holds(self, delivery: Delivery) -> bool:
        """Whether *delivery* is a dead letter where dead letters lie: who receives everything sees them, too."""
        if DEAD_LETTER not in delivery.headers:
            return False
        before, inner, after = self._address.replace("{group}", self._group).partition("{address}")
        if not inner:
            return delivery.address == before
        is_long = len(delivery.address) >= len(before) + len(after)
        return is_long and delivery.address.startswith(before) and delivery.address.endswith(after)

    def _to(self, address: str) -> str:
        return self._address.replace("{group}", self._group).replace("{address}", address)

    def letter(self, delivery: Delivery, reasons: Sequence[Reason], *, attempts: int) -> Publication:
        """Return *delivery*, which is given up for *reasons* after so many *attempts*, as a dead letter."""
        address = self._to(delivery.address)
        described: dict[str, Any] = {
            "reasons": [{"rule": one.rule.value, "pointer": one.pointer, "message": one.message} for one in reasons],
            "group": self._group,
            "address": delivery.address,
            "attempts": attempts,
            "time": self._clock.now().isoformat(),
            **({} if delivery.reply_to is None else {"reply_to": delivery.reply_to}),
        }
        headers = dict(delivery.headers)
        if DEAD_LETTER in headers:
            # A dead letter that was sent again, or a sender's own idea: kept as it is, under a name that is free.
            described["before"] = _free_name(headers)
            headers[described["before"]] = headers[DEAD_LETTER]
        headers[DEAD_LETTER] = json.dumps(described, separators=(",", ":"))
        return Publication(
            address,
            delivery.body,
            headers,
            delivery.key,
            delivery.content_type,
            # Nobody replies to a dead letter: where to is kept in the header.
            None,
            delivery.correlation_id,
            delivery.message_id,
        )


def read_dead_letter(delivery: Delivery) -> DeadLetter:
    """Return *delivery*, which came from an address of dead letters, as the message that it was.

    Raises:
        ValueError: it is no dead letter.
    """
    header = delivery.headers.get(DEAD_LETTER)
    described: Any = json.loads(header_text(header)) if isinstance(header, str | bytes) else None
    match described:
        case {"reasons": list(reasons), "group": str(group), "address": str(address), "attempts": int(attempts)}:
            pass
        case _:
            raise ValueError("the message is no dead letter")
    before = described.get("before")
    headers = {name: value for name, value in delivery.headers.items() if name not in {DEAD_LETTER, before}}
    if before in delivery.headers:
        headers[DEAD_LETTER] = delivery.headers[before]
    original = replace(delivery, address=address, headers=headers, reply_to=described.get("reply_to"))
    return DeadLetter(original, tuple(map(_reason, reasons)), group, attempts, str(described.get("time", "")))


def _free_name(headers: Headers) -> str:
    return next(name for number in count(1) if (name := f"{DEAD_LETTER}-{number}") not in headers)


def _reason(described: Mapping[str, Any]) -> Reason:
    return Reason(Rule(described["rule"]), str(described["message"]), str(described["pointer"]))
