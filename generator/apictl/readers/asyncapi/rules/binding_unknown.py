"""What is said for a protocol is of a known binding, in a known version."""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Finding, info
from apictl.readers.access import mapping, text
from apictl.readers.asyncapi.document import AsyncDocument
from apictl.readers.asyncapi.kinds import Kind
from apictl.readers.asyncapi.metaschemas import known_bindings

_HOLDERS = (Kind.SERVER_BINDINGS, Kind.CHANNEL_BINDINGS, Kind.OPERATION_BINDINGS, Kind.MESSAGE_BINDINGS)


def binding_unknown(document: AsyncDocument) -> Iterator[Finding]:
    """Yield a note for each binding that nothing is published about, an error for each that leads nowhere."""
    known = known_bindings()
    for kind in _HOLDERS:
        for node in document.inventory.of(kind):
            yield from document.bindings.lost(node)
            for protocol, content in node.fields.items():
                if protocol.startswith("x-"):
                    continue
                place, version = node.place.child(protocol), text(mapping(content).get("bindingVersion"))
                if protocol not in known:
                    yield info("binding-unknown", place.key(), f"bindings of {protocol[:60]!r} are not known")
                elif version not in known[protocol] | {"", "latest"} and known[protocol]:
                    message = f"version {version[:20]!r} of the bindings of {protocol[:40]!r} is not known"
                    yield info("binding-unknown", place.child("bindingVersion"), message)
