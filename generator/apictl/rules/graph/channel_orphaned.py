"""Nobody receives what is sent, or nobody sends what is received.

A service sends to an address from which no service of the workspace receives, or the other way round. That is fine
where the other side is not in the workspace; nothing is said of services that `apictl.yaml` calls `external`. Otherwise
the address may be mistyped, or differ in its broker: ends meet where their addresses are equal but for the names of
parameters, and protocol and host are equal where both name servers.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Final

from apictl.contract.ends import End
from apictl.contract.events import Direction
from apictl.contract.graph import Graph
from apictl.findings import info
from apictl.rules.graph.judgement import Judgement, member_names

ID: Final = "channel-orphaned"
_LONGEST: Final = 80
_CANDIDATES: Final = 500


def orphaned_channels(graph: Graph) -> Iterator[Judgement]:
    """Yield the ends that meet no other; nothing where a service could not be read, which may be the other side."""
    if not all(member.is_whole for member in graph.members):
        return
    met = {end for flow in graph.flows for end in (flow.sender, flow.receiver)}
    external = member_names(graph, is_external=True)
    ends = tuple(end for topic in graph.topics for end in topic.ends)
    lonely = tuple(end for end in ends if end not in met)
    for end in lonely:
        if end.service in external or _is_told_by_another(end, met):
            continue
        finding = info(ID, end.place, _message(end), hint=_hint(end, lonely))
        yield Judgement(finding, (end.service,))


def _is_told_by_another(end: End, met: set[End]) -> bool:
    """Whether *end* has no address of its own to be orphaned: nobody asks, or it is known only at run time."""
    if end.request is not None:
        return end.request not in met
    return end.address is None


def _message(end: End) -> str:
    address = (end.address or end.channel.name)[:_LONGEST]
    match end.direction:
        case Direction.SEND if end.request is not None:
            return f"nobody expects the reply that {end.service!r} gives in {end.operation.id[:_LONGEST]!r}"
        case Direction.RECEIVE if end.request is not None:
            return f"nobody gives the reply that {end.service!r} expects in {end.operation.id[:_LONGEST]!r}"
        case Direction.SEND:
            return f"nobody in the workspace receives what {end.service!r} sends to {address!r}"
        case Direction.RECEIVE:
            return f"nobody in the workspace sends what {end.service!r} receives from {address!r}"


def _hint(end: End, lonely: tuple[End, ...]) -> str | None:
    """Return what the other side may be: the same address on another broker, or one that is spelled alike."""
    others = [
        other
        for other in lonely
        if other.direction is not end.direction and other.service != end.service and other.address is not None
    ]
    same = next((other for other in others if other.shape == end.shape), None)
    if same is not None:
        return f"{same.service!r} names the same address on {_shown(same)}, here it is on {_shown(end)}"
    names = [other.address for other in others[:_CANDIDATES] if other.address and len(other.address) <= _LONGEST]
    close = difflib.get_close_matches((end.address or "")[:_LONGEST], names, n=1, cutoff=0.8)
    return f"is {close[0]!r} meant?" if close else None


def _shown(end: End) -> str:
    protocol, host = min(end.servers, default=("", ""))
    return f"{protocol}://{host}"[:_LONGEST]
