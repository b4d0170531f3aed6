"""`apictl check`: all that a merge request needs, in one run."""

from __future__ import annotations

import enum
from typing import Annotated, Final

import typer

from apictl.cli.failing import Failing, FailOn

CHECK_EXAMPLES: Final = """\b
Examples:
  apictl check                           all services, all parts
  apictl check pricing trips             these two
  apictl check --affected                only what changed since the base, and who calls it
  apictl check --skip tests              parts: lint, generated, breaking, traffic, tests
  apictl check --only lint,breaking
  apictl check --shard 2/8               the second of eight machines
  apictl check --affected --matrix 8     JSON for the matrix of a workflow: eight jobs at most
  apictl check --format github --report sarif=api.sarif --report markdown=api.md

Exit codes: 0 nothing stands against it, 1 there is something at or above --fail-on, 2 something could not be looked at.
"""


class FormatName(enum.Enum):
    """How the result is written."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    SARIF = "sarif"
    GITHUB = "github"
    GITLAB = "gitlab"
    JUNIT = "junit"


def _service_names() -> list[str]:
    """Return the names that the shell may complete."""
    from apictl.cli import generate_run  # noqa: PLC0415 - `apictl --help` must stay fast

    return generate_run.service_names()


Services = Annotated[
    list[str] | None,
    typer.Argument(metavar="[SERVICE]...", help="All when none is named.", autocompletion=_service_names),
]
Against = Annotated[
    str,
    typer.Option("--against", metavar="REVISION", help="The base, instead of where HEAD left the main branch."),
]
Only = Annotated[list[str] | None, typer.Option("--only", metavar="PART", help="These parts; may be repeated.")]
Skip = Annotated[list[str] | None, typer.Option("--skip", metavar="PART", help="Not these; may be repeated.")]
Affected = Annotated[
    bool,
    typer.Option("--affected", help="Only services that changed since the base, or call one that did."),
]
ShardText = Annotated[str, typer.Option("--shard", metavar="I/N", help="The I-th of N parts of the services.")]
Matrix = Annotated[
    int, typer.Option("--matrix", metavar="N", min=0, help="Check nothing; print N jobs at most, as JSON.")
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
Seed = Annotated[int, typer.Option("--seed", min=0, help="Decides which values the tests try.")]
Examples = Annotated[int, typer.Option("--examples", min=1, help="Random requests for each operation.")]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Find everything out anew.")]
Baseline = Annotated[
    str, typer.Option("--baseline", metavar="FILE", help="Findings of documents that are known and not told.")
]
TrustRules = Annotated[bool, typer.Option("--trust-rules", help="Run the rules of the workspace's own.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Show all findings of a rule, and notes.")]


def check(  # noqa: PLR0913 - one parameter an option
    services: Services = None,
    *,
    against: Against = "",
    only: Only = None,
    skip: Skip = None,
    affected: Affected = False,
    shard: ShardText = "",
    matrix: Matrix = 0,
    output_format: Format = FormatName.TEXT,
    report: Report = None,
    seed: Seed = 1,
    examples: Examples = 20,
    no_cache: NoCache = False,
    baseline: Baseline = "",
    trust_rules: TrustRules = False,
    fail_on: Failing = FailOn.ERROR,
    verbose: Verbose = False,
) -> None:
    """Check all that a merge request needs: documents, generated code, breaking changes, traffic, contract tests.

    All problems are told in one run. What did not change since an earlier run is not looked at again.
    """
    if matrix and shard:
        raise typer.BadParameter("--matrix makes the shards, --shard is one of them", param_hint="--matrix")
    from apictl.cli import check_run  # noqa: PLC0415 - `apictl --help` must stay fast

    choice = check_run.Choice(tuple(services or ()), against, shard, is_affected=affected)
    showing = check_run.Showing(output_format.value, tuple(report or ()), is_verbose=verbose, failing=fail_on.least)
    wish = check_run.Wish(
        choice=choice,
        baseline=baseline,
        is_trusting=trust_rules,
        parts=check_run.Parts(tuple(only or ()), tuple(skip or ())),
        seed=seed,
        examples=examples,
        showing=showing,
        is_remembered=not no_cache,
    )
    raise typer.Exit(check_run.divide(wish, matrix) if matrix else check_run.run(wish))
