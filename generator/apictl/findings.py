"""What apictl says about a contract: one value for every judgement."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from apictl.support.pointers import escape_token


class Severity(enum.Enum):
    """How much a finding weighs; `ERROR` refuses the document."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A node of a document, or an exact spot in its text.

    Attributes:
        path: of the document, relative to the workspace, with forward slashes.
        pointer: JSON Pointer (RFC 6901) of the node; "" is the whole document.
        line: 1-based; None when it is to be looked up from the pointer at printing.
        column: 1-based, in characters; None as for `line`.
        on_key: the key of the node is meant, not its value.
    """

    path: str
    pointer: str = ""
    line: int | None = None
    column: int | None = None
    on_key: bool = False

    def child(self, *tokens: str | int) -> Place:
        """Return the place of a node below this one; *tokens* are unescaped keys and indices."""
        pointer = self.pointer
        for token in tokens:
            step = str(token)  # escaped only where there is something to escape: a large document has many places
            pointer = f"{pointer}/{escape_token(step) if '~' in step or '/' in step else step}"
        return Place(self.path, pointer)

    def key(self) -> Place:
        """Return the place of this node's key."""
        return Place(self.path, self.pointer, self.line, self.column, on_key=True)


@dataclass(frozen=True, slots=True, order=True)
class Related:
    """A second place that a finding speaks of.

    Attributes:
        message: what is there, as "first defined here".
        place: where.
    """

    message: str
    place: Place


@dataclass(frozen=True, slots=True)
class Finding:
    """One judgement about a contract.

    Attributes:
        rule: id in kebab case, named after the flaw.
        severity: its weight.
        message: place, thing, state; lower case, no full stop, at most 200 characters.
        place: where the flaw is.
        related: further places, in the order of telling.
        hint: the fix, when it is known.
    """

    rule: str
    severity: Severity
    message: str
    place: Place
    related: tuple[Related, ...] = ()
    hint: str | None = None


def error(
    rule: str, place: Place, message: str, *, related: tuple[Related, ...] = (), hint: str | None = None
) -> Finding:
    """Return a finding that refuses the document."""
    return Finding(rule, Severity.ERROR, message, place, related, hint)


def warning(rule: str, place: Place, message: str, *, hint: str | None = None) -> Finding:
    """Return a finding that leaves the document usable but deserves a change."""
    return Finding(rule, Severity.WARNING, message, place, (), hint)


def info(rule: str, place: Place, message: str, *, hint: str | None = None) -> Finding:
    """Return a finding that only tells what was done."""
    return Finding(rule, Severity.INFO, message, place, (), hint)


def is_refused(findings: tuple[Finding, ...] | list[Finding]) -> bool:
    """Whether any of *findings* refuses its document."""
    return any(finding.severity is Severity.ERROR for finding in findings)
