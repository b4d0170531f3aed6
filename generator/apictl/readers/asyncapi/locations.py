"""Locations: where in a message a value is (AsyncAPI 3.0, Runtime Expression)."""

from __future__ import annotations

import re
from typing import Final

from apictl.contract.events import Location, MessagePart
from apictl.findings import Place

_GRAMMAR: Final = re.compile(r"\$message\.(header|payload)(?:#((?:/(?:[^/~]|~[01])*)*))?")


def location_of(written: str, place: Place) -> Location | None:
    """Return the location that *written*, which stands at *place*, names; None when it names none."""
    found = _GRAMMAR.fullmatch(written)
    return None if found is None else Location(MessagePart(found[1]), found[2] or "", place)
