"""Pairs of AsyncAPI documents, each judged for a service that receives and for one that sends."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import Final

ACTIONS: Final = ("receive", "send")

ON_TRIPS: Final = "trip: {action: ACTION, channel: {$ref: '#/channels/trips'}}"
TWO_CHANNELS: Final = """\
trips: {address: trips, messages: {trip: {payload: {type: string}}}}
answers: {address: answers, messages: {done: {payload: {enum: [yes, no]}}}}
others: {address: others, messages: {done: {payload: {enum: [yes, no]}}}}"""
TRIP: Final = "trips: {address: trips, messages: {trip: {payload: {type: string}}}}"
NAMED: Final = "%s: {address: trips, messages: {trip: {name: trip, payload: {type: string}}}}"
KINDS: Final = "trips: {address: trips, messages: {%s}}"

_DOCUMENT: Final = """\
asyncapi: 3.0.0
channels:
{channels}
operations:
{operations}
"""


@dataclass(frozen=True, slots=True)
class Case:
    """A document before and after.

    Attributes:
        name: what happens.
        old: with `ACTION` where the service says whether it receives or sends.
        new: the same.
        receives: rules of what happens to a service that receives, in order; `!` after what breaks, `?` after warnings.
        sends: the same for a service that sends.
    """

    name: str
    old: str
    new: str
    receives: str
    sends: str


def document(channels: str, operations: str) -> str:
    """A document with these channels and operations."""
    return _DOCUMENT.format(channels=textwrap.indent(channels, "  "), operations=textwrap.indent(operations, "  "))


def message_case(name: str, old: str, new: str, *, receives: str, sends: str) -> Case:
    """A case of one message, given by its fields."""
    texts = (f"trips: {{address: trips, messages: {{trip: {{{text}}}}}}}" for text in (old, new))
    before, after = (document(text, ON_TRIPS) for text in texts)
    return Case(name, before, after, receives, sends)


def channel_case(name: str, old: str, new: str, *, receives: str, sends: str) -> Case:
    """A case of one channel, given by its fields beside a message."""
    texts = (f"trips: {{messages: {{trip: {{payload: {{type: string}}}}}}, {text}}}" for text in (old, new))
    before, after = (document(text, ON_TRIPS) for text in texts)
    return Case(name, before, after, receives, sends)


def operation_case(name: str, old: str, new: str, *, receives: str, sends: str) -> Case:
    """A case of one operation, given by its fields beside action and channel."""
    texts = (f"trip: {{action: ACTION, channel: {{$ref: '#/channels/trips'}}{text}}}" for text in (old, new))
    before, after = (document(TWO_CHANNELS, text) for text in texts)
    return Case(name, before, after, receives, sends)


def whole_case(name: str, old: tuple[str, str], new: tuple[str, str], *, receives: str, sends: str) -> Case:
    """A case of channels and operations."""
    return Case(name, document(*old), document(*new), receives, sends)
