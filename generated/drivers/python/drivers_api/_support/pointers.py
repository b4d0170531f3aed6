"""Tokens of JSON Pointers, escaped and plain (RFC 6901, section 3)."""

from __future__ import annotations

from collections.abc import Iterable


def escape_token(token: str) -> str:
    """Return *token*, a key or index, as it stands in a pointer: `a~1b` for `a/b`."""
    return token.replace("~", "~0").replace("/", "~1")


def unescape_token(token: str) -> str:
    """Return the key that *token* of a pointer means: `a/b` for `a~1b`."""
    return token.replace("~1", "/").replace("~0", "~")


def join_pointer(tokens: Iterable[str | int]) -> str:
    """Return the pointer made of unescaped *tokens*."""
    return "".join(f"/{escape_token(str(token))}" for token in tokens)
