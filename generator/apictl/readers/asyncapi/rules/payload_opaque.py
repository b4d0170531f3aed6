"""The language of a schema is one that is read."""

from __future__ import annotations

from collections.abc import Iterator

from apictl.contract.events import PayloadFormat
from apictl.findings import Finding, info
from apictl.readers.access import key_of
from apictl.readers.asyncapi.document import AsyncDocument
from apictl.readers.asyncapi.kinds import Kind

_READ = frozenset({PayloadFormat.JSON_SCHEMA, PayloadFormat.AVRO, PayloadFormat.PROTOBUF})
_HINT = "anything is taken there"


def payload_opaque(document: AsyncDocument) -> Iterator[Finding]:
    """Yield a note for each schema that is kept and not read, be it a payload or a part of one."""
    told = set()
    for message in document.messages.values():
        for part, source in (("payload", message.payload), ("headers", message.headers)):
            if source is not None and source.format.language not in _READ:
                told.add(key_of(source.part.place))
                shown = f"the schema of the {part} of {message.name[:60]!r} is in a language that is not read"
                yield info("payload-opaque", source.format_place, shown, hint=_HINT)
    for node in document.inventory.of(Kind.FOREIGN_SCHEMA):
        if key_of(node.place) not in told:
            yield info("payload-opaque", node.place, "the schema is in a language that is not read", hint=_HINT)
