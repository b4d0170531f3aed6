"""Paths with placeholders, and what is put there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final
from urllib.parse import quote

from .matching import PathPattern

_PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")


def filled(path: str, texts: Mapping[str, str]) -> str:
    """Return the template *path* with *texts*, which are encoded, in its placeholders.

    Raises:
        ValueError: there is no text for one of them, or the texts can't be told apart where they share a segment.
    """
    literals, names, pattern = _pieces(path)
    if missing := [name for name in names if name not in texts]:
        raise ValueError(f"path parameter {missing[0]!r} is required")
    pairs = zip(literals, [*map(texts.__getitem__, names), ""], strict=True)
    written = "".join(piece for pair in pairs for piece in pair)
    if pattern is not None and pattern.match(written.partition("?")[0]) != {
        name: texts[name] for name in pattern.names
    }:
        raise ValueError(f"path parameters can't be told apart in {written!r}, which is written as {path!r}")
    return written


@lru_cache(maxsize=2048)
def _pieces(path: str) -> tuple[tuple[str, ...], tuple[str, ...], PathPattern | None]:
    """Return what stands between the placeholders of *path*, encoded, their names, and what reads those that share."""
    pieces = _PLACEHOLDER.split(path)
    pattern = PathPattern(path)
    literals = tuple(quote(piece, safe="/:@!$&'()*+,;=~?%") for piece in pieces[::2])
    return literals, tuple(pieces[1::2]), pattern if pattern.is_crowded else None
