"""An operation and its reply are on channels of the document (AsyncAPI 3.0, Operation Object)."""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Finding, error
from apictl.readers.asyncapi.document import AsyncDocument
from apictl.readers.asyncapi.kinds import Node


def channel_undeclared(document: AsyncDocument) -> Iterator[Finding]:
    """Yield an error for each channel that is used and not one of `channels`."""
    if document.version.is_second:
        return
    for operation in document.operations:
        reply = document.inventory.child(operation.node, "reply")
        holders = [operation.node] if reply is None else [operation.node, reply]
        for holder in holders:
            if "channel" in holder.fields and document.channel_of(holder) is None:
                yield _finding(holder)


def _finding(holder: Node) -> Finding:
    message = "the channel is none of the document's 'channels'"
    return error("channel-undeclared", holder.place.child("channel"), message, hint="refer to '#/channels/...'")
