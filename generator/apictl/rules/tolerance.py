"""Changes that the law calls breaking and that break nobody, because of what the team has set or what was announced."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from apictl.contract.events import EventOperation, Message
from apictl.contract.operation import Operation, Parameter
from apictl.contract.schema import JsonValue
from apictl.diff.law import Side
from apictl.diff.pairs import ResponsePair
from apictl.diff.responses import is_success
from apictl.diff.spot import Spot
from apictl.diff.walk import AnyPair
from apictl.rules.dials import Dials
from apictl.rules.stability import rank
from apictl.rules.sunset import sunset_date

_READABLE: Final = frozenset({"additional-properties-allowed", "property-added", "property-allowed"})
"""Differences that let members come which readers may not know."""

_UNDECLARED: Final = frozenset({"property-added", "property-forbidden"})
"""Differences about members that the old contract does not name."""


def waiver(pair: AnyPair, rule: str, dials: Dials, *, side: Side) -> str:
    """Return why the change that *rule* saw at *pair* breaks nobody; "" when nothing is to be said for it."""
    announced = _announced(pair, dials)
    if announced:
        return announced
    if isinstance(pair, ResponsePair) and rule == "response-status-added" and dials.open_statuses:
        is_alone = is_success(pair.status) and not pair.has_success_left
        return "" if is_alone else "callers treat a status that they do not know as its class"
    if rule == "extensible-enum-value-added" and side is Side.PRODUCES:
        return "readers are told to expect values that are not listed"
    if rule == "parameter-added" and side is Side.PRODUCES and dials.tolerant_readers:
        return "receivers ignore parameters that they do not know"
    return unpromised(pair.spot, dials)


def schema_waiver(
    kind: str, facts: Mapping[str, JsonValue], spot: Spot, dials: Dials, *, side: Side | None = None
) -> str:
    """Return why the difference of *kind* at *spot* breaks nobody; "" when nothing is to be said for it.

    It is judged from *side*; None for that of the spot.
    """
    if (side or spot.side) is Side.PRODUCES:
        if dials.open_enums and kind == "enum-value-added":
            return "readers expect values that they do not know"
        if dials.tolerant_readers and kind in _READABLE:
            return "readers ignore members that they do not know"
        if kind == "property-removed" and not facts.get("is_required"):
            return "readers were never sure that it would come"
    elif kind in _UNDECLARED and not (facts.get("is_required") or facts.get("was_described")):
        return "who keeps to the old contract does not send members that it does not declare"
    return unpromised(spot, dials)


def _announced(pair: AnyPair, dials: Dials) -> str:
    """Return that the end of what is gone was announced, and has come."""
    gone = pair.old
    if pair.new is None and isinstance(gone, EventOperation | Message):
        return "it was deprecated" if gone.is_deprecated and not dials.is_sunset_needed else ""
    if pair.new is not None or not isinstance(gone, Operation | Parameter):
        return ""
    if isinstance(gone, Parameter) and gone.stability.lower() in dials.unpromised:
        return f"it was {gone.stability!r}, which promises nothing"
    if not gone.is_deprecated:
        return ""
    date = sunset_date(gone.sunset)
    if date is not None and dials.today is not None and date < dials.today:
        return f"it was deprecated, and its sunset {gone.sunset!r} has passed"
    return "" if dials.is_sunset_needed or gone.sunset else "it was deprecated"


def unpromised(spot: Spot, dials: Dials) -> str:
    """Return that nothing was promised of the operation at *spot*; "" when something was."""
    level = spot.stability.lower()
    if rank(level) is None or level not in dials.unpromised:
        return ""
    return f"{spot.label} was {spot.stability!r}, which promises nothing"
