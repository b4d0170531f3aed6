"""Flows of OAuth2 side by side."""

from __future__ import annotations

from collections.abc import Iterator

from apictl.contract.security import Flow
from apictl.diff.matching import Matched, matched
from apictl.diff.pairs import SchemePair


def flow_pairs(pair: SchemePair) -> Iterator[Matched[Flow]]:
    """Yield the flows of both schemes by name; none where they are no OAuth2 in both contracts."""
    if pair.old is None or pair.new is None or pair.old.kind is not pair.new.kind:
        return
    yield from matched(pair.old.flows, pair.new.flows, lambda flow: flow.name)
