"""All that `apictl check` tells, before it is written in any way."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from apictl.findings import Severity
from apictl.report.checkout import Checkout
from apictl.report.statement import Statement
from apictl.report.text import Excerpt, Style, summary


class Outcome(enum.Enum):
    """What became of a part."""

    PASSED = "passed"
    FAILED = "failed"
    """There are errors, or warnings when those fail, too."""
    SKIPPED = "skipped"
    """There was nothing to look at, for the reason that a note gives."""
    INCOMPLETE = "incomplete"
    """Something could not be looked at."""


@dataclass(frozen=True, slots=True)
class Section:
    """What one part of a check tells.

    Attributes:
        name: of the part, as it is asked for.
        title: a few words that say what is looked at.
        statements: each finding once, by file and line.
        subject: what was looked at, as "6 services".
        notes: what else is to be known.
        troubles: why something could not be looked at.
        is_skipped: there was nothing to look at.
        failing: the least that a finding weighs which fails the part.
    """

    name: str
    title: str
    statements: tuple[Statement, ...] = ()
    subject: str = ""
    notes: tuple[str, ...] = ()
    troubles: tuple[str, ...] = ()
    is_skipped: bool = False
    failing: Severity = Severity.ERROR

    @property
    def outcome(self) -> Outcome:
        """What became of the part."""
        if self.troubles:
            return Outcome.INCOMPLETE
        if any(self.counted(severity) for severity in {Severity.ERROR, self.failing}):
            return Outcome.FAILED
        return Outcome.SKIPPED if self.is_skipped else Outcome.PASSED

    def counted(self, severity: Severity) -> int:
        """Return how many findings of *severity* there are that nobody agreed to."""
        return sum(each.finding.severity is severity and not each.accepted for each in self.statements)


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What is told of a workspace.

    Attributes:
        sections: in the order of telling.
        services: names of those that were looked at, sorted.
        total: how many services there are.
        selection: why these, as "changed since main"; "" for all of them.
        excerpt: gives the lines of documents.
        checkout: which files the places of findings mean.
    """

    sections: tuple[Section, ...]
    services: tuple[str, ...]
    total: int
    selection: str
    excerpt: Excerpt
    checkout: Checkout = field(default_factory=Checkout)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Of all sections, in their order."""
        return tuple(statement for section in self.sections for statement in section.statements)

    @property
    def is_complete(self) -> bool:
        """Whether all that was asked for could be looked at."""
        return not any(section.troubles for section in self.sections)

    @property
    def outcome(self) -> Outcome:
        """What became of all parts together."""
        outcomes = {section.outcome for section in self.sections}
        worst = (Outcome.INCOMPLETE, Outcome.FAILED, Outcome.PASSED)
        return next((each for each in worst if each in outcomes), Outcome.SKIPPED)

    @property
    def consumers(self) -> dict[str, tuple[str, ...]]:
        """Who is hit by breaking changes that nobody agreed to: consumers by the service that breaks them."""
        found: dict[str, set[str]] = {}
        for each in self.statements:
            hit = each.properties.get("consumers")
            if each.finding.severity is Severity.ERROR and not each.accepted and isinstance(hit, list):
                found.setdefault(each.suite, set()).update(str(name) for name in hit)
        return {service: tuple(sorted(names)) for service, names in sorted(found.items()) if names}


Format: TypeAlias = Callable[[CheckReport, Style], Iterator[str]]
"""Gives the lines of a report; only text has a style."""


def summary_of(section: Section) -> str:
    """Return what is to be known of *section* in a few words."""
    words = summary(each.finding for each in section.statements if not each.accepted)
    match section.outcome:
        case Outcome.SKIPPED:
            return "; ".join(section.notes) or "nothing to look at"
        case Outcome.INCOMPLETE:
            return "; ".join([*section.troubles, *([words] if words else [])])
        case Outcome.FAILED | Outcome.PASSED:
            subject = f" in {section.subject}" if section.subject else ""
            told = f"{words}{subject}" if words else f"nothing found{subject}"
            return "; ".join([told, *section.notes])
