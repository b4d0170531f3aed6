"""A component's name has letters, digits, dots, hyphens and underscores (AsyncAPI 3.0, Components Object)."""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Finding
from apictl.readers.access import mapping
from apictl.readers.asyncapi.document import AsyncDocument
from apictl.readers.asyncapi.kinds import SECTIONS
from apictl.readers.components import component_name_findings


def component_name(document: AsyncDocument) -> Iterator[Finding]:
    """Yield an error for each name that has others."""
    root = document.inventory.root
    components = mapping(root.fields.get("components"))
    yield from component_name_findings(root.place.child("components"), components, SECTIONS)
