"""The command line: its commands, and what it says of itself."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from apictl.cli import console
from apictl.cli.check import CHECK_EXAMPLES, check
from apictl.cli.diff import DIFF_EXAMPLES, diff
from apictl.cli.doctor import DOCTOR_EXAMPLES, doctor
from apictl.cli.explain import EXPLAIN_EXAMPLES, explain
from apictl.cli.generate import EXAMPLES, generate
from apictl.cli.graph import GRAPH_EXAMPLES, graph
from apictl.cli.init import INIT_EXAMPLES, init
from apictl.cli.lint import LINT_EXAMPLES, lint
from apictl.cli.rules import RULES_EXAMPLES, rules
from apictl.cli.schema import schema
from apictl.cli.test import TEST_EXAMPLES, run_tests
from apictl.cli.unhurried import Command, Group
from apictl.version import told

_EXAMPLES: Final = """\b
Examples:
  apictl init                   make a first contract and a manifest
  apictl generate               write generated/ from specs/
  apictl generate trips         only the service trips
  apictl generate --check       for CI: exit 1 when generated/ is not what the contracts say
  apictl check                  all that a merge request needs, in one run
  apictl lint                   what is wrong with the contracts; also of files: apictl lint openapi.yaml
  apictl test trips             does the stub of trips keep its contract? (--app, --url: a service)
  apictl diff --against v2.0    which changes since then break somebody, and the value that shows it
  apictl graph                  who sends what to whom, and whether it is accepted (--format html: a page)
  apictl explain type-changed   what a rule finds, whom it hurts, an example (apictl rules: all of them)

Exit codes: 0 done, 1 a contract has problems, 2 apictl could not do its job, 3 a bug, 130 interrupted.
"""

app = typer.Typer(
    name="apictl",
    cls=Group,
    help="Contract first: services, clients, events and tests from OpenAPI and AsyncAPI.",
    epilog=_EXAMPLES,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # rich would triple the time of --help
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(*, value: bool) -> None:
    if value:
        console.say(told())
        raise typer.Exit


@app.callback()
def options(
    *,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", callback=_show_version, is_eager=True)
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of a bug.")] = False,
) -> None:
    """Contract first: services, clients, events and tests from OpenAPI and AsyncAPI."""
    del version, debug  # the first acts by itself, the second is read where bugs end: in `main.main`


# One line a command. Each imports what it needs when it runs: `apictl --help` must stay fast.
app.command(epilog=INIT_EXAMPLES, cls=Command)(init)
app.command(epilog=EXAMPLES, cls=Command)(generate)
app.command(epilog=CHECK_EXAMPLES, cls=Command)(check)
app.command(epilog=LINT_EXAMPLES, cls=Command)(lint)
app.command("test", epilog=TEST_EXAMPLES, cls=Command)(run_tests)
app.command(epilog=DIFF_EXAMPLES, cls=Command)(diff)
app.command(epilog=GRAPH_EXAMPLES, cls=Command)(graph)
app.command(epilog=EXPLAIN_EXAMPLES, cls=Command)(explain)
app.command(epilog=RULES_EXAMPLES, cls=Command)(rules)
app.command(epilog=DOCTOR_EXAMPLES, cls=Command)(doctor)
app.command(cls=Command)(schema)
