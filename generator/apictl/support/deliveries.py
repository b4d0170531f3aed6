"""Webhooks and callbacks as bytes: what a signature is made of and checked by."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

_SIGNATURE: Final = "signature"
"""What the name of a header holds that only exists when the body does."""
_TIMESTAMP: Final = "webhook-timestamp"
"""The header for the time of an attempt (Standard Webhooks)."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One request of a webhook or callback, as it is on the wire.

    Attributes:
        method: as in a request.
        url: that it goes to; to a receiver behind a proxy, the one that the proxy asks.
        headers: by name in lower case; several of one name are joined by commas.
        body: exact bytes.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


Sign: TypeAlias = "Callable[[Delivery], Mapping[str, str]]"
"""Returns headers to send with a delivery, as its signature; asked anew for every attempt."""

Verify: TypeAlias = "Callable[[Delivery], bool | Awaitable[bool]]"
"""Whether a delivery is from who it says: compare signatures by `hmac.compare_digest`."""

Choose: TypeAlias = "Callable[[Delivery], str]"
"""Returns the name of the handler's method that a delivery is for, where several are received at one path."""


def is_left_to_sign(name: str) -> bool:
    """Whether the header *name* is a signature, or the time of one: nobody knows it before the body is written."""
    return _SIGNATURE in name.lower() or name.lower() == _TIMESTAMP
