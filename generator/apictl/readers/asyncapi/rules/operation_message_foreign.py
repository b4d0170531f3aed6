"""The messages of an operation are messages of its channel (AsyncAPI 3.0, Operation Object, `messages`)."""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Finding, Related, error, warning
from apictl.readers.access import items, key_of, mapping
from apictl.readers.asyncapi.document import AsyncDocument
from apictl.readers.asyncapi.kinds import Node
from apictl.readers.asyncapi.outline import ChannelSource


def operation_message_foreign(document: AsyncDocument) -> Iterator[Finding]:
    """Yield an error for each message of an operation or reply that its channel has not, be it only by reference."""
    if document.version.is_second:
        return
    for operation in document.operations:
        yield from _foreign(document, operation.node, operation.channel)
        reply = document.inventory.child(operation.node, "reply")
        if reply is not None:
            yield from _foreign(document, reply, document.channel_of(reply))


def _foreign(document: AsyncDocument, holder: Node, channel: ChannelSource | None) -> Iterator[Finding]:
    if channel is None:
        return
    here = channel.node.place.child("messages")
    entries = {key_of(here.child(key)) for key in mapping(channel.node.fields.get("messages"))}
    carried = {key_of(node.place) for node in channel.messages}
    for index in range(len(items(holder.fields.get("messages")))):
        place = holder.place.child("messages", index)
        link = document.inventory.links.get(key_of(place))
        node = document.inventory.child(holder, "messages", index)
        if node is None or (link is not None and key_of(link.target) in entries):
            continue
        hint = f"refer to '#/channels/{channel.name[:60]}/messages/...'"
        if key_of(node.place) in carried:
            message = "the message is referred to past its channel"
            yield warning("operation-message-indirect", place, message, hint=hint)
        else:
            message = f"the message is none of channel {channel.name[:80]!r}"
            related = (Related("the channel", channel.node.place),)
            yield error("operation-message-foreign", place, message, related=related, hint=hint)
