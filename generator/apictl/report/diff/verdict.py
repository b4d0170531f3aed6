"""A change between two contracts, judged: what every format tells of it."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import assert_never

from apictl.diff.changes import Change
from apictl.diff.law import Effect
from apictl.findings import Finding, Place, Severity
from apictl.report.checkout import Checkout
from apictl.report.diff.versions import Advice, Bump, advice
from apictl.report.text import Excerpt


@dataclass(frozen=True, slots=True)
class Consumer:
    """A service that calls what changed.

    Attributes:
        service: its name.
        owner: team that answers for it; "" when unsaid.
    """

    service: str
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """That a breaking change may be.

    Attributes:
        owner: who answers for it.
        reason: why.
        expires: its last day, as YYYY-MM-DD.
        place: where it is written down.
    """

    owner: str
    reason: str
    expires: str
    place: Place


@dataclass(frozen=True, slots=True)
class Verdict:
    """One change, with its weight.

    Attributes:
        change: what happened; its places have their lines, and paths as a person sees them.
        finding: its rule, weight, words and place: in the new contract, or in the old one when it is gone from the new.
        key: hash of its content: the same change has the same key in every run.
        service: whose contract it is in.
        consumers: who is hit; known only where the workspace says who consumes whom.
        agreement: that it may be, when it does.
    """

    change: Change
    finding: Finding
    key: str
    service: str
    consumers: tuple[Consumer, ...] = ()
    agreement: Agreement | None = None

    @property
    def is_breaking(self) -> bool:
        """Whether it breaks somebody who keeps to the old contract, agreed or not."""
        return self.change.is_breaking

    @property
    def hurts(self) -> bool:
        """Whether somebody may want to agree to it: it breaks, or often hurts those who keep to the old contract."""
        return self.is_breaking or bool(self.change.risk)

    @property
    def id(self) -> str:
        """The first digits of the key, by which a person names the change."""
        return self.key[:8]

    @property
    def bump(self) -> Bump:
        """Which part of the version it asks to be raised."""
        if self.is_breaking:
            return Bump.MAJOR
        match self.change.effect:
            case Effect.NARROWS | Effect.WIDENS | Effect.INCOMPARABLE:
                return Bump.MINOR
            case Effect.NEUTRAL:
                return Bump.PATCH
            case _:
                assert_never(self.change.effect)


class Outcome(enum.Enum):
    """What became of a contract."""

    COMPARED = "compared"
    EQUAL = "equal"
    """Not a byte differs."""
    ADDED = "added"
    """There was none before."""
    REMOVED = "removed"
    """There is none any more."""
    NEW_REFUSED = "new refused"
    """The new one can't be read."""
    OLD_REFUSED = "old refused"
    """The old one can't be read."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of one contract.

    Attributes:
        service: whose it is.
        old_name: what it was compared with: "main", a file, a folder.
        outcome: as far as it came.
        old_version: `info.version`; None when nobody read it.
        new_version: as before.
        verdicts: of all changes, in the order of the contract.
        findings: about the documents: why one could not be read.
    """

    service: str
    old_name: str
    outcome: Outcome
    old_version: str | None = None
    new_version: str | None = None
    verdicts: tuple[Verdict, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def advice(self) -> Advice:
        """What the changes ask of the version."""
        if self.old_version is None or self.new_version is None:
            return Advice(Bump.NONE)
        return advice((verdict.bump for verdict in self.verdicts), old=self.old_version, new=self.new_version)


@dataclass(frozen=True, slots=True)
class DiffReport:
    """All that `apictl diff` tells.

    Attributes:
        comparisons: by service.
        findings: about what was agreed on.
        excerpt: gives lines of the documents of both sides.
        checkout: which files the places mean.
    """

    comparisons: tuple[Comparison, ...]
    findings: tuple[Finding, ...]
    excerpt: Excerpt
    checkout: Checkout = field(default_factory=Checkout)

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """Of all comparisons."""
        return tuple(verdict for comparison in self.comparisons for verdict in comparison.verdicts)

    @property
    def is_complete(self) -> bool:
        """Whether all contracts could be read."""
        refused = {Outcome.NEW_REFUSED, Outcome.OLD_REFUSED}
        return not any(comparison.outcome in refused for comparison in self.comparisons)

    @property
    def remarks(self) -> tuple[Finding, ...]:
        """All findings that are no changes."""
        return (*(finding for comparison in self.comparisons for finding in comparison.findings), *self.findings)


def is_shown(verdict: Verdict) -> bool:
    """Whether a person wants to see it without asking: it weighs something, and nobody has agreed to it."""
    return verdict.agreement is None and verdict.finding.severity is not Severity.INFO
