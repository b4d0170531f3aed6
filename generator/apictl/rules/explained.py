"""All that commands may tell of contracts, explained."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType

from apictl.rules.catalogue import pages
from apictl.rules.checking import CHECK_PAGES
from apictl.rules.generation import GENERATION_PAGES
from apictl.rules.graph.catalogue import GRAPH_PAGES
from apictl.rules.lint.catalogue import lint_pages


@functools.cache
def pages_by_command() -> Mapping[str, Mapping[str, str]]:
    """Return the pages of each command, by id, sorted; an id has one page in all of them."""
    return MappingProxyType(
        {
            "lint": lint_pages(),
            "generate": GENERATION_PAGES,
            "diff": pages(),
            "check": CHECK_PAGES,
            "graph": MappingProxyType(dict(sorted(GRAPH_PAGES.items()))),
        }
    )


@functools.cache
def all_pages() -> Mapping[str, str]:
    """Return the pages of all commands by id, sorted."""
    every = {rule: page for known in pages_by_command().values() for rule, page in known.items()}
    return MappingProxyType(dict(sorted(every.items())))
