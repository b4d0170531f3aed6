"""A reply has a way to go: a channel with an address, or an address in the message (AsyncAPI 3.0, Reply Object)."""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Finding, error, warning
from apictl.readers.asyncapi.document import AsyncDocument


def reply_incomplete(document: AsyncDocument) -> Iterator[Finding]:
    """Yield an error for each reply that says neither, a warning where its channel has no address."""
    for operation in document.operations:
        node = document.inventory.child(operation.node, "reply")
        if node is None or "address" in node.fields:
            continue
        if "channel" not in node.fields:
            message = f"the reply of {operation.id[:80]!r} has neither 'channel' nor 'address'"
            yield error("reply-incomplete", node.place, message)
            continue
        channel = document.channel_of(node)
        if channel is not None and channel.address is None:
            message = f"the reply of {operation.id[:80]!r} goes to a channel without address, and has none itself"
            hint = "say by 'address' where in the message it is"
            yield warning("reply-incomplete", node.place, message, hint=hint)
