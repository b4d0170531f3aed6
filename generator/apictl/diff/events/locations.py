"""Where in a message a value is, as it is written, and what it means that it is elsewhere."""

from __future__ import annotations

from apictl.contract.events import Location
from apictl.diff.law import Effect


def located(location: Location | None) -> str:
    """Return *location* as a runtime expression; "" for none (AsyncAPI 3.0, Runtime Expression)."""
    return "" if location is None else f"$message.{location.part.value}#{location.pointer}"


def shifted(old: Location | None, new: Location | None) -> Effect:
    """Return what it does to the messages that a value has to be at *new*, which is not where *old* says."""
    if old is None:
        return Effect.NARROWS
    return Effect.WIDENS if new is None else Effect.INCOMPARABLE
