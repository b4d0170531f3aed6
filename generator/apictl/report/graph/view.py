"""What a report about traffic tells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from apictl.contract.graph import Graph
from apictl.findings import Finding, Place
from apictl.report.text import Excerpt, Style
from apictl.rules.graph.judgement import Judgement


@dataclass(frozen=True, slots=True)
class GraphReport:
    """The traffic of a workspace, and what is to be said about it.

    Attributes:
        graph: what is shown.
        judgements: about it, with their lines.
        findings: why contracts could not be read, with their lines.
        chosen: names of the services that were asked for; empty for all.
        excerpt: gives lines of documents.
        locate: gives places of the graph their lines.
    """

    graph: Graph
    judgements: tuple[Judgement, ...] = ()
    findings: tuple[Finding, ...] = ()
    chosen: tuple[str, ...] = ()
    excerpt: Excerpt = field(default=lambda _: None)
    locate: Callable[[Place], Place] = field(default=lambda place: place)


Format: TypeAlias = Callable[[GraphReport, Style], Iterator[str]]
"""Gives the lines of a report."""
