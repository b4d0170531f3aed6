"""Traffic as one JSON document, for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterator

from apictl.contract.ends import End
from apictl.contract.graph import Call, Flow, Topic
from apictl.contract.schema import JsonValue
from apictl.findings import Finding, Place
from apictl.report.graph.view import GraphReport
from apictl.report.text import Style
from apictl.rules.graph.judgement import Judgement


def graph_json(report: GraphReport, style: Style) -> Iterator[str]:  # noqa: ARG001 - as every format
    """Yield *report* as JSON; names and addresses are as written."""
    graph = report.graph
    content: dict[str, JsonValue] = {
        "services": [
            {"name": each.name, "owner": each.owner, "external": each.is_external, "read": each.is_whole}
            for each in graph.members
        ],
        "calls": [_call(each, report) for each in graph.calls],
        "channels": [_topic(each, report) for each in graph.topics],
        "flows": [_flow(each) for each in graph.flows],
        "findings": [
            *(_finding(each) for each in report.findings),
            *(_judgement(each) for each in report.judgements),
        ],
    }
    # A lone surrogate, which a JSON document may hold, is no UTF-8: everything beyond ASCII is escaped.
    yield json.dumps(content, indent=2)


def _call(call: Call, report: GraphReport) -> JsonValue:
    return {
        "consumer": call.consumer,
        "provider": call.provider,
        "operation": call.consumption.operation_id,
        "method": None if call.operation is None else call.operation.method.upper(),
        "path": None if call.operation is None else call.operation.path,
        "place": _place(report.locate(call.consumption.place)),
    }


def _topic(topic: Topic, report: GraphReport) -> JsonValue:
    ends: list[JsonValue] = [_end(end, report) for end in topic.ends]
    return {"label": topic.label, "protocols": list(topic.protocols), "ends": ends}


def _end(end: End, report: GraphReport) -> JsonValue:
    return {
        "service": end.service,
        "direction": end.direction.value,
        "operation": end.operation.id,
        "reply": end.request is not None,
        "address": end.address,
        "servers": [f"{protocol}://{host}" for protocol, host in sorted(end.servers)],
        "messages": [message.name for message in end.messages],
        "place": _place(report.locate(end.place)),
    }


def _flow(flow: Flow) -> JsonValue:
    return {
        "sender": flow.sender.service,
        "receiver": flow.receiver.service,
        "address": flow.sender.address or flow.receiver.address,
        "reply": flow.sender.request is not None,
        "messages": [message.name for message in flow.sender.messages],
        "sent_by": flow.sender.operation.id,
        "received_by": flow.receiver.operation.id,
    }


def _judgement(judgement: Judgement) -> JsonValue:
    proof = judgement.proof
    return {
        **_finding(judgement.finding),
        "services": list(judgement.services),
        "channel_message": judgement.message or None,
        "witness": None if proof is None else {"value": proof.value, "path": list(proof.path)},
    }


def _finding(finding: Finding) -> dict[str, JsonValue]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "place": _place(finding.place),
        "hint": finding.hint,
        "related": [{"message": each.message, "place": _place(each.place)} for each in finding.related],
    }


def _place(place: Place) -> JsonValue:
    return {"path": place.path, "pointer": place.pointer, "line": place.line, "column": place.column}
