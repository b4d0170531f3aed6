"""Differences of schemas that break nobody who keeps to the contract, and still hurt often: why they do."""

from __future__ import annotations

from apictl.diff.law import Side
from apictl.diff.schemas.difference import SchemaDifference


def schema_risk(difference: SchemaDifference, side: Side) -> str:
    """Return why *difference*, which breaks nobody, hurts often on *side*; "" when it doesn't."""
    match difference.kind:
        case "property-removed" if side is Side.PRODUCES and not difference.facts.get("is_required"):
            return "it was optional, but who shows it or counts on it never sees it again"
        case "property-removed" if side is Side.ACCEPTS and difference.facts.get("is_open"):
            return "who still sends it is not refused, and not heard"
        case "default-changed" if side is Side.ACCEPTS and difference.facts.get("was_there"):
            return "who leaves it out gets something else than before"
        case _:
            return ""
