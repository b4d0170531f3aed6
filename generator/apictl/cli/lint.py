"""`apictl lint`: what is wrong with documents, before anything is made of them."""

from __future__ import annotations

import enum
from typing import Annotated, Final

import typer

LINT_EXAMPLES: Final = """\b
Examples:
  apictl lint                                  all services
  apictl lint pricing                          the documents of one service
  apictl lint openapi.yaml events/asyncapi.json
  apictl lint --quiet                          errors only
  apictl lint --format github                  annotations in a workflow; gitlab, junit, sarif and json are for others
  apictl lint --report sarif=api.sarif         text on the terminal, and a file for another program
  apictl explain field-unknown                 what a rule finds, and what to do

Exit codes: 0 no error was found, 1 a document has errors, 2 a document could not be had.
"""


class FormatName(enum.Enum):
    """How the result is written."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"
    GITLAB = "gitlab"
    JUNIT = "junit"


def _service_names() -> list[str]:
    """Return the names that the shell may complete."""
    from apictl.cli import generate_run  # noqa: PLC0415 - `apictl --help` must stay fast

    return generate_run.service_names()


Operands = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SERVICE|FILE",
        help="Services, or documents of OpenAPI or AsyncAPI. All services if none.",
        autocompletion=_service_names,
    ),
]
Rules = Annotated[str, typer.Option("--rules", metavar="SET", help="What is looked for: minimal.")]
Format = Annotated[FormatName, typer.Option("--format", help="How to write the result.")]
Report = Annotated[
    list[str] | None,
    typer.Option(
        "--report",
        metavar="FORMAT=FILE",
        help="Write the result to this file, too, in one of the formats; may be repeated.",
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Tell errors only.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Show all findings of a rule, however many.")]


def lint(  # noqa: PLR0913 - one parameter an option
    operands: Operands = None,
    *,
    rules: Rules = "minimal",
    output_format: Format = FormatName.TEXT,
    report: Report = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Tell what is wrong with documents: text, structure, references, and what they mean.

    An error is what keeps a document from being generated from; a warning or a note leaves it usable.
    """
    if quiet and verbose:
        raise typer.BadParameter("--quiet tells errors only, so --verbose has nothing to add", param_hint="--quiet")
    from apictl.cli import lint_run  # noqa: PLC0415 - `apictl --help` must stay fast

    wish = lint_run.Wish(
        tuple(operands or ()),
        rules,
        output_format.value,
        tuple(report or ()),
        is_quiet=quiet,
        is_verbose=verbose,
    )
    raise typer.Exit(lint_run.run(wish))
