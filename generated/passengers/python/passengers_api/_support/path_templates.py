"""Paths with placeholders, and what is put there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final
from urllib.parse import quote

_PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")


def filled(path: str, texts: Mapping[str, str]) -> str:
    """Return the template *path* with *texts*, which are encoded, in its placeholders.

    Raises:
        ValueError: there is no text for one of them.
    """
    literals, names = _pieces(path)
    if missing := [name for name in names if name not in texts]:
        raise ValueError(f"path parameter {missing[0]!r} is required")
    return "".join(piece for pair in zip(literals, [*map(texts.__getitem__, names), ""], strict=True) for piece in pair)


@lru_cache(maxsize=2048)
def _pieces(path: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what stands between the placeholders of *path*, encoded, and their names."""
    pieces = _PLACEHOLDER.split(path)
    return tuple(quote(piece, safe="/:@!$&'()*+,;=~?%") for piece in pieces[::2]), tuple(pieces[1::2])
