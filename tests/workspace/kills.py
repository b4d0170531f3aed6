"""Kills `apictl generate` at random points: the tree is the old one or the new one each time.

    python -m tests.workspace.kills [--count 100] [--seed 1] [--services NAME...]

Run it from the root of the project, on Linux. The example system is copied with its generated code, and a document that
all services share and the name of one of them are changed. Then runs are killed: half of them at a time that is uniform
over a whole run, a quarter while the new files are written beside the old ones, a quarter while they take their place;
every other kill meets the whole group of processes. A tree is looked at when the last process of the run has ended: the
table says how long that took at most. Then `apictl generate` runs again: it makes the new tree, and leaves nothing
beside it.

Exit code 0: all of this held each time; 1: it did not; 2: no run could be measured.
"""

from __future__ import annotations

import argparse
import contextlib
import enum
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.workspace.kills_workspace import beside, change, digest, lay_out, names, run, started

_SILENCE_SECONDS: Final = 20.0
"""How long what is left of a killed run may go on; workers ask for their parent as often as they like."""


class Moment(enum.Enum):
    """What a run was doing when it was killed, by what lies beside the tree right then."""

    BEFORE = "before writing"
    STAGING = "while writing"
    MOVING = "while replacing"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Course:
    """When a run that nobody killed did what, in seconds after its start.

    Attributes:
        staged: the first new file was beside the tree.
        decided: all of them were.
        moved: the tree was the new one.
        ended: the process was gone.
    """

    staged: float
    decided: float
    moved: float
    ended: float


@dataclass(frozen=True, slots=True)
class Point:
    """Where to kill a run.

    Attributes:
        sign: a file or folder beside the tree that is waited for; "" for the start of the process.
        seconds: after that.
        is_group: kill the group of processes, not the first one only.
    """

    sign: str
    seconds: float
    is_group: bool


@dataclass(frozen=True, slots=True)
class Death:
    """How a killed run left its workspace.

    Attributes:
        moment: what it was doing.
        tree: "old", "new" or "other".
        silence_seconds: from the kill until all of its processes were gone.
        faults: what should not be.
    """

    moment: Moment
    tree: str
    silence_seconds: float
    faults: tuple[str, ...]


