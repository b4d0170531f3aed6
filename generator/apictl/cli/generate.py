"""`apictl generate`: packages from contracts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

EXAMPLES: Final = """\b
Examples:
  apictl generate                    all services
  apictl generate trips pricing      these two
  apictl generate --check            write nothing, exit 1 when something would change
  apictl generate --watch            again after each change
  apictl generate --output build/api another place than the manifest's
"""


def _service_names() -> list[str]:
    """Return the names that the shell may complete."""
    from apictl.cli import generate_run  # noqa: PLC0415 - `apictl --help` must stay fast

    return generate_run.service_names()


def generate(  # noqa: PLR0913 - one parameter an option
    services: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SERVICE]...", help="All when none is named.", autocompletion=_service_names),
    ] = None,
    *,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 when something would change.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite files that were changed by hand.")] = False,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Where to write.", show_default=False)] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Begin anew whenever a contract changes.")] = False,
    trust_rules: Annotated[
        bool,
        typer.Option(
            "--trust-rules",
            envvar="APICTL_TRUST_RULES",
            help="Run the Python file that `hooks` in apictl.yaml names. It is a program that may do anything.",
        ),
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show every finding, and notes too.")] = False,
) -> None:
    """Write the packages that the contracts say, all of them or none.

    Servers, clients and contract tests go to generated/<service>/. Files you added there stay; files you
    changed there are named and nothing is written until you take the change back or say --force.
    """
    if check and force:
        raise typer.BadParameter("--check writes nothing, so --force has nothing to do", param_hint="--force")
    from apictl.cli import generate_run  # noqa: PLC0415 - `apictl --help` must stay fast

    wish = generate_run.Wish(
        tuple(services or ()), output, is_check=check, is_force=force, is_verbose=verbose, is_trusting=trust_rules
    )
    if watch:
        from apictl.cli.watching import watched  # noqa: PLC0415 - as above

        raise typer.Exit(watched(lambda: generate_run.run(wish)))
    raise typer.Exit(generate_run.run(wish))
