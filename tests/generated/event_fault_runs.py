"""Runs of the contract tests of one package in one process, each on another service.

    python -m tests.generated.event_fault_runs FOLDER

Reads from its standard input a JSON list of lists of pytest's options, and writes what failed in each run.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

import pytest

_ROOT: Final = Path(__file__).parents[2]
_SECONDS: Final = 900


@dataclass
class Run:
    """What came of one run.

    Attributes:
        code: pytest's exit code.
        failures: what each failed test says, by its name.
    """

    code: int = -1
    failures: dict[str, str] = field(default_factory=dict)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep what a failed test says."""
        if report.failed:
            self.failures[report.nodeid.rpartition("::")[2]] = report.longreprtext


def runs_in(folder: Path, service: str, runs: Sequence[Sequence[str]]) -> list[Run]:
    """Return what comes of *runs* of the tests of *service*, whose package is below *folder*, in their own process."""
    packages = sorted(str(each) for each in folder.glob("*/python"))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(_ROOT), str(_ROOT / "generator"), *packages])}
    tests = folder / service / "python" / "contract_tests"
    command = [sys.executable, "-m", "tests.generated.event_fault_runs", str(tests)]
    done = subprocess.run(
        command,
        input=json.dumps(runs),
        env=environment,
        cwd=tests,
        capture_output=True,
        text=True,
        check=False,
        timeout=_SECONDS,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return [Run(**each) for each in json.loads(done.stdout)]


def _main(tests: Path, runs: Sequence[Sequence[str]]) -> list[Mapping[str, object]]:
    found: list[Mapping[str, object]] = []
    for options in runs:
        run, said = Run(), io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            run.code = int(pytest.main([str(tests / "test_events.py"), "-q", *options], plugins=[run]))
        if run.code > 1:
            run.failures.setdefault("", said.getvalue())
        found.append(asdict(run))
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_main(Path(sys.argv[1]), json.load(sys.stdin))))
