"""Parameters of a channel are the names in its address (AsyncAPI 3.0, Channel Object, `parameters`)."""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Finding, error
from apictl.readers.access import mapping
from apictl.readers.asyncapi.document import AsyncDocument
from apictl.readers.templates import TEMPLATE


def address_parameters(document: AsyncDocument) -> Iterator[Finding]:
    """Yield an error for each name on one side only, and for a brace that encloses no name."""
    for channel in document.channels:
        if channel.address is None:
            continue
        is_key = document.version.is_second
        place = channel.node.place.key() if is_key else channel.node.place.child("address")
        names = TEMPLATE.findall(channel.address)
        rest = TEMPLATE.sub("", channel.address)
        shown = repr(channel.address[:80])
        if "{" in rest or "}" in rest or "" in names or len(names) != len(set(names)):
            message = f"address {shown} has a brace that encloses no name, or a name twice"
            yield error("channel-address-malformed", place, message)
            continue
        declared = mapping(channel.node.fields.get("parameters"))
        for name in names:
            if name not in declared:
                message = f"parameter {name[:60]!r} of address {shown} is not declared"
                yield error("channel-parameter-undeclared", place, message)
        for name in declared:
            if name not in names and not name.startswith("x-"):
                message = f"parameter {name[:60]!r} is not in address {shown}"
                yield error("channel-parameter-unused", channel.node.place.child("parameters", name).key(), message)