class Killings:
    """A workspace with an old tree, what the new one is like, and what a run takes."""

    def __init__(self, folder: Path, services: Sequence[str]) -> None:
        """Make the workspace in *folder*, with *services* or all of them; run it once to its end.

        Raises:
            RuntimeError: a run that nobody killed failed, or changed nothing.
        """
        self._origin, self._copies = folder / "origin", folder
        lay_out(self._origin, services)
        run(self._origin)
        self.old = digest(self._origin / "generated")
        change(self._origin)
        finished = self._copy("finished")
        self.course = _observed(finished)
        self.new = digest(finished / "generated")
        self._names = names(finished)
        if self.new == self.old:
            raise RuntimeError("the changed contract changes nothing")

    def points(self, count: int, chance: random.Random) -> Iterator[Point]:
        """Yield where to kill *count* runs."""
        course = self.course
        for number in range(count):
            is_group = (number + number // 4) % 2 == 1
            match number % 4:
                case 1:
                    yield Point("new", chance.uniform(0, course.decided - course.staged), is_group)
                case 2:
                    yield Point("journal.json", chance.uniform(0, course.moved - course.decided), is_group)
                case _:
                    yield Point("", chance.uniform(0, course.ended), is_group)

    def death(self, point: Point) -> Death:
        """Kill a run at *point*, look, and let another run come to its end."""
        root = self._copy("killed")
        faults: list[str] = []
        process = started(root)
        _wait_for(process, root, point)
        _kill(process, is_group=point.is_group)
        killed = time.perf_counter()
        moment = _moment(root)
        try:
            said, _ = process.communicate(timeout=_SILENCE_SECONDS)  # all processes of the run hold the other end
        except subprocess.TimeoutExpired:
            faults.append("processes of the run go on")
            _kill(process, is_group=True)
            said, _ = process.communicate()
        silence = time.perf_counter() - killed
        faults += [f"said {line}" for line in said.decode().splitlines() if "Traceback" in line or "Error" in line]
        tree = {self.old: "old", self.new: "new"}.get(digest(root / "generated"), "other")
        faults += [] if tree != "other" else [f"a tree that is neither, killed {moment.value}"]
        if moment is Moment.BEFORE and tree == "new":
            moment = Moment.AFTER
        faults += self._faults_of_next_run(root)
        shutil.rmtree(root)
        return Death(moment, tree, silence, tuple(faults))

    def _faults_of_next_run(self, root: Path) -> Iterator[str]:
        try:
            run(root)
        except RuntimeError as fault:
            yield f"the next run failed: {fault}"
        if digest(root / "generated") != self.new:
            yield "the next run did not make the new tree"
        if left := sorted(names(root) - self._names):
            yield f"left behind: {', '.join(left)}"

    def _copy(self, name: str) -> Path:
        return Path(shutil.copytree(self._origin, self._copies / name))


def _observed(root: Path) -> Course:
    """Return what a run does when, asked as often as this process can."""
    process = started(root)
    begin = time.perf_counter()
    first: dict[str, float] = {}
    moved = 0.0
    while process.poll() is None:
        passed = time.perf_counter() - begin
        for sign in ("new", "journal.json"):
            if sign not in first and beside(root, sign).exists():
                first[sign] = passed
        if "journal.json" in first and not moved and not beside(root, "journal.json").exists():
            moved = passed
        time.sleep(0.0005)
    ended = time.perf_counter() - begin
    if process.returncode != 0 or not moved:
        raise RuntimeError(process.communicate()[0].decode() or "the run wrote too fast to be seen")
    process.communicate()
    return Course(first["new"], first["journal.json"], moved, ended)


def _wait_for(process: subprocess.Popen[bytes], root: Path, point: Point) -> None:
    sign = beside(root, point.sign)
    while point.sign and process.poll() is None and not sign.exists():
        time.sleep(0.0002)
    end = time.perf_counter() + point.seconds
    while process.poll() is None and time.perf_counter() < end:
        time.sleep(min(0.0005, point.seconds))


def _kill(process: subprocess.Popen[bytes], *, is_group: bool) -> None:
    with contextlib.suppress(ProcessLookupError):
        (os.killpg if is_group else os.kill)(process.pid, signal.SIGKILL)


def _moment(root: Path) -> Moment:
    if beside(root, "journal.json").exists():
        return Moment.MOVING
    return Moment.STAGING if beside(root, "new").exists() else Moment.BEFORE


def table(deaths: Sequence[Death]) -> str:
    """Return how many of *deaths* left which tree."""
    lines = [f"{'killed':18}{'old':>6}{'new':>6}{'other':>7}"]
    counted = Counter((death.moment, death.tree) for death in deaths)
    for moment in Moment:
        old, new, other = (counted[moment, tree] for tree in ("old", "new", "other"))
        lines.append(f"{moment.value:18}{old:6}{new:6}{other:7}")
    silence = max((death.silence_seconds for death in deaths), default=0.0)
    return "\n".join([*lines, f"{len(deaths)} kills; the last process was gone after {silence:.2f} s at most"])


def main(arguments: Sequence[str] | None = None) -> int:
    """Kill, print, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.workspace.kills", description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--services", nargs="*", default=(), help="drivers and others; all")
    wish = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="apictl-kills-") as temporary:
        try:
            killings = Killings(Path(temporary), wish.services)
        except RuntimeError as fault:
            sys.stderr.write(f"{fault}\n")
            return 2
        course = killings.course
        sys.stdout.write(f"a run: {course.ended:.2f} s, writing {(course.decided - course.staged) * 1000:.0f} ms, ")
        sys.stdout.write(f"replacing {(course.moved - course.decided) * 1000:.0f} ms\n")
        deaths = []
        for number, point in enumerate(killings.points(wish.count, random.Random(wish.seed))):
            deaths.append(killings.death(point))
            for flaw in deaths[-1].faults:
                sys.stdout.write(f"kill {number}: {flaw}\n")
            sys.stdout.flush()
            if len(deaths) % 10 == 0:
                sys.stderr.write(f"{len(deaths)} kills\n")
    sys.stdout.write(f"{table(deaths)}\n")
    return int(any(death.faults for death in deaths))


if __name__ == "__main__":
    sys.exit(main())
