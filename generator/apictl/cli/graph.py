"""`apictl graph`: who sends what to whom."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import Annotated, Final

import typer

GRAPH_EXAMPLES: Final = """\b
Examples:
  apictl graph                                 all services, as text
  apictl graph trips                           one service, and what it has to do with
  apictl graph --format html -o services.html  one page for the browser
  apictl graph --format mermaid                for a README; dot is for Graphviz, json for other programs

Exit codes: 0 all that is sent is accepted, 1 something is not or a contract can't be read, 2 there is nothing to show.
"""


class GraphFormat(enum.Enum):
    """How the traffic is shown."""

    TEXT = "text"
    MERMAID = "mermaid"
    DOT = "dot"
    HTML = "html"
    JSON = "json"


def _service_names() -> list[str]:
    """Return the names that the shell may complete."""
    from apictl.cli import generate_run  # noqa: PLC0415 - `apictl --help` must stay fast

    return generate_run.service_names()


def graph(
    services: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SERVICE]...", help="All when none is named.", autocompletion=_service_names),
    ] = None,
    *,
    output_format: Annotated[GraphFormat, typer.Option("--format", help="How to show it.")] = GraphFormat.TEXT,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write instead of printing.", show_default=False)
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show every note.")] = False,
) -> None:
    """Show who sends what to whom: calls over HTTP, and messages over channels.

    Calls are what `consumes` in apictl.yaml says, messages what the AsyncAPI contracts say: who sends to an address
    reaches those who receive from it. An error is an operation that is not there, or a message that its receiver
    refuses, with one that shows it; a note is a channel with one side only.
    """
    from apictl.cli import graph_run  # noqa: PLC0415 - `apictl --help` must stay fast

    wish = graph_run.Wish(tuple(services or ()), output_format, output, is_verbose=verbose)
    raise typer.Exit(graph_run.run(wish))
