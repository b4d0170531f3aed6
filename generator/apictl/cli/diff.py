"""`apictl diff`: what changed, who breaks, and the proof."""

from __future__ import annotations

import enum
from typing import Annotated, Final

import typer

DIFF_EXAMPLES: Final = """\b
Examples:
  apictl diff                                  all services, against where HEAD left the main branch
  apictl diff pricing --against v3.1.0         one service, against a tag
  apictl diff old.yaml new.yaml                two files, or two folders of specs
  apictl diff specs/pricing/openapi.yaml@main specs/pricing/openapi.yaml
  apictl diff --changelog                      harmless changes too, and the version they ask for
  apictl diff --fail-on used                   for CI: exit 1 only when somebody is hit
  apictl diff --format markdown                for a comment on a merge request; html is one page for the browser
  apictl diff --report sarif=api.sarif --report junit=api.xml     text on the terminal, and files for other programs
  apictl diff --accept 1f0c2b7a --reason "no client sends it" --expires 2027-01-31

Exit codes: 0 nothing at or above --fail-on, 1 the new contract has problems, 2 nothing could be compared.
"""


class FailOn(enum.Enum):
    """What makes the exit code 1."""

    BREAKING = "breaking"
    WARNING = "warning"
    ANY = "any"
    USED = "used"
    NEVER = "never"


class FormatName(enum.Enum):
    """How the result is written."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"
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
        metavar="SERVICE|FILE|FOLDER",
        help="Services; or a file, or two files or folders, each perhaps with @REVISION. All services if none.",
        autocompletion=_service_names,
    ),
]
Against = Annotated[
    str,
    typer.Option(
        "--against",
        metavar="REVISION",
        help="Compare with this git revision instead of where HEAD left the main branch.",
    ),
]
Failing = Annotated[
    FailOn,
    typer.Option(
        "--fail-on",
        help="What makes the exit code 1: a breaking change; a warning, too; any change at all; "
        "a breaking change that hits a consumer named in apictl.yaml; nothing.",
    ),
]
Accept = Annotated[
    list[str] | None,
    typer.Option("--accept", metavar="ID", help="Agree to this change, in apictl-accepted.yaml; may be repeated."),
]
Format = Annotated[FormatName, typer.Option("--format", help="How to write the result.")]
Report = Annotated[
    list[str] | None,
    typer.Option(
        "--report",
        metavar="FORMAT=FILE",
        help="Write the result to this file, too, in one of the formats; may be repeated.",
    ),
]
Changelog = Annotated[
    bool, typer.Option("--changelog", help="Show all changes by operation, and the version they ask for.")
]
Reason = Annotated[str, typer.Option("--reason", help="Why it may be.")]
Expires = Annotated[str, typer.Option("--expires", metavar="DATE", help="The last day it may be: YYYY-MM-DD.")]
Owner = Annotated[str, typer.Option("--owner", help="Who answers for it; the service's owner if unsaid.")]
Equivalent = Annotated[
    bool,
    typer.Option(
        "--equivalent",
        help="Tell of schemas that are written otherwise and allow the same, too; implies --verbose.",
    ),
]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Show harmless changes and those agreed to, too.")]


def diff(  # noqa: PLR0913 - one parameter an option
    operands: Operands = None,
    *,
    against: Against = "",
    output_format: Format = FormatName.TEXT,
    report: Report = None,
    fail_on: Failing = FailOn.BREAKING,
    changelog: Changelog = False,
    accept: Accept = None,
    reason: Reason = "",
    expires: Expires = "",
    owner: Owner = "",
    equivalent: Equivalent = False,
    verbose: Verbose = False,
) -> None:
    """Tell which changes of a contract break somebody, with a value that shows it.

    Contracts are read from the disk and from git, where nothing is checked out. An error is a change that breaks
    those who keep to the old contract: it refuses what was accepted, or sends what was never sent before.
    """
    from apictl.cli import diff_run  # noqa: PLC0415 - `apictl --help` must stay fast

    agreement = diff_run.Agreeing(tuple(accept or ()), reason, expires, owner)
    shown = diff_run.Showing(
        output_format,
        tuple(report or ()),
        is_changelog=changelog,
        is_verbose=verbose or equivalent,
        is_equivalent=equivalent,
    )
    wish = diff_run.Wish(tuple(operands or ()), against, fail_on, shown, agreement)
    raise typer.Exit(diff_run.run(wish))
