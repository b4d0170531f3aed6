"""What reading a document gives."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from apictl.contract.contract import Contract
from apictl.findings import Finding
from apictl.readers.forgiven import is_valid
from apictl.readers.parts import Parts
from apictl.source.library import Library


@dataclass(frozen=True, slots=True)
class Reading:
    """A contract, or why there is none.

    Attributes:
        contract: None when a finding is an error.
        findings: in the order of the reader's steps: loading, structure, references, meaning.
        parts: what the document is made of; None when its structure or its references are wrong.
    """

    contract: Contract | None
    findings: tuple[Finding, ...]
    parts: Parts | None = field(default=None, repr=False, compare=False)

    @property
    def is_valid(self) -> bool:
        """Whether the document keeps to the letter of its specification; one that does not may have a contract."""
        return is_valid(self.findings)


def findings_about(library: Library, paths: AbstractSet[str]) -> tuple[Finding, ...]:
    """Return what is to be said about the texts at *paths*, and about no other document of *library*."""
    return tuple(finding for finding in library.findings() if finding.place.path in paths)
