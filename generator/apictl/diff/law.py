"""The law of compatibility: an owner may accept more and produce less."""

from __future__ import annotations

import enum


class Side(enum.Enum):
    """Which way a value travels, seen from the service whose contract it is."""

    ACCEPTS = "accepts"
    """Parameters, request bodies, received messages, replies to our requests."""
    PRODUCES = "produces"
    """Responses, response headers, sent messages, payloads of webhooks and callbacks."""

    @property
    def opposite(self) -> Side:
        """The side of the one who is spoken to."""
        return Side.PRODUCES if self is Side.ACCEPTS else Side.ACCEPTS


class Effect(enum.Enum):
    """What a change does to the set of values that the contract allows at a place."""

    NARROWS = "narrows"
    """What was allowed is not allowed any more."""
    WIDENS = "widens"
    """What was not allowed is allowed now."""
    INCOMPARABLE = "incomparable"
    """Both."""
    NEUTRAL = "neutral"
    """Neither: only what is said about the values changed."""


def breaks(side: Side, effect: Effect) -> bool:
    """Whether a change of *effect* on *side* breaks somebody who keeps to the old contract."""
    match effect:
        case Effect.INCOMPARABLE:
            return True
        case Effect.NARROWS:
            return side is Side.ACCEPTS
        case Effect.WIDENS:
            return side is Side.PRODUCES
        case Effect.NEUTRAL:
            return False
