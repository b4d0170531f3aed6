"""What `parse` tells about a text, short enough to stand beside it."""

from __future__ import annotations

from typing import NamedTuple

from apictl.source.parsing import parse
from apictl.source.tree import JsonValue


class Told(NamedTuple):
    """One finding: its rule and its place."""

    rule: str
    line: int | None
    column: int | None


def told(raw: bytes | str, path: str = "a.yaml") -> list[Told]:
    """Return what is told about *raw*."""
    _, findings = parse(path, raw.encode() if isinstance(raw, str) else raw)
    return [Told(finding.rule, finding.place.line, finding.place.column) for finding in findings]


def only(raw: bytes | str, path: str = "a.yaml") -> Told:
    """Return the one thing that is told about *raw*."""
    (one,) = told(raw, path)
    return one


def tree(raw: bytes | str, path: str = "a.yaml") -> JsonValue:
    """Return the tree of *raw*, which must have one."""
    document, findings = parse(path, raw.encode() if isinstance(raw, str) else raw)
    assert document is not None, findings
    return document.tree
