"""One real document through everything: generate, import, type-check, call each operation, run the contract tests."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Protocol

from tests.corpus.documents import ROOT
from tests.corpus.outcomes import Memory, Outcome, generation_key, package_key
from tests.corpus.steps import SEEDS, SERVER_STEPS, SUITE_STEPS, Place, command

TIME_LIMIT: Final = 3600
"""Of one step, in seconds."""
_COUNTED: Final = re.compile(r"(\d+) (passed|failed|skipped|errors?)\b")
_FOR_CLIENTS: Final = ("[path-duplicate]", "[path-fragment]")
_BROKEN: Final = re.compile(r"^(_{3,} (?P<test>.+?) _{3,}|- (?P<flaw>.+))$", re.MULTILINE)


@dataclass(slots=True)
class Trial:
    """What became of one document.

    Attributes:
        service: its name.
        outcomes: by step; one that is not there was not taken.
    """

    service: str
    outcomes: dict[str, Outcome] = field(default_factory=dict)

    @property
    def refusals(self) -> list[str]:
        """Located findings, when the document is refused."""
        return list(self.outcomes["generate"].notes) if "generate" in self.outcomes else []

    @property
    def impossible(self) -> list[str]:
        """Operations that nobody can call, because the contract refuses every value of an argument."""
        return list(self.outcomes["round trip"].notes) if "round trip" in self.outcomes else []

    @property
    def operations(self) -> int:
        """How many were called."""
        return self.figure("round trip", "called")

    @property
    def flaws(self) -> dict[str, str]:
        """By step, why it failed; a step that is not there was passed."""
        return {step: outcome.flaw for step, outcome in self.outcomes.items() if outcome.flaw}

    @property
    def seconds(self) -> dict[str, float]:
        """By step, wall time."""
        return {step: outcome.seconds for step, outcome in self.outcomes.items()}

    @property
    def is_generated(self) -> bool:
        """Whether there is a package."""
        return "generate" in self.outcomes and not self.refusals and "generate" not in self.flaws

    @property
    def is_for_clients(self) -> bool:
        """Whether there is a client and no server, as the refusal of one offers."""
        return self.figure("generate", "clients") > 0

    def figure(self, step: str, name: str) -> int:
        """Return what *step* counted as *name*."""
        outcome = self.outcomes.get(step)
        return 0 if outcome is None else outcome.figures.get(name, 0)


class Specimen(Protocol):
    """A document that is tried."""

    @property
    def service(self) -> str:
        """A name for its service."""

    @property
    def kind(self) -> str:
        """What it is a document of: `openapi` or `asyncapi`."""

    @property
    def path(self) -> Path:
        """Where it is."""


def attempt(
    document: Specimen, folder: Path, *, steps: Sequence[str] = SUITE_STEPS, memory: Memory | None = None
) -> Trial:
    """Take *document* through *steps* in *folder*, a workspace of its own; those in *memory* are not taken again."""
    trial = Trial(document.service)
    place = Place(folder, document.service)
    specs = folder / "specs" / document.service
    specs.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(document.path, specs / f"{document.kind}{document.path.suffix}")
    known = memory or Memory()
    for step in steps:
        if step in SERVER_STEPS and trial.is_for_clients:
            continue
        is_first = step == "generate"
        key = generation_key(document.path) if is_first else package_key(place.output, step)
        outcome = None if is_first and not place.output.is_dir() else known.recall(step, key)
        if outcome is None:
            if is_first:
                place.clear()
            outcome = _outcome(step, place)
            if is_first and _is_for_clients(outcome):
                place.leave_to_others()
                outcome = _outcome(step, place)
            known.keep(step, key, outcome)
        trial.outcomes[step] = outcome
        if not trial.is_generated:
            break
    return trial


def _is_for_clients(outcome: Outcome) -> bool:
    """Whether a service is refused of which clients can be made: no request tells some operations apart."""
    return bool(outcome.notes) and all(note.endswith(_FOR_CLIENTS) for note in outcome.notes)


def _outcome(step: str, place: Place) -> Outcome:
    begun = time.perf_counter()
    done = _run(command(step, place), place)
    seconds = time.perf_counter() - begun
    (place.folder / f"{step.replace(' ', '-')}.log").write_text(done.stdout + done.stderr, "utf-8")
    return replace(_judged(step, place, done), seconds=seconds)


def _run(command_line: list[str], place: Place) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join(map(str, (place.output, ROOT / "generator", ROOT)))
    environment = {**os.environ, "PYTHONPATH": paths, "MYPYPATH": str(place.output), "NO_COLOR": "1"}
    try:
        return subprocess.run(
            command_line,
            cwd=place.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=TIME_LIMIT,
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command_line, -1, "", f"no end within {TIME_LIMIT} s")


def _judged(step: str, place: Place, done: subprocess.CompletedProcess[str]) -> Outcome:
    said = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    if step == "generate" and done.returncode == 1:
        refusals = tuple(line for line in said if ": error" in line)
        return Outcome("" if refusals else "refused without a reason", notes=refusals)
    if step == "generate" and done.returncode == 0:
        figures = {"operations": place.operations(), "models": place.models()}
        return Outcome(figures=figures | ({"clients": 1} if place.is_left_to_others() else {}))
    if step == "round trip" and done.returncode == 0:
        return _round_trip(json.loads(said[-1]))
    if step in SEEDS:
        return _tested(done, said)
    if done.returncode == 0:
        return Outcome()
    if step == "pyright":
        return _type_checked(done)
    if step == "mypy":
        return Outcome(f"{len(said)} lines, as {(said or ['nothing'])[0]}", figures={"errors": len(said)})
    return Outcome(f"exit {done.returncode}: {(said or ['nothing said'])[-1]}")


def _round_trip(told: dict[str, list[list[str]]]) -> Outcome:
    failures, impossible = told["failures"], told["impossible"]
    figures = {"called": int(str(told["operations"])) - len(impossible), "failed": len(failures)}
    notes = tuple(f"{operation}: {reason}" for operation, reason in impossible)
    flaw = f"{len(failures)} operations, as {failures[0][0]}: {failures[0][1]}" if failures else ""
    return Outcome(flaw, figures=figures, notes=notes)


def _type_checked(done: subprocess.CompletedProcess[str]) -> Outcome:
    try:
        told = [each for each in json.loads(done.stdout)["generalDiagnostics"] if each["severity"] == "error"]
    except ValueError:
        return Outcome(f"exit {done.returncode}: {(done.stderr or done.stdout)[-300:]}")
    first = f"{told[0]['file']}:{told[0]['range']['start']['line'] + 1}: {told[0]['message']}" if told else "nothing"
    return Outcome(f"{len(told)} errors, as {first}", figures={"errors": len(told)})


def _tested(done: subprocess.CompletedProcess[str], said: Sequence[str]) -> Outcome:
    last = said[-1] if said else "nothing said"
    figures = {name.rstrip("s") if name.startswith("error") else name: int(count) for count, name in _counted(last)}
    if done.returncode == 0:
        return Outcome(figures=figures)
    first = next(iter(_told(done.stdout)), last)
    failed = figures.get("failed", 0) + figures.get("error", 0)
    return Outcome(f"{failed} tests, as {first}" if failed else f"exit {done.returncode}: {last}", figures=figures)


def _counted(line: str) -> list[tuple[str, str]]:
    return [(count, name) for count, name in _COUNTED.findall(line)]


def _told(text: str) -> Iterator[str]:
    """Yield each test that failed with the first thing that it told."""
    test = ""
    for found in _BROKEN.finditer(text):
        if found["test"]:
            test = found["test"]
        elif test:
            yield f"{test}: {found['flaw']}"
            test = ""
