"""The servers of a channel are servers of the document (AsyncAPI 3.0, Channel Object, `servers`)."""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Finding, error
from apictl.readers.access import items, key_of
from apictl.readers.asyncapi.document import AsyncDocument
from apictl.readers.asyncapi.servers import declared_servers


def server_undeclared(document: AsyncDocument) -> Iterator[Finding]:
    """Yield an error for each server of a channel that is none of `servers`."""
    declared = dict(declared_servers(document.inventory))
    places = {key_of(node.place) for node in declared.values()}
    for channel in document.channels:
        for index, value in enumerate(items(channel.node.fields.get("servers"))):
            place = channel.node.place.child("servers", index)
            if document.version.is_second:
                is_declared = value in declared
            else:
                node = document.inventory.child(channel.node, "servers", index)
                is_declared = node is not None and key_of(node.place) in places
            if not is_declared:
                message = f"the server of channel {channel.name[:80]!r} is none of the document's 'servers'"
                yield error("server-undeclared", place, message)
