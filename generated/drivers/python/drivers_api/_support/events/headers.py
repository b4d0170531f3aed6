"""Typed headers: texts, bytes and scalars of the wire become the values that their schema means, and back."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from ..judge import Judge
from ..readings import Reading, guide_by, inner, value_of
from ..shapes import dump_json, to_json_value
from .cloudevents import is_attribute
from .declarations import HeaderSet
from .errors import NotConforming, Reason, Rule, reasons_of
from .messages import Headers, HeaderValue
from .tracing import TRACE_HEADERS

DEAD_LETTER: Final = "dead-letter"
"""The header in which a dead letter says why it is one."""

_CARRIERS: Final = frozenset(
    {
        *TRACE_HEADERS,
        *("content-type", "correlation_id", "correlation-id", "message_id", "message-id", "reply_to", "reply-to"),
    }
)
"""Headers that transports and tracing use; a contract that says nothing of them does not forbid them."""


def read_headers(declared: HeaderSet, headers: Headers, judge: Judge) -> dict[str, Any]:
    """Return *headers* as the JSON object that *declared* means, with those that it doesn't name.

    Raises:
        NotConforming: the contract refuses them.
    """
    texts = {
        name: _text(name, value) if isinstance(value, bytes) else value
        for name, value in headers.items()
        if name in declared.names or not _is_foreign(name)
    }
    if not _are_texts(declared, judge):
        members = {name: _reading(value, is_declared=name in declared.names) for name, value in texts.items()}
        texts = value_of(Reading(members=members), (judge.schema(declared.schema),), guide_by(judge))
    if not judge.accepts(declared.schema, texts):
        raise NotConforming(*reasons_of(Rule.HEADERS, judge.refusals(declared.schema, texts)))
    return texts


def write_headers(declared: HeaderSet | None, typed: Any) -> dict[str, Any]:
    """Return the JSON object that *typed* means: of the declared type, a mapping, or None for no headers."""
    if typed is None:
        return {}
    value = to_json_value(Mapping[str, Any] if declared is None or declared.type is None else declared.type, typed)
    return value if isinstance(value, dict) else {}


def to_wire(value: Any) -> HeaderValue:
    """Return the JSON value *value* as a header; what is no scalar as a JSON document."""
    return value if isinstance(value, (str, int, float)) else dump_json(value).decode()


def _is_foreign(name: str) -> bool:
    return name.lower() in _CARRIERS or name.startswith(DEAD_LETTER) or is_attribute(name)


def _text(name: str, raw: bytes) -> str:
    try:
        return raw.decode()
    except ValueError:
        raise NotConforming(Reason(Rule.HEADERS, "the header is no UTF-8 text", f"/{name}")) from None


def _reading(value: HeaderValue, *, is_declared: bool) -> Reading:
    """Return what *value* can be; of what the contract doesn't name, nobody knows that it is more than text."""
    return inner(value) if is_declared and isinstance(value, str) else Reading(literal=value)


@lru_cache(maxsize=1024)
def _are_texts(declared: HeaderSet, judge: Judge) -> bool:
    """Return whether every declared header is a text and nothing else."""
    guide = guide_by(judge)
    branches = guide.branches((judge.schema(declared.schema),))
    members = (guide.member(branch, name) for branch in branches for name in declared.names)
    return all(guide.kinds(below) <= {"string"} for member in members for below in guide.branches(member))
