"""The contract tests of generated packages: pytest in a process of its own for each, several at a time."""

from __future__ import annotations

import importlib.metadata
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

from apictl.workspace.workers import Progress, cores

_PASSED: Final = 0
_FAILED: Final = 1
_LIBRARIES: Final = (
    *("fastapi", "httpx2", "hypothesis", "jsonschema-rs", "orjson", "pydantic", "pydantic-core"),
    *("pytest", "python-multipart", "schemathesis", "starlette"),
)
_LIMIT_SECONDS: Final = 900.0
"""No stub needs as long; one that does not end would hold up everybody."""
_SPOT: Final = re.compile(r"(?P<path>[^\s:][^:\n]*):(?P<line>[0-9]+): \S")
_LONGEST: Final = 60
CASES: Final = ("cases.json", "event_cases.json")


@dataclass(frozen=True, slots=True)
class Trial:
    """The tests of one service.

    Attributes:
        service: its name.
        folder: absolute, of its contract tests.
        seed: decides which values are tried.
        examples: random requests for each operation.
    """

    service: str
    folder: Path
    seed: int
    examples: int


@dataclass(frozen=True, slots=True)
class Failure:
    """A test that did not pass.

    Attributes:
        name: of the test.
        text: what it says.
        path: of the contract that it is about; "" when it does not say.
        line: in it.
    """

    name: str
    text: str
    path: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of the tests of a service.

    Attributes:
        service: its name.
        failures: tests that did not pass.
        count: how many tests there were.
        trouble: why it could not be tested; "" when it was.
    """

    service: str
    failures: tuple[Failure, ...] = ()
    count: int = 0
    trouble: str = ""

    @property
    def is_passed(self) -> bool:
        """Whether the service keeps its contract."""
        return not self.failures and not self.trouble


def environment_key() -> str:
    """Return what the tests run on: versions of the interpreter and of libraries."""
    found = [f"python {'.'.join(map(str, sys.version_info[:3]))}"]
    for library in _LIBRARIES:
        try:
            found.append(f"{library} {importlib.metadata.version(library)}")
        except importlib.metadata.PackageNotFoundError:
            found.append(f"{library} is not there")
    return "\n".join(found)


def tried(trials: Sequence[Trial], *, progress: Progress) -> tuple[Tried, ...]:
    """Return what came of *trials*, in their order; as many run at a time as there are cores."""
    running: list[subprocess.Popen[str]] = []
    results: dict[str, Tried] = {}
    with ThreadPoolExecutor(max(1, min(cores(), len(trials)))) as pool:
        try:
            futures = [pool.submit(_tried, trial, running.append) for trial in trials]
            for future in as_completed(futures):
                result = future.result()
                results[result.service] = result
                progress(f"tests of {result.service}", len(results), len(trials))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for process in running:
                process.kill()
            raise
    return tuple(results[trial.service] for trial in trials)


def _tried(trial: Trial, started: Callable[[subprocess.Popen[str]], object]) -> Tried:
    with tempfile.TemporaryDirectory(prefix="apictl-") as folder:
        report = Path(folder) / "report.xml"
        command = [
            *(sys.executable, "-m", "pytest", str(trial.folder), "--quiet", "--no-header", "--color=no"),
            *(f"--seed={trial.seed}", f"--examples={trial.examples}", f"--junitxml={report}"),
        ]
        # Generated folders hold what was generated; bytecode would be the only thing in them that apictl doesn't own.
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
        with subprocess.Popen(  # noqa: S603 - our own interpreter
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="backslashreplace",
        ) as process:
            started(process)
            try:
                output, _ = process.communicate(timeout=_LIMIT_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                return Tried(trial.service, trouble=f"its contract tests took longer than {_LIMIT_SECONDS:.0f} s")
        if process.returncode not in {_PASSED, _FAILED}:
            return Tried(trial.service, trouble=_last_words(output))
        failures, count = _reported(report)
        if process.returncode == _FAILED and not failures:
            return Tried(trial.service, count=count, trouble=_last_words(output))
        return Tried(trial.service, failures, count)


def _reported(report: Path) -> tuple[tuple[Failure, ...], int]:
    """Return the failures that pytest wrote to *report*, and how many tests there were."""
    try:
        cases = list(ET.parse(report).iter("testcase"))  # noqa: S314 - pytest wrote it, and no entity of its own
    except (OSError, ET.ParseError):
        return (), 0
    faults = [(case, fault) for case in cases for kind in ("failure", "error") for fault in case.findall(kind)]
    found = ((case.get("name") or "", fault.text or fault.get("message") or "") for case, fault in faults)
    return tuple(_failure(name, text) for name, text in found), len(cases)


def _failure(name: str, text: str) -> Failure:
    spot = next((found for line in text.splitlines()[:4] if (found := _SPOT.match(line))), None)
    if spot is None:
        return Failure(name, text)
    return Failure(name, text, spot["path"], int(spot["line"]))


def _last_words(output: str) -> str:
    lines: Iterable[str] = (line.strip() for line in reversed(output.splitlines()))
    return next((line for line in lines if line), "pytest said nothing")[:200]
