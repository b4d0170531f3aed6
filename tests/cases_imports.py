"""Imports every module of generated packages: one process with the libraries loaded, a fork of it for each package.

As a program it reads the path of a distribution from each line of stdin and answers with a line of JSON: what is wrong.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Final

_LIBRARIES: Final = (
    "fastapi",
    "httpx2",
    "hypothesis",
    "jsonschema_rs",
    "pytest",
    "python_multipart",
    "schemathesis.pytest.lazy",
    "schemathesis.python",
    "yaml",
)
"""What takes long to import."""


class Importer:
    """The process that imports, and the way to ask it."""

    def __init__(self) -> None:
        """Start the process; it finds nothing of apictl, as generated packages need nothing of it."""
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-B", __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def faults(self, distribution: Path) -> list[str]:
        """Return each module below *distribution* that can't be imported, or warns then, and why."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{distribution}\n")
        self._process.stdin.flush()
        faults: list[str] = json.loads(self._process.stdout.readline())
        return faults

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


def _serve() -> None:
    for library in _LIBRARIES:
        importlib.import_module(library)
    for line in sys.stdin:
        read_end, write_end = os.pipe()
        child = os.fork()
        if child == 0:
            os.dup2(write_end, 1)
            _answer(Path(line.rstrip("\n")))
        os.close(write_end)
        with os.fdopen(read_end) as stream:
            answer = stream.read()
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        sys.stdout.write((answer if status == 0 else json.dumps([f"ended with {status}"])) + "\n")
        sys.stdout.flush()


def _answer(distribution: Path) -> None:
    """Print what is wrong with the modules of *distribution*, and end the process."""
    try:
        sys.path.insert(0, str(distribution))
        warnings.simplefilter("error")
        modules = sorted(distribution.rglob("*.py"))
        os.write(1, json.dumps([fault for path in modules for fault in _faults_of(distribution, path)]).encode())
        os._exit(0)
    finally:
        os._exit(1)


def _faults_of(distribution: Path, path: Path) -> list[str]:
    name = ".".join(path.relative_to(distribution).with_suffix("").parts).removesuffix(".__init__")
    try:
        module = importlib.import_module(name)
    except BaseException as fault:  # noqa: BLE001 - also SystemExit is an answer here
        return [f"{name}: {type(fault).__name__}: {fault}"]
    return [] if module.__file__ == str(path) else [f"{name}: it is {module.__file__}"]


if __name__ == "__main__":
    _serve()
