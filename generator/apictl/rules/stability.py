"""Levels in `x-stability-level`."""

from __future__ import annotations

from apictl.rules.dials import STABILITY_LEVELS


def rank(level: str) -> int | None:
    """Return how much *level* promises, least first; None when it is none that is known.

    Who says nothing promises everything.
    """
    meant = level.lower() or STABILITY_LEVELS[-1]
    return STABILITY_LEVELS.index(meant) if meant in STABILITY_LEVELS else None
