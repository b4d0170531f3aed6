"""Who sends what to whom: the services of a workspace, the calls between them, and where their messages meet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from apictl.contract.contract import Contract
from apictl.contract.ends import End, ends_of, is_same_address, meets
from apictl.contract.events import Direction
from apictl.contract.operation import Operation
from apictl.findings import Place


@dataclass(frozen=True, slots=True)
class Consumption:
    """An operation of another service that a service says it calls.

    Attributes:
        provider: name of the other service.
        operation_id: as written.
        place: where it is said.
    """

    provider: str
    operation_id: str
    place: Place


@dataclass(frozen=True, slots=True)
class Member:
    """One service of a workspace.

    Attributes:
        name: of the service.
        requests: its contract about HTTP; None when there is none, or none that can be read.
        events: its contract about events; None as for `requests`; both may be one value.
        owner: team that answers for it; "" when unsaid.
        is_external: run by somebody else.
        is_whole: all its documents were read; else nothing may be concluded from what is missing.
        consumes: in the order of the manifest.
    """

    name: str
    requests: Contract | None = None
    events: Contract | None = None
    owner: str = ""
    is_external: bool = False
    is_whole: bool = True
    consumes: tuple[Consumption, ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """An operation of one service that another one calls.

    Attributes:
        consumer: name of the service that calls.
        consumption: where it says so.
        operation: None when the provider has none by that id, or is not known.
    """

    consumer: str
    consumption: Consumption
    operation: Operation | None

    @property
    def provider(self) -> str:
        """Name of the service that is called."""
        return self.consumption.provider


@dataclass(frozen=True, slots=True)
class Flow:
    """Messages on the way from one service to another."""

    sender: End
    receiver: End


@dataclass(frozen=True, slots=True)
class Topic:
    """Where ends meet: one address on one broker, or the replies to what is sent there.

    An end that names no server joins all who use the address, be they on different brokers: only flows are exact.

    Attributes:
        label: the address as written, or words for it.
        protocols: that are named, sorted.
        ends: at least one; in the order of services and documents.
    """

    label: str
    protocols: tuple[str, ...]
    ends: tuple[End, ...]


@dataclass(frozen=True, slots=True)
class Graph:
    """The traffic of a workspace.

    Attributes:
        members: by name.
        calls: by consumer, in the order of the manifest.
        flows: by sender, then receiver, in the order of documents.
        topics: in the order of their first end.
    """

    members: tuple[Member, ...]
    calls: tuple[Call, ...] = ()
    flows: tuple[Flow, ...] = ()
    topics: tuple[Topic, ...] = ()


def graph_of(members: Iterable[Member]) -> Graph:
    """Return the traffic between *members*, whose names differ."""
    listed = tuple(sorted(members, key=lambda member: member.name))
    ends = tuple(end for member in listed if member.events is not None for end in ends_of(member.name, member.events))
    flows = tuple(_flows(ends))
    return Graph(listed, tuple(_calls(listed)), flows, tuple(_topics(ends, flows)))


def around(graph: Graph, names: frozenset[str]) -> Graph:
    """Return the part of *graph* that the services called *names* take part in; all others in it are neighbours."""
    calls = tuple(call for call in graph.calls if names & {call.consumer, call.provider})
    flows = tuple(flow for flow in graph.flows if names & {flow.sender.service, flow.receiver.service})
    there = {end for flow in flows for end in (flow.sender, flow.receiver)}
    kept = [tuple(end for end in topic.ends if end in there or end.service in names) for topic in graph.topics]
    topics = tuple(
        Topic(topic.label, topic.protocols, ends) for topic, ends in zip(graph.topics, kept, strict=True) if ends
    )
    seen = set(names) | {name for call in calls for name in (call.consumer, call.provider)}
    seen |= {end.service for ends in kept for end in ends}
    return Graph(tuple(member for member in graph.members if member.name in seen), calls, flows, topics)


def _calls(members: tuple[Member, ...]) -> Iterator[Call]:
    operations: dict[str, Mapping[str, Operation]] = {
        member.name: {operation.id: operation for operation in member.requests.operations}
        for member in members
        if member.requests is not None
    }
    for member in members:
        for each in member.consumes:
            yield Call(member.name, each, operations.get(each.provider, {}).get(each.operation_id))


def _flows(ends: tuple[End, ...]) -> Iterator[Flow]:
    """Yield the flows by address, then those of replies whose address is known only at run time."""
    replies = {end.request: end for end in ends if end.request is not None}
    receivers: dict[str | None, list[End]] = {}
    for end in ends:
        if end.direction is Direction.RECEIVE and end.shape is not None:
            receivers.setdefault(end.shape, []).append(end)
    for sender in ends:
        if sender.direction is not Direction.SEND or sender.shape is None:
            continue
        for receiver in receivers.get(sender.shape, ()):
            if not meets(sender, receiver):
                continue
            yield Flow(sender, receiver)
            asked, answering = replies.get(sender), replies.get(receiver)
            if asked is not None and answering is not None and None in (asked.shape, answering.shape):
                yield Flow(answering, asked)


def _topics(ends: tuple[End, ...], flows: tuple[Flow, ...]) -> Iterator[Topic]:
    groups = _Groups(ends)
    by_shape: dict[str, list[End]] = {}
    for end in ends:
        if end.shape is not None:
            by_shape.setdefault(end.shape, []).append(end)
    for alike in by_shape.values():
        kinds = {end.servers: end for end in reversed(alike)}  # many ends have the same servers
        for end in alike:
            groups.join(end, kinds[end.servers])
        for one in kinds.values():
            for other in kinds.values():
                if is_same_address(one, other):
                    groups.join(one, other)
    for flow in flows:
        groups.join(flow.sender, flow.receiver)
    for found in groups.listed():
        yield Topic(_label(found), tuple(sorted({family for end in found for family in end.protocols})), found)


class _Groups:
    """Ends that belong together, through whichever others."""

    def __init__(self, ends: tuple[End, ...]) -> None:
        self._ends = ends
        self._leaders = {end: end for end in ends}

    def join(self, one: End, other: End) -> None:
        """Put *one* and *other*, and all that are with them, together."""
        first, second = self._leader(one), self._leader(other)
        if first is not second:
            self._leaders[second] = first

    def listed(self) -> Iterator[tuple[End, ...]]:
        """Yield the groups in the order of their first ends."""
        found: dict[End, list[End]] = {}
        for end in self._ends:
            found.setdefault(self._leader(end), []).append(end)
        yield from map(tuple, found.values())

    def _leader(self, end: End) -> End:
        while self._leaders[end] is not end:
            self._leaders[end] = self._leaders[self._leaders[end]]
            end = self._leaders[end]
        return end


def _label(ends: tuple[End, ...]) -> str:
    named = next((end for end in ends if end.address is not None), None)
    if named is not None and named.address is not None:
        return named.address
    asked = next((end.request for end in ends if end.request is not None), None)
    if asked is not None:
        return f"replies to {asked.channel.address or asked.channel.name}"
    return ends[0].channel.name
