"""All that `apictl lint` tells, before it is written in any way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from apictl.findings import Finding
from apictl.report.checkout import Checkout
from apictl.report.text import Excerpt, Style


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is told of a document.

    Attributes:
        suite: what it was judged with: a service, or itself.
        path: of the document.
        findings: in any order; some may be about documents that it refers to.
    """

    suite: str
    path: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class LintReport:
    """What is told of all documents.

    Attributes:
        judgements: one for each document, in their order.
        excerpt: gives the lines of documents.
        checkout: which files the places of findings mean.
        others: findings about no document, but about how documents are judged.
    """

    judgements: tuple[Judgement, ...]
    excerpt: Excerpt
    checkout: Checkout = field(default_factory=Checkout)
    others: tuple[Finding, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings by file and line, each once: documents may share one in which they find the same flaws."""
        once = dict.fromkeys(finding for judgement in self.judgements for finding in judgement.findings)
        once.update(dict.fromkeys(self.others))
        return tuple(sorted(once, key=_order))


Format: TypeAlias = Callable[[LintReport, Style], Iterator[str]]
"""Gives the lines of a report; only text has a style."""


def _order(finding: Finding) -> tuple[str, int, int, str, str]:
    place = finding.place
    return (place.path, place.line or 0, place.column or 0, finding.rule, finding.message)
