"""The run behind `apictl graph`: contracts are read, what meets is compared, and all of it is shown."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from apictl.cli import console, progress
from apictl.cli.graph import GraphFormat
from apictl.contract.graph import around, graph_of
from apictl.findings import Finding, Place, Related, Severity
from apictl.report.graph.formats import FORMATS
from apictl.report.graph.summary import headline
from apictl.report.graph.view import GraphReport
from apictl.report.text import Style, printable, text
from apictl.rules.graph.catalogue import judged
from apictl.rules.graph.judgement import Judgement
from apictl.workspace.discovery import chosen_services, open_workspace
from apictl.workspace.excerpts import excerpts
from apictl.workspace.members import read_members
from apictl.workspace.reports import refuse_unwritable, write_report


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks for.

    Attributes:
        services: names; all when empty.
        format: of the output.
        output: file to write; None for the terminal.
        is_verbose: every note is shown.
    """

    services: tuple[str, ...]
    format: GraphFormat
    output: Path | None
    is_verbose: bool


def run(wish: Wish) -> int:
    """Read, show, and return the exit code.

    Raises:
        ApictlError: there is no contract, no service of that name, or no place for the file.
    """
    if wish.output is not None:
        refuse_unwritable(wish.output)
    report = _report(wish)
    style = console.findings_style(is_verbose=wish.is_verbose)
    lines = FORMATS[wish.format.value]
    if wish.output is not None:
        write_report(wish.output, lines(report, Style() if wish.is_verbose else _plain(style)))
        console.say(f"wrote {printable(str(wish.output))}: {headline(report)}")
    else:
        console.say_all(lines(report, style))
    if wish.output is None and wish.format in {GraphFormat.MERMAID, GraphFormat.DOT}:
        _note_errors(report)
    found = (*report.findings, *(each.finding for each in report.judgements))
    return 1 if any(finding.severity is Severity.ERROR for finding in found) else 0


def _report(wish: Wish) -> GraphReport:
    workspace = open_workspace(Path.cwd())
    chosen = chosen_services(workspace, wish.services)
    with progress.shown() as advance:
        membership = read_members(workspace, progress=advance)
    graph = graph_of(membership.members)
    judgements = judged(graph)
    names = frozenset(service.name for service in chosen) if wish.services else frozenset()
    if names:
        graph = around(graph, names)
        judgements = tuple(each for each in judgements if names & set(each.services))
    return GraphReport(
        graph=graph,
        judgements=tuple(located_judgements(judgements, membership.locate)),
        findings=membership.findings,
        chosen=tuple(sorted(names)),
        excerpt=excerpts(workspace.root),
        locate=membership.locate,
    )


def located_judgements(judgements: Iterable[Judgement], locate: Callable[[Place], Place]) -> Iterable[Judgement]:
    """Yield *judgements* with the lines of their places, which *locate* gives."""
    for each in judgements:
        finding = each.finding
        related = tuple(Related(other.message, locate(other.place)) for other in finding.related)
        finding = dataclasses.replace(finding, place=locate(finding.place), related=related)
        yield dataclasses.replace(each, finding=finding)


def _plain(style: Style) -> Style:
    return Style(errors_per_rule=style.errors_per_rule, others_per_rule=style.others_per_rule)


def _note_errors(report: GraphReport) -> None:
    """Say on stderr what a drawing can't: why the exit code is 1."""
    found: list[Finding] = [*report.findings, *(each.finding for each in report.judgements)]
    errors = [finding for finding in found if finding.severity is Severity.ERROR]
    for line in text(errors, report.excerpt):
        console.note(line)
