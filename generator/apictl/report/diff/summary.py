"""What became of contracts, in a few words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

from apictl.findings import Severity
from apictl.report.diff.verdict import Comparison, DiffReport, Outcome, Verdict
from apictl.report.text import counted


def headline(report: DiffReport) -> str:
    """Return the result as a heading of plain words."""
    total = sums(report.verdicts)
    if total.breaking:
        services = sum(1 for each in report.comparisons if sums(each.verdicts).breaking)
        where = f" in {counted(services, 'service')}" if len(report.comparisons) > 1 else ""
        return f"{counted(total.breaking, 'breaking change')}{where}"
    if not report.is_complete:
        return "Contracts that can't be read"
    if total.warnings:
        return f"No breaking change, {counted(total.warnings, 'warning')}"
    return "No breaking change" if report.verdicts else "No change"


@dataclass(frozen=True, slots=True)
class Sums:
    """How many changes there are, each counted once.

    Attributes:
        breaking: break somebody, and nobody agreed.
        agreed: were agreed to.
        warnings: break nobody and weigh something.
        others: the rest.
    """

    breaking: int
    agreed: int
    warnings: int
    others: int


def sums(verdicts: Iterable[Verdict]) -> Sums:
    """Return how many of *verdicts* are of which weight."""
    counted_as = Counter(map(_weight, verdicts))
    return Sums(counted_as["breaking"], counted_as["agreed"], counted_as["warning"], counted_as["other"])


def _weight(verdict: Verdict) -> str:
    if verdict.agreement is not None:
        return "agreed"
    if verdict.is_breaking:
        return "breaking"
    return "warning" if verdict.finding.severity is Severity.WARNING else "other"


def outcome_words(comparison: Comparison) -> str:
    """Return what became of *comparison* when there is no change to count."""
    match comparison.outcome:
        case Outcome.EQUAL:
            return "the same"
        case Outcome.ADDED:
            return "new"
        case Outcome.REMOVED:
            return "removed"
        case Outcome.NEW_REFUSED:
            return "can't be read"
        case Outcome.OLD_REFUSED:
            return "the old one can't be read"
        case Outcome.COMPARED:
            return "no change"
        case _:
            assert_never(comparison.outcome)


def counts(comparison: Comparison) -> str:
    """Return the changes by weight, as "1 breaking change, 2 agreed to, 1 warning, 3 other changes"."""
    if not comparison.verdicts:
        return "no change"
    found = sums(comparison.verdicts)
    parts = [counted(found.breaking, "breaking change") if found.breaking else "no breaking change"]
    parts += [f"{found.agreed} agreed to"] if found.agreed else []
    parts += [counted(found.warnings, "warning")] if found.warnings else []
    parts += [counted(found.others, "other change")] if found.others else []
    return ", ".join(parts)
