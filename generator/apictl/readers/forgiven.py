"""Flaws that make a document invalid and leave its meaning beyond doubt: it is read all the same."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from apictl.findings import Finding, Severity, is_refused

FORGIVEN: Final = frozenset({
    "composition-empty", "default-mismatch", "keyword-ill-formed", "path-parameter-undeclared", "required-repeated",
})  # fmt: skip
"""Rules whose findings are warnings to whoever needs the contract, and errors to whoever judges the document."""


class Need(enum.Enum):
    """What a contract is read for."""

    SERVICE = "service"
    """Servers, clients and tests are made of it."""
    CLIENT = "client"
    """Only clients are made of it: somebody else tells its requests apart."""
    COMPARISON = "comparison"
    """It is laid beside another version."""


BEARABLE: Final[Mapping[Need, frozenset[str]]] = {
    Need.SERVICE: frozenset(),
    Need.CLIENT: frozenset({"path-duplicate", "path-fragment"}),
    Need.COMPARISON: frozenset({"path-fragment"}),
}
"""Rules whose findings keep a service from being written, and do not stand in the way of other needs."""


def borne(findings: Iterable[Finding], need: Need) -> Iterator[Finding]:
    """Yield *findings*, as warnings where *need* can do with the flaw."""
    for finding in findings:
        yield replace(finding, severity=Severity.WARNING) if finding.rule in BEARABLE[need] else finding


def is_valid(findings: Sequence[Finding]) -> bool:
    """Whether the document that *findings* are about keeps to the letter of its specification."""
    return not is_refused(list(findings)) and all(finding.rule not in FORGIVEN for finding in findings)
