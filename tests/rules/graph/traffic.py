"""Small workspaces of inline documents, read as a command would."""

from __future__ import annotations

import re
from typing import Any

from apictl.contract.graph import Consumption, Graph, Member, graph_of
from apictl.findings import Place, is_refused
from apictl.readers.read import read
from apictl.rules.graph.catalogue import judged
from apictl.rules.graph.judgement import Judgement
from apictl.source.library import Library

HEAD = 'asyncapi: 3.0.0\ninfo: {title: T, version: "1"}\n'


def events(service: str, text: str, *, head: str = HEAD, **more: Any) -> Member:
    """Return *service* with the events that *text*, a document without its first lines, tells of."""
    library = Library(lambda _: (head + text).encode())
    reading = read(library, f"{service}.yaml", service=service)
    assert not is_refused(reading.findings), reading.findings
    assert reading.contract is not None
    return Member(service, events=reading.contract, **more)


def party(service: str, action: str, payload: str, *, address: str = "trips", **more: str) -> Member:
    """Return *service* that sends or receives, by *action*, a message `Trip` with *payload* in flow style."""
    headers = f", headers: {more['headers']}" if "headers" in more else ""
    parameters = ", ".join(f"{name}: {{}}" for name in re.findall(r"{(\w+)}", address))
    content_type = more.get("content_type", "application/json")
    return events(
        service,
        f"""servers: {more.get("servers", "{}")}
channels:
  c:
    address: {address}
    parameters: {{{parameters}}}
    messages: {{Trip: {{name: Trip, contentType: {content_type}, payload: {payload}{headers}}}}}
operations:
  o: {{action: {action}, channel: {{$ref: '#/channels/c'}}}}
""",
    )


def offering(service: str, *operation_ids: str) -> Member:
    """Return *service* with operations of HTTP called *operation_ids*."""
    paths = "".join(
        f"  /{name}:\n    get: {{operationId: {name}, responses: {{'204': {{description: d}}}}}}\n"
        for name in operation_ids
    )
    text = f"openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n{paths or '  {}'}"
    reading = read(Library(lambda _: text.encode()), f"{service}.yaml", service=service)
    assert reading.contract is not None
    return Member(service, requests=reading.contract)


def consuming(service: str, provider: str, *operation_ids: str) -> Member:
    """Return *service* that says it calls *operation_ids* of *provider*."""
    place = Place("apictl.yaml").child("services", service, "consumes", provider)
    return Member(
        service, consumes=tuple(Consumption(provider, each, place.child(at)) for at, each in enumerate(operation_ids))
    )


def flows(graph: Graph) -> list[str]:
    """Return who reaches whom, as "a -> b"."""
    return [f"{flow.sender.service} -> {flow.receiver.service}" for flow in graph.flows]


def told(*members: Member) -> dict[str, Judgement]:
    """Return what is said of *members*, by message."""
    return {each.finding.message: each for each in judged(graph_of(members))}
