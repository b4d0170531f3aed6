"""All pages of `apictl lint`: what readers may say about a document, by id."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from apictl.rules.lint import events, references, requests, schemas, structure, texts

_GROUPS: Final = (texts.PAGES, structure.PAGES, references.PAGES, schemas.PAGES, requests.PAGES, events.PAGES)


@functools.cache
def lint_pages() -> Mapping[str, str]:
    """Return the page of everything that may be said about a document, by id, sorted; CommonMark text.

    A block of YAML in it is a document that the rule finds; what comes before the block is left out.
    """
    return MappingProxyType(dict(sorted((rule, page) for group in _GROUPS for rule, page in group.items())))
