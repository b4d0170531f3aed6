"""The run behind `apictl check`: which services, part by part, told as one."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from apictl.cli import console, progress
from apictl.cli.check_scene import Scene
from apictl.cli.report_files import report_files
from apictl.errors import ApictlError
from apictl.findings import Place, Severity
from apictl.report.check.report import CheckReport, Outcome, Section
from apictl.report.checkout import Checkout
from apictl.report.text import Style
from apictl.workspace.checking.affected import affected
from apictl.workspace.checking.base import Base, Baseless, may_remember, open_base
from apictl.workspace.checking.look import Look
from apictl.workspace.checking.parts import Part, chosen_parts
from apictl.workspace.checking.sharding import Shard, divided, matrix, shard_of
from apictl.workspace.discovery import Workspace, chosen_services, open_workspace
from apictl.workspace.excerpts import excerpts
from apictl.workspace.guard import Surroundings, output_folder
from apictl.workspace.manifest import MANIFEST_NAME, Service
from apictl.workspace.reports import write_report
from apictl.workspace.workers import Progress, silent

_FAILED = 1
_INCOMPLETE = 2


@dataclass(frozen=True, slots=True)
class Choice:
    """Which services are checked.

    Attributes:
        services: names; all when empty.
        against: revision that is the base; "" for where HEAD left the main branch.
        shard: as "2/8"; "" for all in one.
        is_affected: only those that changed since the base, or call one that did.
    """

    services: tuple[str, ...]
    against: str
    shard: str
    is_affected: bool


@dataclass(frozen=True, slots=True)
class Parts:
    """Names of the parts that are asked for.

    Attributes:
        only: these; all when empty.
        skip: not these.
    """

    only: tuple[str, ...]
    skip: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Showing:
    """How the result is told.

    Attributes:
        format: of the output.
        reports: files to be written, each as "FORMAT=FILE".
        is_verbose: all findings of a rule, and notes.
        failing: the least that a finding weighs which makes the exit code 1.
    """

    format: str
    reports: tuple[str, ...]
    is_verbose: bool
    failing: Severity


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks for.

    Attributes:
        choice: of services.
        baseline: path of the list of known findings of the documents; "" for none.
        is_trusting: rules of the workspace's own are run.
        parts: what is asked about services.
        seed: of the contract tests.
        examples: random requests for each operation.
        showing: how the result is told.
        is_remembered: what earlier runs found out counts.
    """

    choice: Choice
    baseline: str
    is_trusting: bool
    parts: Parts
    seed: int
    examples: int
    showing: Showing
    is_remembered: bool


def run(wish: Wish) -> int:
    """Check, tell, and return the exit code.

    Raises:
        ApictlError: there is no workspace, or what is asked for is not there.
    """
    from apictl.report.check.formats import FORMATS  # noqa: PLC0415 - `--matrix` needs none

    files = report_files(wish.showing.reports, FORMATS)
    with progress.shown() as advance, _scene(wish, progress=advance) as (scene, selection):
        report = _report(scene, wish, selection)
        scene.look.remember()
    for file in files:
        write_report(file.path, FORMATS[file.format](report, Style()))
    style = console.findings_style(is_verbose=wish.showing.is_verbose)
    console.say_all(FORMATS[wish.showing.format](report, style))
    if report.outcome is Outcome.INCOMPLETE:
        return _INCOMPLETE
    return _FAILED if report.outcome is Outcome.FAILED else 0


def divide(wish: Wish, most: int) -> int:
    """Print the jobs, *most* at most, that check the services; return the exit code.

    Raises:
        ApictlError: as `run`.
    """
    with _scene(wish) as (scene, _):
        console.say(json.dumps(matrix(_weights(scene.services, scene.look), most)))
        scene.look.remember()
    return 0


@contextmanager
def _scene(wish: Wish, *, progress: Progress = silent) -> Iterator[tuple[Scene, str]]:
    """Give what is checked, and why only that; the base can be read as long as the block runs."""
    parts = chosen_parts(wish.parts.only, wish.parts.skip)
    shard = shard_of(wish.choice.shard)
    workspace = open_workspace(Path.cwd())
    custom = workspace.manifest.linting.custom
    if custom and Part.LINT in parts and not wish.is_trusting:
        message = f"{MANIFEST_NAME} lists rules of its own, which are programs: {', '.join(custom)[:200]}"
        raise ApictlError(message, hint="if you trust who may change them, run with --trust-rules")
    chosen = chosen_services(workspace, wish.choice.services)
    output = output_folder(workspace, None, surroundings=Surroundings(Path.cwd(), Path.home()))
    with ExitStack() as resources:
        base = _base(workspace, wish.choice, parts, resources)
        is_remembered = wish.is_remembered and may_remember(workspace.root, dict(os.environ))
        now, trusts = time.time_ns(), wish.is_trusting or Part.GENERATED not in parts
        look = Look(workspace, output, now_ns=now, is_remembered=is_remembered, is_trusting=trusts)
        services, selection = _selected(chosen, wish.choice, base, look)
        if shard.count > 1:
            services, selection = _shard(services, shard, look), f"{selection} part {wish.choice.shard}".strip()
        scene = Scene(
            look=look,
            services=services,
            is_whole=not wish.choice.services and shard.is_first,
            parts=parts,
            base=base,
            checkout=_checkout(workspace, base),
            baseline=wish.baseline,
            today=dt.datetime.now(tz=dt.UTC).date(),
            progress=progress,
        )
        yield scene, selection


