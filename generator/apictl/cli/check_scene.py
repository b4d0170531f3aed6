"""What all parts of a check share."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from apictl.report.checkout import Checkout
from apictl.report.text import counted
from apictl.workspace.checking.base import Base, Baseless
from apictl.workspace.checking.look import Look
from apictl.workspace.checking.parts import Part
from apictl.workspace.discovery import Workspace
from apictl.workspace.manifest import Service
from apictl.workspace.workers import Progress

MANY = 8
"""Services from which on processes are worth what they cost to start."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A run of a check.

    Attributes:
        look: at the services.
        services: that are checked, by name.
        is_whole: what is about no service that there is now is told, too.
        parts: that are asked for.
        base: what the workspace is compared with; the reason in words where it can't be had.
        checkout: what places in findings mean.
        baseline: path of the list of known findings of the documents; "" for none.
        today: what dates are compared with.
        progress: told of each service that is done.
    """

    look: Look
    services: tuple[Service, ...]
    is_whole: bool
    parts: frozenset[Part]
    base: Base | Baseless | str
    checkout: Checkout
    baseline: str
    today: dt.date
    progress: Progress

    @property
    def workspace(self) -> Workspace:
        """Where the services are."""
        return self.look.workspace

    @property
    def subject(self) -> str:
        """What is looked at, in words."""
        return counted(len(self.services), "service")
