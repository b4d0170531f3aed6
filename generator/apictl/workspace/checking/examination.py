"""What is to be found out about one service, and what was."""

from __future__ import annotations

from dataclasses import dataclass

from apictl.findings import Finding
from apictl.workspace.building import Job
from apictl.workspace.checking.parts import Part
from apictl.workspace.checking.records import Ends
from apictl.workspace.checking.written import Currency
from apictl.workspace.manifest import Service


@dataclass(frozen=True, slots=True)
class Examination:
    """What is to be found out about a service.

    Attributes:
        job: how it is generated.
        output: absolute folder of generated packages.
        owned: what apictl wrote for the service before, by path relative to the output.
        wants: parts that are asked for; of them only `LINT`, `GENERATED` and `TRAFFIC` matter here.
        is_remembered: what the last generation left is believed.
    """

    job: Job
    output: str
    owned: tuple[tuple[str, str], ...]
    wants: frozenset[Part]
    is_remembered: bool = True

    @property
    def service(self) -> Service:
        """What is looked at."""
        return self.job.service


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found out.

    Attributes:
        documents: path and SHA-256 of each document that was reached; None of one that could not be had.
        linted: what is to be said about the documents.
        faults: what became of rules of the team's own that failed.
        findings: of generation; all of the document's are among them.
        currency: None when nobody asked, or nothing can be generated.
        state: hash of what is in the generated files; "" when nobody asked.
        ends: None when nobody asked.
        failure: why it could not be examined: a document can't be had, a template fails; "" when nothing did.
    """

    documents: tuple[tuple[str, str | None], ...]
    linted: tuple[Finding, ...] = ()
    faults: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    currency: Currency | None = None
    state: str = ""
    ends: Ends | None = None
    failure: str = ""
