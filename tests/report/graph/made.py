"""Reports about traffic, made by hand."""

from __future__ import annotations

from typing import Any

from apictl.contract.contract import Contract
from apictl.contract.events import Channel, Direction, EventOperation, Events, EventServer, Message
from apictl.contract.graph import Consumption, Member, graph_of
from apictl.findings import Finding, Place, Related, Severity, error, info
from apictl.report.graph.formats import FORMATS
from apictl.report.graph.view import GraphReport
from apictl.report.text import Style
from apictl.rules.graph.judgement import Judgement, Proof

PLACE = Place("specs/a/asyncapi.yaml", "/x", 3, 9)


def speaking(service: str, action: Direction, *, name: str = "Trip", address: str = "trips", **more: Any) -> Member:
    """Return *service* that sends or receives a message called *name*."""
    channel = Channel("c", address, PLACE, messages=(name,))
    operation = EventOperation("o", action, "c", PLACE, (name,))
    server = EventServer("s", "h:9092", "kafka", PLACE)
    events = Events(PLACE, (channel,), (operation,), {name: Message(name, PLACE)}, (server,))
    return Member(service, events=Contract(service, "T", "1", "", PLACE, events=events), **more)


def small() -> GraphReport:
    """Return a report of three services, two of which talk by messages and two by calls."""
    members = (
        speaking("a", Direction.SEND),
        speaking("b", Direction.RECEIVE),
        Member("c", owner="team-c", is_external=True, consumes=(Consumption("a", "getX", PLACE),)),
        Member("lone"),
    )
    graph = graph_of(members)
    wrong = Finding("messages-incompatible", Severity.ERROR, "'b' refuses some 'Trip' of 'a'", PLACE)
    proof = Proof({"payload": {"seats": 7}}, ("payload", "seats"))
    judgement = Judgement(wrong, ("a", "b"), flow=graph.flows[0], message="Trip", proof=proof)
    return GraphReport(graph, (judgement, Judgement(info("channel-orphaned", PLACE, "nobody listens"), ("a",))))


def hostile(text: str) -> GraphReport:
    """Return a report that has *text* in every place where text of a document may be."""
    place = Place(text, text, 3, 9)
    channel = Channel(text, text, place, messages=(text,))
    sends = EventOperation(text, Direction.SEND, text, place, (text,))
    events = Events(place, (channel,), (sends,), {text: Message(text, place)}, (EventServer(text, text, text, place),))
    members = (
        Member(
            f"1{text}",
            events=Contract(text, text, text, text, place, events=events),
            owner=text,
            consumes=(Consumption("b", text, place), Consumption(text, text, place)),
        ),
        speaking("b", Direction.RECEIVE, name=text, address=text, is_whole=False),
    )
    graph = graph_of(members)
    wrong = Finding("some-rule", Severity.ERROR, text, place, (Related(text, place),), text)
    judgements = (
        Judgement(wrong, (text,), flow=graph.flows[0] if graph.flows else None, message=text,
                  proof=Proof({text: [text, {text: text}]}, (text, 0))),
        Judgement(wrong, (text,), call=graph.calls[0], proof=Proof(text, ())),
        Judgement(info("some-note", place, text, hint=text), (text,)),
    )  # fmt: skip
    return GraphReport(graph, judgements, (error("some-error", place, text, hint=text),), excerpt=lambda _: text)


def written(name: str, report: GraphReport) -> str:
    """Return *report* in the format *name*."""
    return "".join(f"{line}\n" for line in FORMATS[name](report, Style()))
