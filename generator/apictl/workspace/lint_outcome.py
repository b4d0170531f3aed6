"""What a run of `apictl lint` comes to, before it is told in any way."""

from __future__ import annotations

from dataclasses import dataclass

from apictl.findings import Finding


@dataclass(frozen=True, slots=True)
class Linted:
    """What is to be said about a document.

    Attributes:
        subject: name of what it was judged with.
        path: of the document, as a person sees it.
        findings: in the order of the reader, with their lines; some may be about documents that it refers to.
    """

    subject: str
    path: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is to be said of all documents of a run.

    Attributes:
        linted: one for each document, in their order.
        others: findings about no document, but about how documents are judged.
        asked: ids of what is told where there is something to tell, sorted.
        prefixes: of the folders that were read in, which paths in them begin with.
        faults: what became of rules of the team's own that failed, a line each.
    """

    linted: tuple[Linted, ...]
    others: tuple[Finding, ...]
    asked: tuple[str, ...]
    prefixes: tuple[str, ...]
    faults: tuple[str, ...] = ()
