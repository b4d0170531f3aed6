"""Locations: where in a message a value is (AsyncAPI 3.0, Runtime Expression)."""

from __future__ import annotations

import re
from typing import Final

from apictl.contract.events import Location, MessagePart
from apictl.findings import Place
from apictl.readers.access import text
from apictl.readers.asyncapi.traits import Whole

KEY: Final = "x-apictl-key"
"""Field of a message that says where its key is, which brokers keep the order of."""
IDEMPOTENCY: Final = "x-apictl-idempotency"
"""Field of a message that says where the value is that all copies of it share."""

_GRAMMAR: Final = re.compile(r"\$message\.(header|payload)(?:#((?:/(?:[^/~]|~[01])*)*))?")


def location_of(written: str, place: Place) -> Location | None:
    """Return the location that *written*, which stands at *place*, names; None when it names none."""
    found = _GRAMMAR.fullmatch(written)
    return None if found is None else Location(MessagePart(found[1]), found[2] or "", place)


def location_in(whole: Whole, name: str) -> Location | None:
    """Return the location in the field *name* of *whole*, which is `KEY` or `IDEMPOTENCY`; None when there is none."""
    part = whole.parts.get(name)
    return None if part is None else location_of(text(part.value), part.place)
