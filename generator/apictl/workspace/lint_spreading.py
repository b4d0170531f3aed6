"""Many documents read and judged on all cores; what is said of them together is settled where all are heard."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from apictl.errors import ApictlError
from apictl.source.collecting import collect_seldom
from apictl.workspace.fetching import disk_fetch
from apictl.workspace.lint_reading import Observation, Reader
from apictl.workspace.lint_settings import LintSettings
from apictl.workspace.lint_subjects import Subject, Text
from apictl.workspace.manifest import Service
from apictl.workspace.snapshots import Snapshot
from apictl.workspace.standard import standard_of
from apictl.workspace.workers import Progress, cores, on_all_cores, processes, silent

_MODULES: Final = ["apictl.workspace.lint_spreading"]
_SUBJECT_BYTES: Final = 2_000
"""A document takes about as long as so many bytes of it before the first of them is read."""
_WORTH_BYTES: Final = 1_500_000
"""Processes take about as long to start as it takes to read and judge so many bytes."""


@dataclass(frozen=True, slots=True)
class Demand:
    """What documents are judged by, as it travels to other processes; there are no rules of the team's own.

    Attributes:
        settings: of the manifest.
        words: of the command line, which count instead of its rules.
        manifest: the text of the settings.
    """

    settings: LintSettings
    words: tuple[str, ...]
    manifest: bytes


@dataclass(frozen=True, slots=True)
class LintTask:
    """Documents to be read and judged together, in any process.

    Attributes:
        name: of what they belong to.
        root: folder that their paths are relative to.
        prefix: what these have in front when they are shown.
        documents: of a subject.
        demand: what they are judged by.
    """

    name: str
    root: str
    prefix: str
    documents: tuple[Text, ...]
    demand: Demand

    @property
    def service(self) -> Service:
        """What progress is told of."""
        return Service(self.name)


@dataclass(frozen=True, slots=True)
class Sight:
    """What became of a task.

    Attributes:
        observations: of each document; none when one can't be had.
        failure: why one can't be had; "" else.
        seen: what each file was that no task of this process had looked at, by path.
    """

    observations: tuple[Observation, ...]
    failure: str
    seen: Mapping[str, str]


def observe(task: LintTask) -> Sight:
    """Return what there is in the documents of *task*."""
    reader = _reader(task.demand)
    subject = Subject(task.name, Snapshot(task.name, task.prefix, disk_fetch(Path(task.root))), task.documents)
    before = reader.seen.get(task.prefix, {})
    try:
        observations, failure = tuple(reader.observations(subject)), ""
    except ApictlError as fault:
        observations, failure = (), str(fault)
    now = reader.seen[task.prefix]
    return Sight(observations, failure, {path: seen for path, seen in now.items() if before.get(path) != seen})


def observed_on_all_cores(
    tasks: Sequence[LintTask], sizes: Sequence[int], *, progress: Progress = silent
) -> tuple[Sight, ...]:
    """Return what becomes of *tasks*, in their order; the largest, by *sizes* in bytes, are begun first."""
    order = sorted(range(len(tasks)), key=lambda index: sizes[index], reverse=True)
    with processes(min(len(tasks), cores()), _MODULES) as pool:
        found = on_all_cores(observe, [tasks[index] for index in order], executor=pool, progress=progress)
    by_index = dict(zip(order, found, strict=True))
    return tuple(by_index[index] for index in range(len(tasks)))


def size_of(task: LintTask) -> int:
    """Return the size of the documents of *task* in bytes, without what they refer to."""
    size = 0
    for text in task.documents:
        with contextlib.suppress(OSError, ValueError):  # who reads it tells why it can't be had
            size += Path(task.root, text.path).stat().st_size
    return size


def is_worth_spreading(sizes: Sequence[int]) -> bool:
    """Whether documents of these *sizes* are done sooner on several cores."""
    work = [size + _SUBJECT_BYTES for size in sizes]
    return cores() > 1 and sum(work) - max(work, default=0) >= _WORTH_BYTES


@functools.lru_cache(maxsize=1)
def _reader(demand: Demand) -> Reader:
    """Return who reads for *demand* in this process: what documents share is read once in each."""
    collect_seldom()
    return Reader(standard_of(demand.settings, demand.words, demand.manifest))
