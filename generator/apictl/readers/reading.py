"""What reading a document gives."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from apictl.contract.contract import Contract
from apictl.findings import Finding
from apictl.readers.forgiven import is_valid
from apictl.source.library import Library


@dataclass(frozen=True, slots=True)
class Reading:
    """A contract, or why there is none.

    Attributes:
        contract: None when a finding is an error.
        findings: in the order of the reader's steps: loading, structure, references, meaning.
    """

    contract: Contract | None
    findings: tuple[Finding, ...]

    @property
    def is_valid(self) -> bool:
        """Whether the document keeps to the letter of its specification; one that does not may have a contract."""
        return is_valid(self.findings)


def findings_about(library: Library, paths: AbstractSet[str]) -> tuple[Finding, ...]:
    """Return what is to be said about the texts at *paths*, and about no other document of *library*."""
    return tuple(finding for finding in library.findings() if finding.place.path in paths)
