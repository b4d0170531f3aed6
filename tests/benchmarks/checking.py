"""Measures `apictl check` on the example system, and checks the bar it set itself.

    python -m tests.benchmarks.checking [--runs 5]

Run it from the root of the project, on Linux. The system is copied to a git repository of its own, generated and
committed; then it is checked from scratch, contract tests and all, and again with nothing changed.

Exit code 0: the quickest unchanged check took less than a second; 1: it did not, or a run ended otherwise than it
should; 2: it could not measure.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.benchmarks.measuring import Measurement, measure

ROOT: Final = Path(__file__).parents[2]
_UNCHANGED_SECONDS: Final = 1.0
_LIMIT_SECONDS: Final = 1800.0
_SETTLING_SECONDS: Final = 3.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.checking", description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=5)
    runs = max(1, parser.parse_args(arguments).runs)
    if not Path("/proc/self/statm").is_file():
        sys.stderr.write("no /proc here\n")
        return 2
    with tempfile.TemporaryDirectory(prefix="apictl-checking-") as temporary:
        folder = Path(temporary)
        shutil.copytree(ROOT / "specs", folder / "specs")
        shutil.copy(ROOT / "apictl.yaml", folder)
        took = [_told("generate", folder, "generate")]
        _commit(folder)
        took.append(_told("check, from scratch", folder, "check"))
        time.sleep(_SETTLING_SECONDS)  # files that were touched just now are hashed again
        took.append(_told("check, once settled", folder, "check"))
        unchanged = [_told("check, unchanged", folder, "check") for _ in range(runs)]
    is_right = all(each.is_success for each in (*took, *unchanged))
    best = min(each.wall_seconds for each in unchanged)
    is_kept = is_right and best < _UNCHANGED_SECONDS
    sys.stdout.write(f"unchanged in {best:.2f} s: {'bar kept' if is_kept else 'the bar is missed'}\n")
    return 0 if is_kept else 1


def _told(what: str, folder: Path, *arguments: str) -> Measurement:
    environment = {**os.environ, "PYTHONPATH": os.environ.get("PYTHONPATH", str(ROOT / "generator")), "NO_COLOR": "1"}
    command = [sys.executable, "-m", "apictl.cli.main", *arguments]
    took = measure(command, folder, environment=environment, limit_seconds=_LIMIT_SECONDS)
    sys.stdout.write(f"{took.wall_seconds:8.2f} s wall {took.cpu_seconds:8.2f} s CPU   {what} {took.reason}\n")
    sys.stdout.flush()
    return took


def _commit(folder: Path) -> None:
    git = ["git", "-c", "user.name=example", "-c", "user.email=example@example.org"]
    for arguments in (["init", "--quiet", "--initial-branch=main"], ["add", "--all"], ["commit", "--quiet", "-m", "x"]):
        subprocess.run([*git, *arguments], cwd=folder, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
