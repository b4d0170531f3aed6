"""Names of components."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from apictl.findings import Finding, Place, error
from apictl.readers.access import Tree, mapping

_NAME: Final = re.compile(r"[A-Za-z0-9._-]+")


def component_name_findings(place: Place, components: Tree, sections: Iterable[str]) -> Iterator[Finding]:
    """A name has letters, digits, dots, hyphens and underscores (OpenAPI 3.1 and AsyncAPI 3.0, Components Object)."""
    for section in sections:
        for name in mapping(components.get(section)):
            if not _NAME.fullmatch(name):
                message = f"name {name[:60]!r} has other than letters, digits, . - _"
                yield error("component-name", place.child(section, name).key(), message)
