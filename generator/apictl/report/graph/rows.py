"""What one service does, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from apictl.contract.ends import End
from apictl.contract.events import Direction
from apictl.contract.graph import Graph, Member
from apictl.report.graph.picture import call_label, end_labels, listed, name

_MOST = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One line about a service, in printable words.

    Attributes:
        word: what is done: "calls", "sends".
        what: the other service, or the address.
        more: operations, or messages and who is at the other end.
    """

    word: str
    what: str
    more: str


def rows_of(graph: Graph) -> dict[str, tuple[Row, ...]]:
    """Return what each service of *graph* calls, who calls it, what it sends and receives, by its name."""
    found: dict[str, list[Row]] = {member.name: [] for member in graph.members}
    for service, row in (*_calls(graph), *_callers(graph), *_ends(graph)):
        found.get(service, []).append(row)
    return {service: tuple(rows) for service, rows in found.items()}


def facts_of(member: Member) -> str:
    """Return what is known of *member* besides its name; "" for nothing."""
    facts = [name(member.owner)] if member.owner else []
    facts += ["external"] if member.is_external else []
    facts += [] if member.is_whole else ["could not be read"]
    return ", ".join(facts)


def _calls(graph: Graph) -> Iterator[tuple[str, Row]]:
    together: dict[tuple[str, str], list[str]] = {}
    for call in graph.calls:
        together.setdefault((call.consumer, call.provider), []).append(call_label(call))
    for (consumer, provider), labels in sorted(together.items()):
        yield consumer, Row("calls", name(provider), listed(labels, most=_MOST))


def _callers(graph: Graph) -> Iterator[tuple[str, Row]]:
    together: dict[tuple[str, str], list[str]] = {}
    for call in graph.calls:
        together.setdefault((call.provider, call.consumer), []).append(call_label(call))
    for (provider, consumer), labels in sorted(together.items()):
        yield provider, Row("called by", name(consumer), listed(labels, most=_MOST))


def _ends(graph: Graph) -> Iterator[tuple[str, Row]]:
    partners: dict[End, set[str]] = {}
    for flow in graph.flows:
        partners.setdefault(flow.sender, set()).add(flow.receiver.service)
        partners.setdefault(flow.receiver, set()).add(flow.sender.service)
    for topic in graph.topics:
        for end in topic.ends:
            others = listed(map(name, sorted(partners.get(end, ()))), most=_MOST) or "nobody"
            messages = listed(end_labels(end), most=_MOST) or "messages"
            where = name(end.address or topic.label)
            match end.direction:
                case Direction.SEND:
                    yield end.service, Row(_sends(end), where, f"{messages} to {others}")
                case Direction.RECEIVE:
                    yield end.service, Row("receives", where, f"{messages} from {others}")


def _sends(end: End) -> str:
    return "sends" if end.request is None else "replies"
