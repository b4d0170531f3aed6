"""Traffic as nodes and links: what every drawing shows, in printable words of bounded length."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from apictl.contract.ends import End
from apictl.contract.events import Direction
from apictl.contract.graph import Call, Graph, Member, Topic
from apictl.findings import Severity
from apictl.report.graph.view import GraphReport
from apictl.report.text import printable
from apictl.rules.graph.judgement import Judgement

_NAME_LENGTH: Final = 60


class NodeKind(enum.Enum):
    """What a node is."""

    SERVICE = "service"
    EXTERNAL = "external"
    """A service that is run by somebody else."""
    CHANNEL = "channel"


class LinkKind(enum.Enum):
    """What goes along a link, and which way."""

    CALL = "call"
    """Requests, from the one who makes them."""
    SEND = "send"
    """Messages, to a channel."""
    RECEIVE = "receive"
    """Messages, from a channel."""


@dataclass(frozen=True, slots=True)
class Node:
    """A service or a channel.

    Attributes:
        kind: of the node.
        label: what it is called.
        detail: who owns it, or the protocol; "" when unsaid.
        is_faulty: an error is told of it.
    """

    kind: NodeKind
    label: str
    detail: str = ""
    is_faulty: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """What goes from one node to another.

    Attributes:
        source: index of the node that it comes from.
        target: index of the node that it goes to.
        kind: of what goes there.
        labels: what goes there, each once, in the order of documents.
        is_faulty: an error is told of it.
    """

    source: int
    target: int
    kind: LinkKind
    labels: tuple[str, ...]
    is_faulty: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn.

    Attributes:
        nodes: services by name, then channels.
        links: by source, then target.
    """

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]


def picture_of(report: GraphReport) -> Picture:
    """Return what is drawn of *report*."""
    graph = report.graph
    services = {member.name: at for at, member in enumerate(graph.members)}
    faults = _faults(report.judgements)
    links = [*_calls(graph, services, faults), *_messages(graph, services, faults)]
    faulty = {at for link in links if link.is_faulty for at in (link.source, link.target)}
    nodes = (*map(_service, graph.members), *map(_channel, graph.topics))
    marked = tuple(
        Node(node.kind, node.label, node.detail, is_faulty=at in faulty and node.kind is NodeKind.CHANNEL)
        for at, node in enumerate(nodes)
    )
    return Picture(marked, tuple(sorted(links, key=lambda link: (link.source, link.target, link.kind.value))))


def name(text: str) -> str:
    """Return *text* printable and no longer than a name may be in a picture."""
    shown = printable(text[: _NAME_LENGTH + 1])
    return shown if len(shown) <= _NAME_LENGTH else shown[: _NAME_LENGTH - 1] + "…"


def listed(labels: Iterable[str], *, most: int = 3) -> str:
    """Return *labels* with commas between; of many the first ones and how many more there are."""
    all_ = tuple(labels)
    rest = len(all_) - most
    return ", ".join(all_) if rest <= 1 else f"{', '.join(all_[:most])} and {rest} more"


def call_label(call: Call) -> str:
    """Return what *call* calls, by the id that both sides know."""
    return name(call.consumption.operation_id)


def end_labels(end: End) -> tuple[str, ...]:
    """Return the names of the messages of *end*."""
    return tuple(name(message.name) for message in end.messages)


@dataclass(frozen=True, slots=True)
class _Faults:
    ends: frozenset[End]
    calls: frozenset[int]


def _faults(judgements: Iterable[Judgement]) -> _Faults:
    wrong = [each for each in judgements if each.finding.severity is Severity.ERROR]
    ends = {end for each in wrong if each.flow is not None for end in (each.flow.sender, each.flow.receiver)}
    return _Faults(frozenset(ends), frozenset(id(each.call) for each in wrong if each.call is not None))


def _service(member: Member) -> Node:
    kind = NodeKind.EXTERNAL if member.is_external else NodeKind.SERVICE
    return Node(kind, name(member.name), name(member.owner))


def _channel(topic: Topic) -> Node:
    return Node(NodeKind.CHANNEL, name(topic.label), listed(map(name, topic.protocols)))


def _calls(graph: Graph, services: dict[str, int], faults: _Faults) -> Iterator[Link]:
    together: dict[tuple[int, int], list[Call]] = {}
    for call in graph.calls:
        if call.consumer in services and call.provider in services:
            together.setdefault((services[call.consumer], services[call.provider]), []).append(call)
    for (source, target), calls in together.items():
        labels = tuple(dict.fromkeys(map(call_label, calls)))
        is_faulty = any(id(call) in faults.calls for call in calls)
        yield Link(source, target, LinkKind.CALL, labels, is_faulty=is_faulty)


def _messages(graph: Graph, services: dict[str, int], faults: _Faults) -> Iterator[Link]:
    for at, topic in enumerate(graph.topics, start=len(graph.members)):
        together: dict[tuple[str, Direction], list[End]] = {}
        for end in topic.ends:
            together.setdefault((end.service, end.direction), []).append(end)
        for (service, direction), ends in together.items():
            if service not in services:
                continue
            labels = tuple(dict.fromkeys(label for end in ends for label in end_labels(end)))
            is_faulty = not faults.ends.isdisjoint(ends)
            match direction:
                case Direction.SEND:
                    yield Link(services[service], at, LinkKind.SEND, labels, is_faulty=is_faulty)
                case Direction.RECEIVE:
                    yield Link(at, services[service], LinkKind.RECEIVE, labels, is_faulty=is_faulty)
