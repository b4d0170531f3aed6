"""Documents read and judged for `apictl lint`, on as many cores as it takes, and the result kept for the next run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from apictl.cli import progress
from apictl.cli.lint_inputs import bystanders, placed, standard, subjects
from apictl.cli.lint_wish import Wish
from apictl.errors import ApictlError
from apictl.workspace.discovery import manifest_text
from apictl.workspace.lint_memory import Question, Setting, folder_of, remember, setting
from apictl.workspace.lint_outcome import Linted, Outcome
from apictl.workspace.lint_spreading import Demand, LintTask, is_worth_spreading, observed_on_all_cores, size_of
from apictl.workspace.lint_subjects import Subject
from apictl.workspace.linting import Linter
from apictl.workspace.manifest import read_manifest
from apictl.workspace.sightings import together
from apictl.workspace.standard import Standard
from apictl.workspace.user_cache import UserCache
from apictl.workspace.workers import Progress

Seen = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class _Work:
    """What there is to be done.

    Attributes:
        question: that is answered.
        standard: that documents are judged by.
        demand: the same, as it travels.
        subjects: what is judged.
        bystanders: what may refer to it.
    """

    question: Question
    standard: Standard
    demand: Demand
    subjects: tuple[Subject, ...]
    bystanders: tuple[Subject, ...]


def judged(wish: Wish, question: Question, *, cache: UserCache | None) -> Outcome:
    """Return what is to be said of the documents that *wish* asks for, and keep it in *cache*.

    Raises:
        ApictlError: a document can't be had, or what is asked for is not there.
    """
    settings = {} if cache is None else _settings(question)
    with progress.shown() as advance:
        work = _work(wish, question)
        linter = Linter(work.standard)
        # Rules of the team's own need this process: they are programs, and one that fails is not asked again.
        linted, seen = (_in_turn if work.standard.custom else _spread)(linter, work, advance)
    outcome = _outcome(work, linter, linted, seen)
    if cache is not None and settings and not work.standard.custom:  # programs may look anywhere
        remember(cache, question, settings=settings, seen=seen, outcome=outcome)
    return outcome


def linted(wish: Wish, question: Question) -> tuple[Outcome, Linter]:
    """Return what is to be said of the documents that *wish* asks for, and who has read them all.

    Raises:
        ApictlError: as `judged`.
    """
    with progress.shown() as advance:
        work = _work(wish, question)
        linter = Linter(work.standard)
        found, seen = _in_turn(linter, work, advance)
    return _outcome(work, linter, found, seen), linter


def _work(wish: Wish, question: Question) -> _Work:
    current = question.current
    judged_by, demand = standard(wish.judging.rules, current, is_trusting=wish.judging.is_trusting)
    wanted = subjects(wish.operands, current)
    return _Work(question, judged_by, demand, wanted, bystanders(wanted, current) if wish.operands else ())


def _in_turn(linter: Linter, work: _Work, progress: Progress) -> tuple[tuple[Linted, ...], Seen]:
    found = linter.linted(work.subjects, bystanders=work.bystanders, progress=progress)
    return found, linter.seen


def _spread(linter: Linter, work: _Work, progress: Progress) -> tuple[tuple[Linted, ...], Seen]:
    """Return what documents hold, read on all cores if that takes less time."""
    tasks = [_task(subject, work) for subject in work.subjects]
    sizes = [size_of(task) for task in tasks]
    if not is_worth_spreading(sizes):
        return _in_turn(linter, work, progress)
    sights = observed_on_all_cores(tasks, sizes, progress=progress)
    for sight in sights:
        if sight.failure:
            raise ApictlError(sight.failure)
    observed = [sight.observations for sight in sights]
    found = linter.settled(work.subjects, observed, bystanders=work.bystanders)
    seen = {prefix: [each] for prefix, each in linter.seen.items()}
    for task, sight in zip(tasks, sights, strict=True):
        seen.setdefault(task.prefix, []).append(sight.seen)
    return found, {prefix: together(each) for prefix, each in seen.items()}


def _outcome(work: _Work, linter: Linter, found: tuple[Linted, ...], seen: Seen) -> Outcome:
    # What some documents do not need, others of the workspace may.
    unused = () if work.question.operands else placed(linter.unused(), work.question.current)
    return Outcome(found, unused, tuple(sorted(work.standard.asked)), tuple(seen), linter.faults)


def _task(subject: Subject, work: _Work) -> LintTask:
    root = folder_of(subject.folder.prefix, work.question.home, work.question.current)
    return LintTask(subject.name, str(root), subject.folder.prefix, subject.documents, work.demand)


def _settings(question: Question) -> dict[Path, Setting]:
    """Return what the folders say that *question* may be about; nothing when one can't be understood."""
    found = {}
    for root in question.roots:
        try:
            manifest = read_manifest(manifest_text(root))
        except ApictlError:
            return {}
        found[root] = setting(root, manifest.specs, manifest.templates)
    return found
