"""`apictl doctor`: whether everything is there that apictl works with."""

from __future__ import annotations

from typing import Annotated, Final

import typer

DOCTOR_EXAMPLES: Final = """\b
Examples:
  apictl doctor                    what apictl works with here, and what is amiss
  apictl doctor --show-settings    what counts after apictl.yaml and all defaults, as JSON

Exit codes: 0 all is well, 2 something is amiss.
"""


def doctor(
    *,
    show_settings: Annotated[
        bool, typer.Option("--show-settings", help="Print what counts after apictl.yaml and all defaults, as JSON.")
    ] = False,
) -> None:
    """Tell what apictl works with here: Python, libraries, git, the workspace, its output, its cache."""
    from apictl.cli import doctor_run  # noqa: PLC0415 - `apictl --help` must stay fast

    raise typer.Exit(doctor_run.settings() if show_settings else doctor_run.run())
