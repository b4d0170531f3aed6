"""All that is judged about the traffic between services, and the pages about it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from apictl.contract.graph import Graph
from apictl.rules.graph import channel_orphaned, messages_incompatible, operation_unknown
from apictl.rules.graph.judgement import Judgement

GRAPH_PAGES: Final[Mapping[str, str]] = MappingProxyType(
    {rule.ID: rule.__doc__ or "" for rule in (channel_orphaned, messages_incompatible, operation_unknown)}
)
"""By id."""


def judged(graph: Graph) -> tuple[Judgement, ...]:
    """Return what is to be said about *graph*: what is consumed, what is sent, what meets nobody."""
    return (
        *operation_unknown.unknown_operations(graph),
        *messages_incompatible.incompatible_messages(graph),
        *channel_orphaned.orphaned_channels(graph),
    )
