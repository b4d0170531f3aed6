"""Trace context: what comes with a delivery goes with all that is published while it is handled (W3C, Level 1).

The two headers are passed on as they are, without a span of our own: an instrumentation that makes spans sets them
on what it publishes, and its headers win.
"""

from __future__ import annotations

import re
from contextvars import ContextVar
from typing import Final

from .messages import Headers, header_text

TRACE_HEADERS: Final = frozenset({"traceparent", "tracestate", "baggage"})

# Section 3.2: later versions may say more after the flags; all zeros are no identity, and version ff is no version.
_PARENT: Final = re.compile(
    r"(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:-[\x21-\x7e]*)?"
)
_LONGEST_STATE: Final = 8192

_NOTHING: Final[dict[str, str]] = {}

TRACE: Final[ContextVar[dict[str, str]]] = ContextVar("trace", default=_NOTHING)
"""The headers to pass on; empty outside of a handler, or when the delivery had none."""


def trace_of(headers: Headers) -> dict[str, str]:
    """Return the trace context among *headers*; empty when there is none, or it can't be one."""
    parent = headers.get("traceparent")
    if parent is None:
        return _NOTHING
    text = _text(parent)
    if _PARENT.fullmatch(text) is None or (text.startswith("00") and len(text) > len("00-") + 32 + 1 + 16 + 3):
        return _NOTHING
    others = {name: _text(headers[name]) for name in ("tracestate", "baggage") if name in headers}
    return {"traceparent": text, **{name: state for name, state in others.items() if state}}


def _text(value: object) -> str:
    if not isinstance(value, str | bytes):
        return ""
    try:
        text = header_text(value)
    except ValueError:
        return ""
    return text if len(text) <= _LONGEST_STATE else ""
