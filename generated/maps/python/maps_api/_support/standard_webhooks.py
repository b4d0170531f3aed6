"""Signatures by Standard Webhooks 1.0: the headers `webhook-id`, `webhook-timestamp` and `webhook-signature`."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import time
from collections.abc import Callable, Mapping
from typing import Final

from .deliveries import Delivery

_PREFIX: Final = "whsec_"
_VERSION: Final = "v1"
_LONGEST_TIMESTAMP: Final = 12
"""Digits; a longer one is no second of this era."""


class StandardWebhooks:
    """Signs and verifies with a secret that both sides know: `sign=each.sign`, `verify=each.verify`."""

    def __init__(self, *secrets: str, tolerance_seconds: float = 300.0, today: Callable[[], float] = time.time) -> None:
        """Sign with the first of *secrets*, and believe any: so they can be replaced one after the other.

        A secret is `whsec_` with Base64 behind it. *today* returns seconds since 1970; a delivery that is older or
        younger by more than *tolerance_seconds* is not believed.

        Raises:
            ValueError: there is no secret, or one is not what it should be.
        """
        self._keys = tuple(map(_key, secrets))
        if not self._keys:
            raise ValueError("a secret is needed")
        self._tolerance_seconds = tolerance_seconds
        self._today = today

    def sign(self, delivery: Delivery) -> Mapping[str, str]:
        """Return the time and the signature of *delivery*, which has its `webhook-id` already.

        Raises:
            ValueError: it has none; the sender gives it, the same one whenever it sends the same event.
        """
        name = delivery.headers.get("webhook-id", "")
        if not name:
            raise ValueError("the header 'webhook-id' is required: it tells an event that comes twice")
        timestamp = str(int(self._today()))
        return {
            "webhook-timestamp": timestamp,
            "webhook-signature": _signature(self._keys[0], name, timestamp, delivery),
        }

    def verify(self, delivery: Delivery) -> bool:
        """Return whether *delivery* is signed with one of the secrets, and new."""
        name, timestamp, signatures = (
            delivery.headers.get(f"webhook-{each}", "") for each in ("id", "timestamp", "signature")
        )
        if not name or not _is_number(timestamp):
            return False
        if abs(self._today() - int(timestamp)) > self._tolerance_seconds:
            return False
        valid = [_signature(key, name, timestamp, delivery).encode() for key in self._keys]
        given = [each.encode("utf-8", "replace") for each in signatures.split()]
        return any(hmac.compare_digest(one, other) for one in valid for other in given)


def _key(secret: str) -> bytes:
    try:
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not key:
        raise ValueError("a secret is 'whsec_' with Base64 behind it")
    return key


def _signature(key: bytes, name: str, timestamp: str, delivery: Delivery) -> str:
    signed = f"{name}.{timestamp}.".encode("utf-8", "replace") + delivery.body
    return f"{_VERSION},{base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()}"


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST_TIMESTAMP
