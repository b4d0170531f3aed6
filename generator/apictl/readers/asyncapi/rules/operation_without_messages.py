"""An operation that lists messages lists one at least."""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Finding, error
from apictl.readers.asyncapi.document import AsyncDocument


def operation_without_messages(document: AsyncDocument) -> Iterator[Finding]:
    """Yield an error for each operation whose list of messages, or choice of them, is empty."""
    for operation in document.operations:
        if not operation.messages and operation.channel is not None:
            field = "message" if document.version.is_second else "messages"
            message = f"{operation.id[:80]!r} has an empty list of messages"
            hint = None if document.version.is_second else "leave 'messages' out for all of the channel"
            yield error("operation-without-messages", operation.node.place.child(field), message, hint=hint)
