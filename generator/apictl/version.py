"""The version of apictl; the one place where it stands."""

from __future__ import annotations

from typing import Final

VERSION: Final = "0.1.0"


def told() -> str:
    """Return who apictl is, in the one line that `--version` prints."""
    return f"apictl {VERSION}"
