"""What is said about a field of a binding that is not the same in both contracts."""

from __future__ import annotations

from collections.abc import Mapping

from apictl.contract.schema import JsonValue
from apictl.diff.events.pairs import BindingPair
from apictl.diff.values import shown


def changed(pair: BindingPair) -> str:
    """Return that the field of *pair* is another now, with both values."""
    old, new = facts(pair)["old"], facts(pair)["new"]
    state = "is gone" if new is None else f"is {shown(new)}"
    before = "there was none" if old is None else f"it was {shown(old)}"
    return f"{pair.protocol} binding {pair.name!r} of {pair.spot.subject} {state}, {before}"


def facts(pair: BindingPair) -> Mapping[str, JsonValue]:
    """Return what a message about *pair* needs, by name."""
    return {
        "protocol": pair.protocol,
        "field": pair.name,
        "old": None if pair.old is None else pair.old.value,
        "new": None if pair.new is None else pair.new.value,
    }
