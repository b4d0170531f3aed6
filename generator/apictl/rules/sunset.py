"""Dates in `x-sunset`."""

from __future__ import annotations

import datetime as dt


def sunset_date(text: str) -> dt.date | None:
    """Return the day that *text* names, as a date or a time of RFC 3339; None when it names none."""
    try:
        return dt.datetime.fromisoformat(text).date()
    except ValueError:
        return None
