"""What earlier runs made of equal things, so that it need not be made again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, Final

_LENGTH: Final = 20
"""Bytes of a key."""


class Memory:
    """Plain values of JSON by key; what nobody asks for is forgotten.

    A key is a digest of all that decides about the value, but the code that makes it: who keeps the values from one
    run to the next keeps them for one version of the code.
    """

    def __init__(self, known: Mapping[str, Any] | None = None) -> None:
        """Know what an earlier run *kept*."""
        self._known: Mapping[str, Any] = {} if known is None else known
        self._retained: set[str] = set()
        self.kept: dict[str, Any] = {}

    def recall(self, key: str) -> Any:
        """Return the value that was kept as *key*; None when there is none."""
        value = self.kept.get(key)
        if value is None and (value := self._known.get(key)) is not None:
            self.kept[key] = value
        return value

    def retain(self, key: str) -> None:
        """Forget not what was kept as *key*, without a look at it."""
        if key in self._known:
            self._retained.add(key)

    def keep(self, key: str, value: Any) -> None:
        """Keep *value*, plain values of JSON and not None, as *key*."""
        self.kept[key] = value

    @property
    def asked(self) -> frozenset[str]:
        """The keys of all that was kept, recalled or retained."""
        return frozenset(self.kept.keys() | self._retained)

    @property
    def is_changed(self) -> bool:
        """Whether what is kept is not what was known."""
        return self.asked != self._known.keys()


def key_of(kind: str, *parts: str) -> str:
    """Return the key of a value of the *kind* that *parts* decide about."""
    state = hashlib.blake2b(kind.encode(), digest_size=_LENGTH)
    for part in parts:
        content = part.encode("utf-8", "surrogatepass")
        state.update(b"%d:" % len(content))
        state.update(content)
    return state.hexdigest()
