"""What the read-me of a package says of its webhooks and callbacks."""

from __future__ import annotations

from dataclasses import dataclass

from apictl.contract.outgoing import Outgoing, outgoing
from apictl.pages.nodes import MarkdownCode, MarkdownText
from apictl.pages.python import docs
from apictl.pages.python.signing import is_signed_by_standard
from apictl.pages.python.spelling import SpelledContract


@dataclass(frozen=True, slots=True)
class WebhookLine:
    """One line of the read-me's table."""

    request: MarkdownCode
    method: MarkdownCode
    summary: MarkdownText


@dataclass(frozen=True, slots=True)
class WebhooksView:
    """How webhooks and callbacks are sent and received."""

    has_callbacks: bool
    has_security: bool
    has_standard: bool
    lines: tuple[WebhookLine, ...]


def webhooks_view(received: SpelledContract, spelled: SpelledContract) -> WebhooksView:
    """Return how what *received* serves is sent and received: the webhooks and callbacks of *spelled*."""
    requests = {each.operation.id: each for each in outgoing(spelled.contract)}
    return WebhooksView(
        has_callbacks=any(each.triggers for each in requests.values()),
        has_security=bool(received.schemes),
        has_standard=is_signed_by_standard(received),
        lines=tuple(
            WebhookLine(
                request=MarkdownCode(_name(requests[each.operation.id])),
                method=MarkdownCode(each.function),
                summary=MarkdownText(docs.one_line(each.operation.summary)),
            )
            for each in received.operations
        ),
    )


def _name(request: Outgoing) -> str:
    if request.triggers:
        return f"callback {request.triggers[0].callback.name}"
    return f"webhook {request.operation.path}"
