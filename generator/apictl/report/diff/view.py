"""How much of a report is shown, and how."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from apictl.report.diff.verdict import DiffReport
from apictl.report.text import Style


@dataclass(frozen=True, slots=True)
class View:
    """What the reader asked for.

    Attributes:
        style: of text.
        is_verbose: harmless and accepted changes are shown, too.
        is_changelog: all changes are shown, by operation.
    """

    style: Style = field(default_factory=Style)
    is_verbose: bool = False
    is_changelog: bool = False


Format: TypeAlias = Callable[[DiffReport, View], Iterator[str]]
"""Gives the lines of a report."""
