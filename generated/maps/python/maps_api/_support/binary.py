"""A body of bytes whose media type the contract leaves open."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Binary:
    """Bytes with their media type.

    Attributes:
        content: as sent.
        media_type: with its parameters, as in `Content-Type`.
    """

    content: bytes
    media_type: str = "application/octet-stream"
