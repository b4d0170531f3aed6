"""What an earlier run of `apictl lint` came to, which is told again as long as all that it looked at is as it was."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from apictl.findings import Finding
from apictl.workspace.cache import finding_of, plain_finding
from apictl.workspace.fetching import disk_fetch
from apictl.workspace.lint_outcome import Linted, Outcome
from apictl.workspace.roots import MANIFEST_NAME, specs_folders
from apictl.workspace.sightings import sight
from apictl.workspace.templates import templates_flaw
from apictl.workspace.user_cache import UserCache


@dataclass(frozen=True, slots=True)
class Question:
    """What a run is asked, as the names of files alone tell.

    Attributes:
        current: the folder that it is asked in.
        home: the workspace of that folder.
        operands: each as written, and what it means.
        words: sets and rules; those of the manifest when empty.
        roots: folders that may be workspaces of a document, each once.
    """

    current: Path
    home: Path
    operands: tuple[tuple[str, ...], ...]
    words: tuple[str, ...]
    roots: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """What a folder says of the documents in it.

    Attributes:
        specs: folder of contracts.
        templates: folder of templates; "" for none.
        state: hash of the manifest, and of what lies in these folders.
    """

    specs: str
    templates: str
    state: str


def setting(root: Path, specs: str, templates: str) -> Setting:
    """Return what the folder *root* says now, if its manifest names *specs* and *templates*."""
    path = root / MANIFEST_NAME
    try:
        manifest = path.read_bytes() if path.is_file() else b""
    except OSError as fault:
        manifest = f"unreadable: {fault.strerror}".encode()
    folders = [[each.name, each.openapi, each.asyncapi] for each in specs_folders(root, specs)]
    flaw = templates_flaw(root, templates) if templates else None
    return Setting(specs, templates, _digest([hashlib.sha256(manifest).hexdigest(), folders, flaw]))


def recall(cache: UserCache, question: Question) -> Outcome | None:
    """Return what an earlier run was told to *question*; None when something changed since, or nobody asked."""
    content = cache.read(_name(question))
    if content is None:
        return None
    try:
        is_known = content["tool"] == cache.tool() and content["question"] == _plain(question)
        return _outcome(content["outcome"]) if is_known and _is_unchanged(content, question) else None
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        return None  # of another version, or damaged


def remember(
    cache: UserCache,
    question: Question,
    *,
    settings: Mapping[Path, Setting],
    seen: Mapping[str, Mapping[str, str]],
    outcome: Outcome,
) -> None:
    """Keep *outcome*; *settings* are those of the roots before the run, *seen* what each document was, by prefix."""
    content = {
        "tool": cache.tool(),
        "question": _plain(question),
        "settings": {str(root): [each.specs, each.templates, each.state] for root, each in settings.items()},
        "seen": {prefix: dict(found) for prefix, found in seen.items()},
        "outcome": {
            "linted": [[each.subject, each.path, _plain_findings(each.findings)] for each in outcome.linted],
            "others": _plain_findings(outcome.others),
            "asked": list(outcome.asked),
            "prefixes": list(outcome.prefixes),
        },
    }
    cache.write(_name(question), content)


def folder_of(prefix: str, home: Path, current: Path) -> Path:
    """Return the folder whose paths are shown in *current* with *prefix* in front; that of the workspace for ""."""
    return Path(os.path.normpath(current / prefix)) if prefix else home


def _is_unchanged(content: Any, question: Question) -> bool:
    settings = content["settings"]
    if {*settings} != {str(root) for root in question.roots}:
        return False
    for root, (specs, templates, state) in settings.items():
        if setting(Path(root), specs, templates).state != state:
            return False
    for prefix, found in content["seen"].items():
        fetch = disk_fetch(folder_of(prefix, question.home, question.current))
        if any(sight(fetch, path) != before for path, before in found.items()):
            return False
    return True


def _outcome(content: Any) -> Outcome:
    return Outcome(
        linted=tuple(Linted(str(name), str(path), _findings(told)) for name, path, told in content["linted"]),
        others=_findings(content["others"]),
        asked=tuple(map(str, content["asked"])),
        prefixes=tuple(map(str, content["prefixes"])),
    )


def _plain_findings(findings: tuple[Finding, ...]) -> list[dict[str, Any]]:
    return [plain_finding(each) for each in findings]


def _findings(content: Any) -> tuple[Finding, ...]:
    return tuple(finding_of(each) for each in content)


def _plain(question: Question) -> list[Any]:
    return [str(question.current), str(question.home), [*map(list, question.operands)], [*question.words]]


def _name(question: Question) -> str:
    return _digest(_plain(question))


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()
