"""What services send, beside what the others of the workspace accept: `apictl test` says who would refuse it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from apictl.cli import console
from apictl.cli.graph_run import located_judgements
from apictl.contract.graph import graph_of
from apictl.report.graph.people import judgements_text
from apictl.report.text import printable
from apictl.rules.graph.judgement import Judgement
from apictl.rules.graph.messages_incompatible import incompatible_messages
from apictl.workspace.discovery import Workspace
from apictl.workspace.excerpts import excerpts
from apictl.workspace.manifest import Service
from apictl.workspace.members import read_members


def refused_senders(workspace: Workspace, chosen: Iterable[Service]) -> frozenset[str]:
    """Return the names of those *chosen* that may send what another service refuses, and print each such message.

    Raises:
        FetchError: a document can't be had.
    """
    names = {service.name for service in chosen if service.asyncapi}
    if not names:
        return frozenset()
    senders = (dataclasses.replace(each, openapi="") for each in workspace.services if each.asyncapi)
    membership = read_members(dataclasses.replace(workspace, services=tuple(senders)))
    for path in sorted({finding.place.path for finding in membership.findings}):
        console.note(f"{printable(path)} is not read, `apictl lint` says why: nothing was compared with it")
    found = [each for each in incompatible_messages(graph_of(membership.members)) if _sender(each) in names]
    located = located_judgements(found, membership.locate)
    style = console.findings_style(is_verbose=False)
    console.say_all(judgements_text(located, excerpts(workspace.root), style=style))
    return frozenset(map(_sender, found))


def _sender(judgement: Judgement) -> str:
    return "" if judgement.flow is None else judgement.flow.sender.service
