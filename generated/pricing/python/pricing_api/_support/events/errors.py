"""Why messages are refused, and what handlers and publishers raise."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass

from ..judge import Refusal


class Rule(enum.Enum):
    """What a message breaks, or what became of it."""

    ADDRESS = "address"
    """The address is not of the channel, or a parameter in it breaks its schema."""
    CONTENT_TYPE = "content-type"
    """No message of the channel has this media type."""
    TOO_LARGE = "too-large"
    UNREADABLE = "unreadable"
    """The body is no document of its media type."""
    UNKNOWN_MESSAGE = "unknown-message"
    """It is none of the messages that the channel has."""
    AMBIGUOUS_MESSAGE = "ambiguous-message"
    """It may be several of them."""
    HEADERS = "headers"
    PAYLOAD = "payload"
    KEY = "key"
    CORRELATION_ID = "correlation-id"
    REPLY_ADDRESS = "reply-address"
    """A reply is due, and nothing says where to."""
    REJECTED = "rejected"
    """The handler wants it never again."""
    FAILED = "failed"
    """The handler failed at every attempt."""
    REPLY = "reply"
    """What the handler returned is not the reply that the contract declares."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that is wrong with a message.

    Attributes:
        rule: that it breaks.
        message: what is wrong.
        pointer: JSON Pointer into the payload, or into the headers for `Rule.HEADERS`; "" for the whole.
    """

    rule: Rule
    message: str
    pointer: str = ""

    def __str__(self) -> str:
        return f"{self.rule.value}: {self.pointer}: {self.message}" if self.pointer else self.said

    @property
    def said(self) -> str:
        """Rule and message."""
        return f"{self.rule.value}: {self.message}"


def reasons_of(rule: Rule, refusals: Iterable[Refusal]) -> tuple[Reason, ...]:
    """Return *refusals* as reasons of *rule*."""
    return tuple(Reason(rule, refusal.message, refusal.pointer) for refusal in refusals)


class NotConforming(Exception):
    """A message that breaks the contract."""

    def __init__(self, *reasons: Reason) -> None:
        """Keep *reasons*, of which there is at least one."""
        super().__init__("; ".join(map(str, reasons)))
        self.reasons = reasons


class InvalidMessage(ValueError):
    """A message that was to be sent breaks the contract; nothing was sent."""

    def __init__(self, name: str, reasons: tuple[Reason, ...]) -> None:
        """Keep the reasons why the message *name* is refused."""
        super().__init__(f"{name}: " + "; ".join(map(str, reasons)))
        self.reasons = reasons


class UndeclaredMessage(ValueError):
    """A message that the contract doesn't have was to be sent there; nothing was sent."""


class InvalidReply(ValueError):
    """The reply that came breaks the contract; it has been dead-lettered."""

    def __init__(self, reasons: tuple[Reason, ...]) -> None:
        """Keep the reasons."""
        super().__init__("; ".join(map(str, reasons)))
        self.reasons = reasons


class NoReply(TimeoutError):
    """No reply came in time."""


class Reject(Exception):
    """Raised by a handler: this message will never succeed, so dead-letter it now."""


class Retry(Exception):
    """Raised by a handler: this message can't be handled now; counts as a failed attempt."""

    def __init__(self, reason: str = "", *, after_seconds: float | None = None) -> None:
        """Try again *after_seconds*, or when the policy of the receiver says so."""
        super().__init__(reason)
        self.after_seconds = after_seconds


class NotAcknowledged(Exception):
    """A delivery that is to come again: the receiver stops, or an earlier one of its key is to come again."""
