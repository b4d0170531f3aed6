"""What a message says of itself: which one it is, and by which key it keeps its order."""

from __future__ import annotations

from typing import Any

from ..judge import Judge
from .declarations import MessageKind
from .errors import NotConforming, Reason, Rule, reasons_of
from .locations import text_at


def identity(kind: MessageKind, headers: Any, payload: Any) -> str | None:
    """Return what all copies of a message share, and no other one has; None when copies count."""
    same = text_at(kind.idempotency, headers, payload)
    if same is None or kind.idempotency_scope is None:
        return same
    scope = text_at(kind.idempotency_scope, headers, payload)
    return None if scope is None else f"{scope!r}/{same}"


def judge_key(kind: MessageKind, key: str | None, judge: Judge) -> None:
    """Refuse *key* where the schema of the contract does.

    Raises:
        NotConforming: it is refused.
    """
    if kind.key_schema is not None:
        refusals = judge.refusals(kind.key_schema, key)
        if refusals:
            raise NotConforming(*reasons_of(Rule.KEY, refusals))


def compare_key(kind: MessageKind, key: str, headers: Any, payload: Any) -> None:
    """Refuse *key* where the message says another one.

    Raises:
        NotConforming: it does.
    """
    told = text_at(kind.key, headers, payload)
    if told is not None and told != key:
        raise NotConforming(Reason(Rule.KEY, f"the key is {key!r:.60}, the message says {told!r:.60}"))
