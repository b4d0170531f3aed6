"""How much there is, in one line."""

from __future__ import annotations

from apictl.report.graph.view import GraphReport
from apictl.report.text import counted, summary


def headline(report: GraphReport) -> str:
    """Return how many services, calls and channels there are, and how many findings."""
    graph = report.graph
    parts = [
        counted(len(graph.members), "service"),
        counted(len(graph.calls), "call"),
        counted(len(graph.topics), "channel"),
    ]
    found = summary((*report.findings, *(each.finding for each in report.judgements)))
    return ", ".join(parts) + (f": {found}" if found else "")
