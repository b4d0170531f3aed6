"""Measures `apictl check` on a fleet of many services, made of the example system.

    python -m tests.benchmarks.fleet [--services 1000] [--smaller 100,300] [--tested 2] [--folder FOLDER] [--json FILE]

Run it from the root of the project, on Linux. The fleet: the services of `specs/` again and again under other names,
with addresses of their own, all on the same shared documents; who consumes whom is as in `apictl.yaml`, and each
`trips` calls the `pricing` of the group before, too. It lies in a git repository in a temporary folder (FOLDER keeps it
and takes it up again), its code is generated and committed.

What is measured, each as a process of its own: generating; `check` from scratch, for the smaller fleets too, to see
whether time grows as the fleet does; unchanged; after a change to one contract, which breaks consumers, with its code
generated anew: all services, and `--affected`. All without contract tests, which are processes of seconds each, and
run again only when the code that they test has changed: they are measured on `--tested` services.

Exit code 0: bars kept; 1: a bar missed, or a run ended otherwise than it should; 2: it could not measure.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from tests.benchmarks.fleet_making import change_contracts, make_fleet, part_of_fleet
from tests.benchmarks.measuring import Measurement, measure

ROOT: Final = Path(__file__).parents[2]
_CHANGED_SECONDS: Final = 5.0
_GROWTH: Final = 1.5
_LIMIT_SECONDS: Final = 3600.0
_AFTER: Final = frozenset({"one contract changed", "another changed, its code not yet"})
_SKIP: Final = ("--skip", "tests")


@dataclass(frozen=True, slots=True)
class Row:
    """One run.

    Attributes:
        services: how many the fleet has.
        what: was measured.
        took: by it.
        code: that it should end with.
    """

    services: int
    what: str
    took: Measurement
    code: int = 0

    @property
    def is_right(self) -> bool:
        """Whether it ended as it should."""
        return self.took.code == self.code


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what *arguments* ask for, print it, and return the exit code."""
    wish = _parser().parse_args(arguments)
    if not Path("/proc/self/statm").is_file():
        sys.stderr.write("no /proc here\n")
        return 2
    smaller = [int(text) for text in wish.smaller.split(",") if text]
    with tempfile.TemporaryDirectory(prefix="apictl-fleet-") as temporary:
        folder = (wish.folder or Path(temporary)).resolve()
        rows = _rows(folder, wish.services, smaller, tested=wish.tested)
    if wish.json:
        wish.json.write_text(json.dumps([asdict(row) for row in rows], indent=2), encoding="utf-8")
    return _verdict(rows)


def _rows(folder: Path, services: int, smaller: list[int], *, tested: int) -> list[Row]:
    rows: list[Row] = []
    fleet = folder / f"fleet-{services}"
    if not fleet.exists():
        make_fleet(fleet, services)
        rows.append(_told(services, "generate", fleet, "generate"))
        _commit(fleet, "fleet")
    for count in [*smaller, services]:
        part = folder / f"fleet-{count}"
        if not part.exists():
            part_of_fleet(fleet, part, count)
            _commit(part, "fleet")
        shutil.rmtree(part / ".apictl", ignore_errors=True)
        rows.append(_told(count, "check, from scratch", part, "check", *_SKIP))
    rows.append(_told(services, "check, after a pause", fleet, "check", *_SKIP))  # times have settled, it is remembered
    rows.append(_told(services, "check, unchanged", fleet, "check", *_SKIP))
    rows += _after_a_change(fleet, services)
    if tested:
        names = [path.name for path in sorted((fleet / "specs").iterdir()) if path.name != "common"][:tested]
        row = _told(tested, "contract tests alone, nothing known before", fleet, "check", "--only", "tests", *names)
        rows.append(row)
        sys.stdout.write(f"of all services about {row.took.cpu_seconds / tested * services:.0f} s CPU, once\n")
    return rows


def _after_a_change(fleet: Path, services: int) -> list[Row]:
    _git(fleet, "checkout", "--quiet", "-B", "change", "main")
    names = change_contracts(fleet, 2)
    _git(fleet, "stash", "--quiet", "--", f"specs/{names[1]}")
    rows = [_told(services, "generate, one contract changed", fleet, "generate", names[0])]
    for what, options in (
        ("check, one contract changed", ()),
        ("check --affected, one contract changed", ("--affected",)),
        ("check --affected, nothing known before", ("--affected", "--no-cache")),
    ):
        rows.append(_told(services, what, fleet, "check", *options, *_SKIP, code=1))
    _git(fleet, "stash", "pop", "--quiet")
    rows.append(_told(services, "check, another changed, its code not yet", fleet, "check", *_SKIP, code=1))
    _git(fleet, "checkout", "--quiet", "--force", "main")
    return rows


def _told(services: int, what: str, folder: Path, *arguments: str, code: int = 0) -> Row:
    environment = {**os.environ, "PYTHONPATH": os.environ.get("PYTHONPATH", str(ROOT / "generator")), "NO_COLOR": "1"}
    command = [sys.executable, "-m", "apictl.cli.main", *arguments]
    took = measure(command, folder, environment=environment, limit_seconds=_LIMIT_SECONDS)
    row = Row(services, what, took, code)
    right = "" if row.is_right else f"   ENDED WITH {took.code}: {took.reason}"
    figures = f"{took.wall_seconds:8.2f} s wall {took.cpu_seconds:8.2f} s CPU {took.peak_bytes / 2**20:7.0f} MB"
    sys.stdout.write(f"{services:5} services {figures}   {what}{right}\n")
    sys.stdout.flush()
    return row


def _verdict(rows: list[Row]) -> int:
    kept = all(row.is_right for row in rows)
    scratch = [row for row in rows if row.what == "check, from scratch"]
    if len(scratch) > 1:
        first, last = scratch[0], scratch[-1]
        linear = last.services / first.services
        growth = last.took.wall_seconds / first.took.wall_seconds / linear
        of_cpu = last.took.cpu_seconds / first.took.cpu_seconds / linear
        kept &= growth <= _GROWTH
        told = (
            f"from {first.services} to {last.services} services: {growth:.2f} of linear growth, {of_cpu:.2f} of CPU\n"
        )
        sys.stdout.write(told)
    for row in rows:
        if row.what.startswith("check") and row.what.partition(", ")[2] in _AFTER:
            kept &= row.took.wall_seconds <= _CHANGED_SECONDS
    sys.stdout.write("bars kept\n" if kept else "a bar is missed\n")
    return 0 if kept else 1


def _commit(folder: Path, message: str) -> None:
    if not (folder / ".git").exists():
        _git(folder, "init", "--quiet", "--initial-branch=main")
    _git(folder, "add", "--all")
    _git(folder, "commit", "--quiet", "--message", message)


def _git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=fleet", "-c", "user.email=fleet@example.org", "-c", "gc.auto=0"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, stdout=subprocess.DEVNULL)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.fleet", description=__doc__.partition("\n")[0])
    parser.add_argument("--services", type=int, default=1000)
    parser.add_argument("--smaller", default="100,300")
    parser.add_argument("--tested", type=int, default=2)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--json", type=Path)
    return parser


if __name__ == "__main__":
    sys.exit(main())
