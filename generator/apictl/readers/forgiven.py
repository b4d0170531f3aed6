"""Flaws that make a document invalid and leave its meaning beyond doubt: it is read all the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from apictl.findings import Finding, is_refused

FORGIVEN: Final = frozenset({
    "composition-empty", "default-mismatch", "keyword-ill-formed", "path-parameter-undeclared", "required-repeated",
})  # fmt: skip
"""Rules whose findings are warnings to whoever needs the contract, and errors to whoever judges the document."""


def is_valid(findings: Sequence[Finding]) -> bool:
    """Whether the document that *findings* are about keeps to the letter of its specification."""
    return not is_refused(list(findings)) and all(finding.rule not in FORGIVEN for finding in findings)
