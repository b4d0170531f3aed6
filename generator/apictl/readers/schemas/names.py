"""Words of derived names: PascalCase, and a short hash where words do not decide."""

from __future__ import annotations

import functools
import hashlib
import re
from typing import Final

LONGEST_NAME: Final = 120
SHORT_HASH: Final = 4
LONGEST_HASH: Final = 64

_WORDS: Final = re.compile(r"[^\W_]+")
_ILLEGAL: Final = re.compile(r"[^A-Za-z0-9._-]+")


@functools.lru_cache(maxsize=10_000)  # most names of properties are met many times
def pascal(text: str) -> str:
    """Return *text* in PascalCase: words begin upper, the rest stays; "" when there is no letter or digit.

    Words of SCREAMING_CASE are lowered first, a single one is kept for the abbreviation it may be.
    """
    if "_" in text and text.isupper():
        text = text.lower()
    return "".join(word[0].upper() + word[1:] for word in _WORDS.findall(text))


def short_hash(text: str, length: int = SHORT_HASH) -> str:
    """Return *length* hexadecimal digits that only *text* decides."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def bounded(name: str) -> str:
    """Return *name*, or when it is very long its beginning and a hash of the whole."""
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}{short_hash(name, 8)}"


def component_name(text: str) -> str:
    """Return *text* with only what the name of a component may hold (OpenAPI 3.1, Components Object)."""
    return _ILLEGAL.sub("_", text) or "_"
