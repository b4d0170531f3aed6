"""What of the findings makes a command fail, as an option."""

from __future__ import annotations

import enum
from typing import Annotated

import typer

from apictl.findings import Severity


class FailOn(enum.Enum):
    """What makes the exit code 1."""

    ERROR = "error"
    WARNING = "warning"

    @property
    def least(self) -> Severity:
        """The least that a finding weighs which does."""
        return Severity(self.value)


Failing = Annotated[FailOn, typer.Option("--fail-on", help="What makes the exit code 1: an error; a warning, too.")]
