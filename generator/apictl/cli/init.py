"""`apictl init`: a first contract and a manifest, and what a CI runs."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import Annotated, Final

import typer

from apictl.cli import console

INIT_EXAMPLES: Final = """\b
Examples:
  apictl init                            a first contract, and apictl.yaml
  apictl init --ci github                .github/workflows/apictl.yml, too
  apictl init --ci gitlab --source git+https://git.example.org/tools/apictl.git@v1
"""


class PipelineName(enum.Enum):
    """Whose CI it is."""

    GITHUB = "github"
    GITLAB = "gitlab"


Pipeline = Annotated[
    PipelineName | None, typer.Option("--ci", help="Write what this CI runs, too.", show_default=False)
]
Source = Annotated[
    str,
    typer.Option("--source", metavar="REQUIREMENT", help="What pip installs in the CI; this apictl if it can be had."),
]


def init(*, ci: Pipeline = None, source: Source = "") -> None:
    """Make a first contract (specs/hello/openapi.yaml) and apictl.yaml here; never overwrite anything."""
    if source and ci is None:
        raise typer.BadParameter("it is what a CI installs; add --ci", param_hint="--source")
    from apictl.workspace.starter import make_starter  # noqa: PLC0415 - `apictl --help` must stay fast

    advice = ""
    made, kept = make_starter(Path.cwd())
    if ci is not None:
        from apictl.workspace.pipelines import make_pipeline  # noqa: PLC0415 - as above

        pipeline = make_pipeline(Path.cwd(), ci.value, source=source)
        made, kept, advice = (*made, *pipeline.made), (*kept, *pipeline.kept), pipeline.advice
    console.say_all(f"made {path}" for path in made)
    console.say_all(f"kept {path}, it was there" for path in kept)
    console.say("next:")
    if advice:
        console.say(f"  {advice}")
    console.say("  apictl generate        write server, client and contract tests to generated/")
    console.say("  apictl check           all that a merge request needs")
    console.say("  edit specs/            and generate again: the contract is the source of truth")
