"""One real document through everything: generate, import, type-check, call each operation, collect the tests."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from apictl.pages.python.names import package_name
from tests.corpus.documents import ROOT

TIME_LIMIT: Final = 900
"""Of one step, in seconds."""
STEPS: Final = ("generate", "import", "mypy", "round trip", "collect", "sending")
EVENT_STEPS: Final = ("generate", "import", "mypy", "tests")
_SENDING: Final = """
import pathlib, sys
import pytest
tests = pathlib.Path(sys.argv[1], "contract_tests", "test_sending.py")
sys.exit(pytest.main(["-q", "-p", "no:cacheprovider", str(tests)]) if tests.is_file() else 0)
"""
"""Webhooks and callbacks, where there are any: what is sent is what is received."""
_IMPORT: Final = """
import importlib, pkgutil, sys
package = importlib.import_module(sys.argv[1])
for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    importlib.import_module(module.name)
"""


@dataclass(slots=True)
class Trial:
    """What became of one document.

    Attributes:
        service: its name.
        refusals: located findings, when the document is refused.
        operations: how many were called.
        impossible: operations that nobody can call, because the contract refuses every value of an argument.
        flaws: by step, why it failed; a step that is not there was passed.
        seconds: by step, wall time.
    """

    service: str
    refusals: list[str] = field(default_factory=list)
    operations: int = 0
    impossible: list[str] = field(default_factory=list)
    flaws: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def is_generated(self) -> bool:
        """Whether there is a package."""
        return not self.refusals and "generate" not in self.flaws


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


def attempt(document: Specimen, folder: Path, *, steps: Sequence[str] = STEPS) -> Trial:
    """Take *document* through *steps* in *folder*, a workspace of its own."""
    trial = Trial(document.service)
    specs = folder / "specs" / trial.service
    specs.mkdir(parents=True)
    shutil.copyfile(document.path, specs / f"{document.kind}{document.path.suffix}")
    commands = _commands(folder, trial.service)
    for step in steps:
        begun = time.perf_counter()
        done = _run(commands[step], folder)
        trial.seconds[step] = time.perf_counter() - begun
        _judge(trial, step, done)
        if not trial.is_generated:
            break
    return trial


def _commands(folder: Path, service: str) -> dict[str, list[str]]:
    python = sys.executable
    package = package_name(service)
    output = folder / "generated" / service / "python"
    code = ("-c", _IMPORT)
    return {
        "generate": [str(Path(python).with_name("apictl")), "generate", service],
        "import": [python, *code, package],
        "mypy": [python, "-m", "mypy", "--strict", "--no-error-summary", "-p", package],
        "round trip": [python, "-m", "tests.corpus.roundtrip", str(output), package],
        "tests": [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(output / "contract_tests")],
        "sending": [python, "-c", _SENDING, str(output)],
        "collect": [
            python,
            "-m",
            "pytest",
            "--collect-only",
            "-q",
            "-p",
            "no:cacheprovider",
            str(output / "contract_tests"),
        ],
    }


def _run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    output = next(folder.glob("generated/*/python"), folder)
    paths = os.pathsep.join(map(str, (output, ROOT / "generator", ROOT)))
    environment = {**os.environ, "PYTHONPATH": paths, "MYPYPATH": str(output), "NO_COLOR": "1"}
    try:
        return subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=TIME_LIMIT
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, -1, "", f"no end within {TIME_LIMIT} s")


def _judge(trial: Trial, step: str, done: subprocess.CompletedProcess[str]) -> None:
    said = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    if step == "generate" and done.returncode == 1:
        trial.refusals = [line for line in said if ": error" in line]
    if step == "round trip" and done.returncode == 0:
        result = json.loads(said[-1])
        trial.operations = result["operations"] - len(result["impossible"])
        trial.impossible = [f"{operation}: {reason}" for operation, reason in result["impossible"]]
        for operation, reason in result["failures"][:1]:
            trial.flaws[step] = f"{len(result['failures'])} operations, as {operation}: {reason}"
    elif done.returncode != 0 and not trial.refusals:
        trial.flaws[step] = f"exit {done.returncode}: {(said or ['nothing said'])[-1]}"
        if step == "mypy":
            trial.flaws[step] = f"{len(said)} lines, as {(said or ['nothing'])[0]}"
