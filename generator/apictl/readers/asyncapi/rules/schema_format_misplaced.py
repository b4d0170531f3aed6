"""A format is named for a whole schema, never for a part of one (AsyncAPI 3.0, Multi Format Schema Object)."""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Finding, error
from apictl.readers.asyncapi.document import AsyncDocument
from apictl.readers.asyncapi.inventory import is_formatted
from apictl.readers.asyncapi.kinds import Kind
from apictl.readers.schemas.keywords import subschemas


def schema_format_misplaced(document: AsyncDocument) -> Iterator[Finding]:
    """Yield an error for each schema within a schema that names a format."""
    if document.version.is_second:
        return
    for node in document.inventory.of(Kind.SCHEMA):
        if is_formatted(node.value):
            continue
        for tokens, value in subschemas(node.fields):
            if is_formatted(value):
                place = node.place.child(*tokens, "schemaFormat")
                yield error("schema-format-misplaced", place, "a part of a schema names a format of its own")
