"""From contracts to a finished output: which services, built on all cores, written together or not at all."""

from __future__ import annotations

import dataclasses
import enum
import hashlib
from collections.abc import Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import assert_never

from apictl.findings import Finding, is_refused
from apictl.pages.page import GeneratedFile
from apictl.source.library import FetchError
from apictl.workspace import cache, output
from apictl.workspace.building import Build, Built, Job, build
from apictl.workspace.cache import CacheEntry
from apictl.workspace.discovery import Workspace
from apictl.workspace.fetching import disk_fetch
from apictl.workspace.jobs import Workbench, workbench
from apictl.workspace.ledger import Hashes, digest, owned_by_service, read_ledger
from apictl.workspace.looks import Looks, looks_at
from apictl.workspace.manifest import Service
from apictl.workspace.name_lock import LOCK_NAME, Lines, lock_bytes, parsed_names, read_lock, section_text
from apictl.workspace.plan import Disk, Plan, Wanted, first_folder, is_as_hashed, nothing_planned, planned, wanted_of
from apictl.workspace.workers import Progress, on_all_cores, silent


class Mode(enum.Enum):
    """What to do with files that differ."""

    WRITE = "write"
    OVERWRITE = "overwrite"
    """As `WRITE`, and files that somebody changed are replaced."""
    CHECK = "check"
    """Nothing is written."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be generated.

    Attributes:
        workspace: where the contracts are.
        services: those wanted; all of the workspace when files of gone services should go too.
        output: absolute folder that `guard.output_folder` allowed.
        mode: what to do with files that differ.
        memory: folder for what this run makes and the next need not make again; None to remember nothing.
        is_trusting: programs of the workspace may run.
        program: key of apictl's own code, where it is known; "" to read that.
        now_ns: when the run began; files that were touched since are not taken for what they were.
    """

    workspace: Workspace
    services: tuple[Service, ...]
    output: Path
    mode: Mode = Mode.WRITE
    memory: Path | None = None
    is_trusting: bool = False
    program: str = ""
    now_ns: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it.

    Attributes:
        findings: of all services, with their lines, each once.
        plan: what was to change; empty when a contract is refused.
        is_written: the changes were made.
    """

    findings: tuple[Finding, ...]
    plan: Plan
    is_written: bool


@dataclass(frozen=True, slots=True)
class Tools:
    """What generation works with; the default is the real thing.

    Attributes:
        build: one service to its files; a function of a module, so that another process can find it.
        executor: runs the builds; None for processes of its own, one a core.
        progress: told the name of each service as it is done, how many are done and how many there are.
    """

    build: Build = build
    executor: Executor | None = None
    progress: Progress = silent


def generate(order: Order, tools: Tools | None = None) -> Outcome:
    """Make the output what the contracts say, entirely or not at all.

    Raises:
        ApictlError: the output or a document can't be read or written.
    """
    tools = tools or Tools()
    if output.has_leftovers(order.output):
        with output.exclusive(order.output, names=_names_path(order)):  # completes what an interrupted run had decided
            pass
    owned = read_ledger(order.output)
    kept = read_lock(_names_path(order))
    bench = _workbench(order, kept)
    jobs = [bench.job(service, memory=str(order.memory or "")) for service in order.services]
    listed = owned_by_service(owned)
    looks = looks_at(order.output, order.memory, now_ns=order.now_ns)
    current = {
        job.service.name: entry
        for job in jobs
        if (entry := _current(job, Disk(order.output, looks), listed.get(job.service.name, {}))) is not None
    }
    stale = [job for job in jobs if job.service.name not in current]
    for job in stale:
        for name in (job.service.name, *job.service.clients):
            parsed_names(kept.get(name, ()))  # says which line is wrong
    builts = on_all_cores(tools.build, stale, executor=tools.executor, progress=tools.progress)
    findings = _once([entry.findings for entry in current.values()] + [built.findings for built in builts])
    if is_refused(findings):
        return Outcome(findings, nothing_planned(owned), is_written=False)
    made = list(zip(stale, builts, strict=True))
    names = {job.service.name: built.names for job, built in made}
    outcome = _finish(order, _Making(_wanted(made), names, _scope(order, owned) - current.keys(), looks))
    looks.put_back(outcome.plan.hashes)
    if outcome.is_written or (outcome.plan.is_empty and order.mode is not Mode.CHECK):
        for job, built in made:
            cache.write_entry(Path(job.root), job.service.name, entry_of(job, built))
        cache.forget_drafts(order.workspace.root)
    return dataclasses.replace(outcome, findings=findings)


def _wanted(made: Iterable[tuple[Job, Built]]) -> Wanted:
    """Return the files that were *made*, each in the folder of its service."""
    return wanted_of(
        GeneratedFile(PurePosixPath(job.service.name, file.path), file.content)
        for job, built in made
        for file in built.files
    )


def _workbench(order: Order, kept: Mapping[str, Lines]) -> Workbench:
    workspace = order.workspace
    templates = workspace.manifest.templates
    tool = cache.tool_key(workspace.root / templates if templates else None, program=order.program)
    return workbench(workspace, tool=tool, kept=kept, is_trusting=order.is_trusting)


def _current(job: Job, disk: Disk, listed: Hashes) -> CacheEntry | None:
    """Return what the last run made of the service, when neither its documents nor its files have changed since."""
    entry = cache.read_entry(Path(job.root), job.service.name)
    if entry is None or entry.key != key_of(job):
        return None
    fetch = disk_fetch(Path(job.root))
    try:  # few documents first: when one has changed, nobody need look at all the files
        is_current = listed == entry.files and all(digest(fetch(path)) == was for path, was in entry.inputs.items())
    except FetchError:
        return None
    return entry if is_current and is_as_hashed(disk, entry.files) else None


def key_of(job: Job) -> str:
    """Return a key of all that makes the files but the documents, wherever the workspace lies."""
    return hashlib.sha256(repr(dataclasses.replace(job, root="", memory="")).encode()).hexdigest()


def entry_of(job: Job, built: Built) -> CacheEntry:
    """Return what is kept of *built*, which *job* became: it would become the same by the names that it got."""
    job = dataclasses.replace(job, names=built.names)
    files = {PurePosixPath(job.service.name, file.path).as_posix(): digest(file.content) for file in built.files}
    return CacheEntry(key_of(job), dict(built.inputs), files, built.findings)


def _once(groups: Iterable[tuple[Finding, ...]]) -> tuple[Finding, ...]:
    """Return all findings without repetition: services that share a document find the same flaws in it."""
    return tuple(dict.fromkeys(finding for group in groups for finding in group))


def _scope(order: Order, owned: Hashes) -> frozenset[str]:
    """Return the folders this run speaks for: those of its services, and of services that are gone."""
    names = {service.name for service in order.services}
    known = {service.name for service in order.workspace.services}
    gone = {first_folder(path) for path in owned} - known if names == known else set()
    return frozenset(names | gone)


@dataclass(frozen=True, slots=True)
class _Making:
    """What was made: files, names by service, the folders that these are all files of, and what was there."""

    wanted: Wanted
    names: Mapping[str, str]
    scope: frozenset[str]
    looks: Looks


def _names_path(order: Order) -> Path:
    return order.workspace.root / LOCK_NAME


def _plan(order: Order, making: _Making) -> Plan:
    disk = Disk(order.output, making.looks)
    plan = planned(disk, making.wanted, owned=read_ledger(order.output), scope=making.scope)
    path = _names_path(order)
    kept = {service: section_text(lines) for service, lines in read_lock(path).items()}
    services = {service.name for service in order.workspace.services}
    left = {name: text for name, text in kept.items() if name in services or name not in making.scope}
    names = lock_bytes({**left, **making.names})
    is_same = names == (path.read_bytes().replace(b"\r\n", b"\n") if path.is_file() else b"")
    return plan if is_same else dataclasses.replace(plan, names=names)


def _finish(order: Order, making: _Making) -> Outcome:
    """Plan and write; planned again once the output is held alone, as another run may have been at it."""
    plan = _plan(order, making)
    if not _is_wanted(order.mode, plan):
        return Outcome((), plan, is_written=False)
    with output.exclusive(order.output, names=_names_path(order)):
        plan = _plan(order, making)
        is_wanted = _is_wanted(order.mode, plan)
        if is_wanted:
            output.apply(plan, order.output, names=_names_path(order))
    return Outcome((), plan, is_written=is_wanted)


def _is_wanted(mode: Mode, plan: Plan) -> bool:
    match mode:
        case Mode.CHECK:
            return False
        case Mode.WRITE:
            return not plan.is_empty and not plan.edited
        case Mode.OVERWRITE:
            return not plan.is_empty
        case _:
            assert_never(mode)
