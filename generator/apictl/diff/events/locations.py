"""Where in a message a value is, as it is written."""

from __future__ import annotations

from apictl.contract.events import Location


def located(location: Location | None) -> str:
    """Return *location* as a runtime expression; "" for none (AsyncAPI 3.0, Runtime Expression)."""
    return "" if location is None else f"$message.{location.part.value}#{location.pointer}"
