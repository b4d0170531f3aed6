"""A baseline: findings that are known and not told, in a file that only shrinks unless somebody lets it grow."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

import jsonschema_rs

from apictl.errors import ApictlError
from apictl.findings import Finding, Place, is_refused
from apictl.source.parsing import parse
from apictl.workspace.reports import write_report

_SIZE_LIMIT: Final = 50_000_000
_TEXT: Final[Mapping[str, Any]] = {"type": "string", "maxLength": 10_000}
_SCHEMA: Final[Mapping[str, Any]] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["version", "findings"],
    "properties": {
        "version": {"const": 1},
        "findings": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["rule", "file", "pointer", "message"],
                "properties": {
                    "rule": _TEXT,
                    "file": _TEXT,
                    "pointer": {"type": "string"},
                    "message": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
                },
            },
        },
    },
}


@dataclass(frozen=True, slots=True, order=True)
class KnownFinding:
    """A finding that is known.

    Attributes:
        file: relative to the workspace, with forward slashes.
        pointer: of its place.
        rule: id.
        message: hash of its text.
    """

    file: str
    pointer: str
    rule: str
    message: str


def known_finding(finding: Finding, file: str) -> KnownFinding:
    """Return what is kept of *finding*, which is about *file*; its line may change."""
    digest = hashlib.sha256(finding.message.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return KnownFinding(file, finding.place.pointer, finding.rule, digest)


def read_baseline(path: Path, *, name: str) -> Mapping[KnownFinding, Place] | None:
    """Return what is known, each with its place in the file at *path*, which messages call *name*; None without one.

    Raises:
        ApictlError: it can't be read, or holds anything else.
    """
    try:
        if not path.exists():
            return None
        if not path.is_file() or path.stat().st_size > _SIZE_LIMIT:
            raise ApictlError(f"{name} is no baseline")
        raw = path.read_bytes()
    except OSError as fault:
        raise ApictlError(f"{name} can't be read: {fault.strerror}") from fault
    document, findings = parse(name, raw)
    hint = "apictl writes it anew where it is not there; restore it, or delete it"
    if document is None or is_refused(findings):
        first = next(finding for finding in findings if is_refused((finding,)))
        raise ApictlError(f"{name}:{first.place.line or 1}:{first.place.column or 1}: {first.message}", hint=hint)
    for flaw in jsonschema_rs.validator_for(dict(_SCHEMA)).iter_errors(document.tree):
        spot = document.locate(Place(name).child(*flaw.instance_path))
        raise ApictlError(f"{name}:{spot.line}:{spot.column}: {flaw.message[:150]}", hint=hint)
    entries = cast("Mapping[str, Any]", document.tree)["findings"]
    root = Place(name).child("findings")
    return {KnownFinding(**entry): document.locate(root.child(index)) for index, entry in enumerate(entries)}


def write_baseline(path: Path, entries: Iterable[KnownFinding]) -> None:
    """Put a file of *entries*, a line each and sorted, where *path* leads.

    Raises:
        ApictlError: the disk is full or refuses.
    """
    write_report(path, _lines(sorted(set(entries))))


def _lines(entries: list[KnownFinding]) -> Iterator[str]:
    yield '{"version": 1, "findings": ['
    for index, entry in enumerate(entries):
        fields = {"rule": entry.rule, "file": entry.file, "pointer": entry.pointer, "message": entry.message}
        yield json.dumps(fields) + "," * (index < len(entries) - 1)
    yield "]}"
