"""`apictl lint`: what is wrong with documents, before anything is made of them."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Annotated, Final

import typer

from apictl.cli.failing import Failing, FailOn

if TYPE_CHECKING:
    from apictl.cli.lint_wish import Wish

LINT_EXAMPLES: Final = """\b
Examples:
  apictl lint                                  all services
  apictl lint pricing                          the documents of one service
  apictl lint openapi.yaml events/asyncapi.json
  apictl lint --rules strict,security          more than is recommended; `apictl rules` lists sets and rules
  apictl lint --rules '!tag-undeclared'        what is recommended without one rule
  apictl lint --baseline known.json            only what is not known yet; --write-baseline keeps the list
  apictl lint --diff                           what --fix would mend; comments and layout stay as they are
  apictl lint --quiet                          errors only
  apictl lint --format github                  annotations in a workflow; gitlab, junit, sarif and json are for others
  apictl lint --report sarif=api.sarif         text on the terminal, and a file for another program
  apictl explain field-unknown                 what a rule finds, and what to do

Exit codes: 0 no error was found, 1 a document has errors, 2 a document could not be had, or a rule failed.
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
Rules = Annotated[
    str,
    typer.Option(
        "--rules",
        metavar="SET|RULE|!RULE,...",
        help="What is looked for: minimal, recommended (the default), strict, codegen, security, and rules by name. "
        "Instead of `lint: {rules: ...}` in apictl.yaml.",
    ),
]
Baseline = Annotated[
    str, typer.Option("--baseline", metavar="FILE", help="A list of findings that are known and not told.")
]
WriteBaseline = Annotated[
    bool, typer.Option("--write-baseline", help="Take what was mended off the list; make it where there is none.")
]
Grow = Annotated[bool, typer.Option("--grow", help="With --write-baseline: add what was found, too.")]
Fix = Annotated[bool, typer.Option("--fix", help="Mend what leaves no choice, then tell the rest.")]
Diff = Annotated[bool, typer.Option("--diff", help="Show what --fix would mend, as a patch, and nothing else.")]
TrustRules = Annotated[
    bool,
    typer.Option(
        "--trust-rules",
        envvar="APICTL_TRUST_RULES",
        help="Run the Python files of `lint: {custom: ...}` in apictl.yaml. They are programs that may do anything.",
    ),
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
NoCache = Annotated[bool, typer.Option("--no-cache", help="Find everything out anew.")]
Watch = Annotated[bool, typer.Option("--watch", help="Begin anew whenever a document of the workspace changes.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Tell errors only.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Show all findings of a rule, however many.")]


def lint(  # noqa: PLR0913 - one parameter an option
    operands: Operands = None,
    *,
    rules: Rules = "",
    fail_on: Failing = FailOn.ERROR,
    baseline: Baseline = "",
    write_baseline: WriteBaseline = False,
    grow: Grow = False,
    trust_rules: TrustRules = False,
    fix: Fix = False,
    diff: Diff = False,
    output_format: Format = FormatName.TEXT,
    report: Report = None,
    no_cache: NoCache = False,
    watch: Watch = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Tell what is wrong with documents: text, structure, references, what they mean, and how they could be better.

    An error is what keeps a document from being generated from, or what a set of rules does not put up with; a
    warning or a note leaves it usable.
    """
    _refuse(quiet and verbose, "--quiet", "it tells errors only, so --verbose has nothing to add")
    _refuse(watch and (fix or diff), "--watch", "it tells what is wrong, again and again, and mends nothing")
    _refuse(fix and diff, "--diff", "it only shows what --fix would write")
    _refuse(grow and not write_baseline, "--grow", "it says how a baseline is written; add --write-baseline")
    _refuse(write_baseline and not baseline, "--write-baseline", "name the file with --baseline FILE")
    from apictl.cli.lint_wish import Judging, Known, Showing, Wish  # noqa: PLC0415 - `apictl --help` must stay fast

    words = tuple(word for word in (each.strip() for each in rules.split(",")) if word)
    known = Known(baseline, is_written=write_baseline, may_grow=grow)
    judging = Judging(words, known, is_trusting=trust_rules)
    showing = Showing(output_format.value, tuple(report or ()), is_quiet=quiet, is_verbose=verbose)
    is_strict, is_remembered = fail_on is FailOn.WARNING, not no_cache
    wish = Wish(tuple(operands or ()), judging, showing, is_strict=is_strict, is_remembered=is_remembered)
    raise typer.Exit(_mended(wish, diff=diff) if fix or diff else _watched(wish) if watch else _told(wish))


def _told(wish: Wish) -> int:
    from apictl.cli import lint_run  # noqa: PLC0415 - `apictl --help` must stay fast

    return lint_run.run(wish)


def _watched(wish: Wish) -> int:
    from apictl.cli import watching  # noqa: PLC0415 - a parser that others need not wait for

    return watching.watched(lambda: _told(wish))


def _mended(wish: Wish, *, diff: bool) -> int:
    from apictl.cli import lint_fixing  # noqa: PLC0415 - readers, which a run that remembers does without

    return lint_fixing.show_fixes(wish) if diff else lint_fixing.fix(wish)


def _refuse(is_contradiction: bool, option: str, message: str) -> None:  # noqa: FBT001 - the name of the function says it
    if is_contradiction:
        raise typer.BadParameter(message, param_hint=option)
