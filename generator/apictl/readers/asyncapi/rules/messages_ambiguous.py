"""The messages of an operation can be told apart."""

from __future__ import annotations

import json
from collections.abc import Iterator

from apictl.findings import Finding, Related, warning
from apictl.readers.access import key_of
from apictl.readers.asyncapi.document import AsyncDocument
from apictl.readers.asyncapi.messages import MessageSource
from apictl.readers.asyncapi.schema_sources import SchemaSource


def messages_ambiguous(document: AsyncDocument) -> Iterator[Finding]:
    """Yield a warning for each two messages of an operation that are alike in headers, content type and payload."""
    for operation in document.operations:
        first: dict[tuple[str, ...], MessageSource] = {}
        for node in operation.messages:
            message = document.messages[key_of(node.place)]
            look = _look(document, message)
            other = first.setdefault(look, message)
            if other is not message:
                text = f"messages {other.name[:60]!r} and {message.name[:60]!r} of {operation.id[:60]!r} are alike"
                hint = "let a header or a constant in the payload tell them apart"
                finding = warning("messages-ambiguous", operation.node.place, text, hint=hint)
                related = (Related("one", other.node.place), Related("the other", message.node.place))
                yield Finding(finding.rule, finding.severity, text, finding.place, related, hint)


def _look(document: AsyncDocument, message: MessageSource) -> tuple[str, ...]:
    return (
        message.whole.text("contentType"),
        _content(document, message.headers),
        _content(document, message.payload),
    )


def _content(document: AsyncDocument, source: SchemaSource | None) -> str:
    if source is None:
        return ""
    node = document.schemas.graph.follow(source.part.place, source.part.value)
    return json.dumps(node.value, sort_keys=True)
