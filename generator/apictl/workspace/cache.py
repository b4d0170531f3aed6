"""What the last run made of a service, so that a run with nothing to do reads nothing but hashes."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from apictl.findings import Finding, Place, Related, Severity
from apictl.version import VERSION
from apictl.workspace.plain_files import own_folder, read_plain, write_plain

_FOLDER: Final = Path(".apictl", "cache")
_LIBRARIES: Final = (
    "datamodel-code-generator", "jinja2", "jsonschema", "jsonschema-rs", "openapi-spec-validator", "orjson",
    "proto-schema-parser", "protobuf", "pydantic", "pyyaml", "referencing", "ruff",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CacheEntry:
    """What one service was made of and what became of it.

    Attributes:
        key: of everything but the documents: the tool, its options, the templates.
        inputs: SHA-256 of each document that was reached, by path relative to the workspace.
        files: SHA-256 of each generated file, by path relative to the output.
        findings: with their lines; none refuses the document.
    """

    key: str
    inputs: Mapping[str, str]
    files: Mapping[str, str]
    findings: tuple[Finding, ...]


def tool_key(templates: Path | None, *, program: str = "") -> str:
    """Return a key of the code that generates: apictl's, whose key *program* is where it is known, and *templates*."""
    program = program or program_key()
    if templates is None:
        return program
    state = hashlib.sha256(program.encode())
    for part in _parts(templates):
        state.update(part)
    return state.hexdigest()


def program_key() -> str:
    """Return a key of apictl: versions, and what is in each module and template.

    It is the same wherever apictl is installed, so that a cache may travel from one machine of a CI to the next.
    """
    import importlib.metadata  # noqa: PLC0415 - who only reads what was left does without

    state = hashlib.sha256(f"{VERSION} {sys.version_info[:2]}\n".encode())
    for library in _LIBRARIES:
        state.update(f"{library} {importlib.metadata.version(library)}\n".encode())
    package = Path(__file__).parents[1]
    for folder in (package, package.parents[1] / "templates"):
        for part in _parts(folder):
            state.update(part)
    return state.hexdigest()


def read_entry(root: Path, service: str) -> CacheEntry | None:
    """Return what the last run left of *service*; None when there is nothing usable."""
    try:
        return _entry(read_plain(root / _FOLDER / f"{service}.json"))
    except (ValueError, TypeError, KeyError):
        return None  # absent, damaged, of another version: all a miss


def write_entry(root: Path, service: str, entry: CacheEntry) -> None:
    """Keep *entry*; a workspace that can't be written merely stays without a cache."""
    content = {
        "key": entry.key,
        "inputs": dict(entry.inputs),
        "files": dict(entry.files),
        "findings": [plain_finding(each) for each in entry.findings],
    }
    with contextlib.suppress(OSError):
        if (folder := own_folder(root, _FOLDER)) is not None:
            write_plain(folder / f"{service}.json", content)


def forget_drafts(root: Path) -> None:
    """Remove entries that killed runs did not finish; a run that is at one right now merely keeps nothing."""
    folder = root / _FOLDER
    with contextlib.suppress(OSError):
        if not folder.is_symlink() and not folder.parent.is_symlink():
            for draft in folder.glob("*.json.*.tmp"):
                draft.unlink(missing_ok=True)


def _parts(folder: Path) -> Iterator[bytes]:
    """Yield what tells the files below *folder* from any others."""
    for path, content in _files(folder):
        yield f"{path} {len(content)}\n".encode(errors="surrogateescape")
        yield content


def _files(folder: Path) -> Iterable[tuple[str, bytes]]:
    """Yield the files below *folder*, sorted by path, and what they hold."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            path = os.path.join(parent, name)  # noqa: PTH118 - half the time of pathlib over a thousand files
            with contextlib.suppress(OSError), open(path, "rb") as stream:  # noqa: PTH123 - as above
                yield os.path.relpath(path, folder), stream.read()


def _entry(document: Any) -> CacheEntry:
    return CacheEntry(
        key=str(document["key"]),
        inputs=dict(document["inputs"]),
        files=dict(document["files"]),
        findings=tuple(finding_of(each) for each in document["findings"]),
    )


def plain_finding(finding: Finding) -> dict[str, Any]:
    """Return *finding* as plain values of JSON."""
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "place": _plain_place(finding.place),
        "related": [{"message": each.message, "place": _plain_place(each.place)} for each in finding.related],
        "hint": finding.hint,
    }


def finding_of(document: Any) -> Finding:
    """Return the finding that `plain_finding` made *document* of.

    Raises:
        KeyError, TypeError, ValueError: it is none.
    """
    return Finding(
        rule=document["rule"],
        severity=Severity(document["severity"]),
        message=document["message"],
        place=Place(**document["place"]),
        related=tuple(Related(each["message"], Place(**each["place"])) for each in document["related"]),
        hint=document["hint"],
    )


def _plain_place(place: Place) -> dict[str, Any]:
    return {
        "path": place.path,
        "pointer": place.pointer,
        "line": place.line,
        "column": place.column,
        "on_key": place.on_key,
    }
