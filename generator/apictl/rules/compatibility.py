"""Which way of a change hurts on a channel: its direction says so, and for a log that is kept the team may ask more."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Final

from apictl.diff.law import Effect, Side
from apictl.diff.spot import Spot
from apictl.rules.dials import Compatibility, Dials


def judged_side(spot: Spot, effect: Effect, dials: Dials) -> Side:
    """Return the side that a change of *effect* at *spot* is judged from: one that it hurts, where one asks for more.

    Who reads a log from its beginning meets what the old contract allowed: messages are accepted there, whoever sends
    them. Who reads what comes next with the old contract is produced for.
    """
    asked = _asked(spot, dials)
    match effect:
        case Effect.NARROWS if Side.ACCEPTS in asked:
            return Side.ACCEPTS
        case Effect.WIDENS if Side.PRODUCES in asked:
            return Side.PRODUCES
        case _:
            return spot.side


def _asked(spot: Spot, dials: Dials) -> frozenset[Side]:
    asked = {Side.ACCEPTS, Side.PRODUCES} if spot.is_both_ways else {spot.side}
    for one in dials.compatibilities if spot.channel else ():
        if fnmatchcase(spot.channel, one.channel):
            asked |= _SIDES[one.compatibility]
    return frozenset(asked)


_SIDES: Final[Mapping[Compatibility, frozenset[Side]]] = {
    Compatibility.BACKWARD: frozenset({Side.ACCEPTS}),
    Compatibility.FORWARD: frozenset({Side.PRODUCES}),
    Compatibility.FULL: frozenset(Side),
}
