"""`apictl lint --baseline`: what is known is not told, and what was mended is."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from apictl.cli import console
from apictl.cli.lint_places import file_of
from apictl.cli.lint_wish import Known
from apictl.errors import ApictlError
from apictl.findings import Finding, Place, info
from apictl.report.lint.report import LintReport
from apictl.workspace.baseline import KnownFinding, known_finding, read_baseline, write_baseline
from apictl.workspace.roots import workspace_root


@dataclass(frozen=True, slots=True)
class Judged:
    """What a run could have found.

    Attributes:
        current: the folder that paths of findings are relative to.
        asked: ids of the rules.
        is_whole: all documents of the workspace were judged.
    """

    current: Path
    asked: Collection[str]
    is_whole: bool


def without_known(report: LintReport, known: Known, judged: Judged) -> LintReport:
    """Return *report* without what is *known*, and with what is known and was not found by those who *judged*.

    Raises:
        ApictlError: the list can't be read or written, or is none.
    """
    if not known.file:
        return report
    path = judged.current / known.file
    listed = read_baseline(path, name=known.file)
    if listed is None and not known.is_written:
        raise ApictlError(f"{known.file} does not exist", hint="`--write-baseline` makes it")
    found = {_kept(finding, judged.current) for finding in report.findings}
    files = {_file(judgement.path, judged.current) for judgement in report.judgements} | {each.file for each in found}
    fixed = {
        entry
        for entry in listed or ()
        if entry not in found and entry.rule in judged.asked and (judged.is_whole or entry.file in files)
    }
    entries = set(found if listed is None else listed)
    if known.is_written:
        kept = entries - fixed | (found if known.may_grow else set())
        write_baseline(path, kept)
        console.note(f"{known.file}: {_change(kept, listed or {})}")
        fixed, entries = set(), kept
    fixes = tuple(_told(entry, (listed or {})[entry]) for entry in sorted(fixed))
    return _filtered(report, lambda finding: _kept(finding, judged.current) not in entries, fixes)


def _filtered(report: LintReport, is_told: Callable[[Finding], bool], others: Iterable[Finding]) -> LintReport:
    judgements = tuple(
        dataclasses.replace(each, findings=tuple(finding for finding in each.findings if is_told(finding)))
        for each in report.judgements
    )
    told = (*(finding for finding in report.others if is_told(finding)), *others)
    return dataclasses.replace(report, judgements=judgements, others=told)


def _kept(finding: Finding, current: Path) -> KnownFinding:
    return known_finding(finding, _file(finding.place.path, current))


def _file(path: str, current: Path) -> str:
    """Return *path*, as it is shown in *current*, as it is relative to the workspace."""
    return Path(os.path.relpath(file_of(path, current), workspace_root(current))).as_posix()


def _change(kept: Collection[KnownFinding], listed: Mapping[KnownFinding, Place]) -> str:
    added, gone = len(set(kept) - listed.keys()), len(listed.keys() - set(kept))
    return f"{len(kept)} known, {added} added, {gone} removed"


def _told(entry: KnownFinding, place: Place) -> Finding:
    message = f"{entry.rule!r} finds nothing at {entry.pointer[:80]!r} of {entry.file[:80]} any more"
    return info("baseline-entry-fixed", place, message, hint="--write-baseline takes it off the list")