def _base(workspace: Workspace, choice: Choice, parts: frozenset[Part], resources: ExitStack) -> Base | Baseless | str:
    if Part.BREAKING not in parts and not choice.is_affected:
        return Baseless("nobody asked")
    try:
        return open_base(workspace, choice.against, environment=dict(os.environ), resources=resources)
    except ApictlError as fault:
        if choice.is_affected or choice.against:
            raise
        return f"{fault}; {fault.hint}" if fault.hint else str(fault)


def _selected(
    chosen: tuple[Service, ...], choice: Choice, base: Base | Baseless | str, look: Look
) -> tuple[tuple[Service, ...], str]:
    if not choice.is_affected or not isinstance(base, Base):
        return chosen, ""
    reasons = affected(chosen, base, look)
    return tuple(each for each in chosen if each.name in reasons), f"affected since {base.snapshot.name}"


def _shard(services: tuple[Service, ...], shard: Shard, look: Look) -> tuple[Service, ...]:
    names = divided(_weights(services, look), shard.count)[shard.index - 1]
    return tuple(service for service in services if service.name in names)


def _weights(services: tuple[Service, ...], look: Look) -> dict[str, int]:
    """Return about how much work each of *services* is: the size of its documents, and some for itself."""
    sizes = {service.name: [look.prints.of(path) for path in service.documents] for service in services}
    return {name: 1000 + sum(each.size for each in found if each is not None) for name, found in sizes.items()}


def _report(scene: Scene, wish: Wish, selection: str) -> CheckReport:
    lines: dict[str, str] = {}
    sections = tuple(dataclasses.replace(each, failing=wish.showing.failing) for each in _sections(scene, wish, lines))
    if not wish.showing.is_verbose:
        sections = tuple(map(_without_notes, sections))
    return CheckReport(
        sections=sections,
        services=tuple(service.name for service in scene.services),
        total=len(scene.workspace.services),
        selection=selection,
        excerpt=_excerpt(scene.workspace.root, lines),
        checkout=scene.checkout,
    )


def _sections(scene: Scene, wish: Wish, lines: dict[str, str]) -> Iterator[Section]:
    from apictl.cli import check_breaking, check_examining, check_linting, check_tests, check_traffic  # noqa: PLC0415 - as in `run`

    known = check_examining.examined(scene)
    makers: dict[Part, Callable[[], Section]] = {
        Part.LINT: lambda: check_linting.lint_section(scene, known),
        Part.GENERATED: lambda: check_examining.generated_section(scene, known),
        Part.BREAKING: lambda: check_breaking.breaking_section(scene, lines),
        Part.TRAFFIC: lambda: check_traffic.traffic_section(scene),
        Part.TESTS: lambda: check_tests.tests_section(scene, known, seed=wish.seed, examples=wish.examples),
    }
    for part, make in makers.items():
        if part not in scene.parts:
            continue
        try:
            yield make()
        except ApictlError as fault:  # the other parts are told all the same
            yield Section(part.value, part.value.capitalize(), troubles=(str(fault),))


def _without_notes(section: Section) -> Section:
    kept = tuple(each for each in section.statements if each.finding.severity is not Severity.INFO)
    return dataclasses.replace(section, statements=kept)


def _excerpt(root: Path, lines: dict[str, str]) -> Callable[[Place], str | None]:
    """Return a function that gives the line of a place, from *lines* where it is not on the disk."""
    current = excerpts(root)

    def excerpt(place: Place) -> str | None:
        return lines.get(f"{place.path}:{place.line}") or current(place)

    return excerpt


def _checkout(workspace: Workspace, base: Base | Baseless | str) -> Checkout:
    root = workspace.root
    top = next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), root)
    folder = root.relative_to(top).as_posix()
    past = (base.snapshot.name,) if isinstance(base, Base) else ()
    manifest = Place(MANIFEST_NAME, "", 1, 1) if (root / MANIFEST_NAME).is_file() else None
    return Checkout("" if folder == "." else folder, past, manifest)
