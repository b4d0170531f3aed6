"""Errors of apictl's use: raised once, printed once, never about the content of a contract."""

from __future__ import annotations


class ApictlError(Exception):
    """apictl could not do its job: usage, manifest, input and output; exit code 2.

    Attributes:
        hint: what to do about it, when that is known.
    """

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        """Keep *message* (what and where, lower case, no full stop) and *hint*."""
        super().__init__(message)
        self.hint = hint
