"""What a command took: processor time, wall time and memory of all its processes, and how it ended."""

from __future__ import annotations

import compileall
import functools
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_RUNNER: Final = Path(__file__).with_name("runner.py")
_OURS: Final = Path(__file__).parents[2] / "generator"
_TELLING: Final = re.compile(r"\w*(?:error|exception)\b.*", re.IGNORECASE)
_FRAME: Final = re.compile(r"\s+at |\s*\.\.\. \d+ more")
_LOG_BYTES: Final = 200_000
_REASON_LENGTH: Final = 100


@dataclass(frozen=True, slots=True)
class Measurement:
    """What one run took; `runner.py` says how it is measured.

    Attributes:
        cpu_seconds: user and system time of the whole process tree.
        wall_seconds: from start to end.
        peak_bytes: highest sum of resident memory of the processes alive at one time.
        code: exit code, negative for a signal.
        reason: why it failed, in one line; "" when it didn't.
    """

    cpu_seconds: float
    wall_seconds: float
    peak_bytes: int
    code: int
    reason: str

    @property
    def is_success(self) -> bool:
        """Whether the run came to its end and said that all is well."""
        return not self.reason


def measure(
    command: Sequence[str], folder: Path, *, environment: Mapping[str, str], limit_seconds: float
) -> Measurement:
    """Run *command* in *folder* and return what it took; a run that fails is a measurement too."""
    with tempfile.TemporaryDirectory(prefix="apictl-benchmark-log-") as place:
        log = Path(place, "log")
        runner = [sys.executable, "-I", "-S", str(_RUNNER), str(limit_seconds), str(log)]
        done = subprocess.run(
            [*runner, *command], cwd=folder, env=as_installed(environment), check=False, stdout=subprocess.PIPE
        )
        said = _end_of(log)
    if done.returncode:
        return Measurement(0.0, 0.0, 0, done.returncode, f"its runner ended with {done.returncode}")
    line = json.loads(done.stdout)
    if line["is_over_limit"]:
        reason = f"over the limit of {limit_seconds:g} s"
    elif line["code"]:
        reason = telling_line(said) or f"exit code {line['code']}, and no word"
    else:
        reason = ""
    return Measurement(line["cpu_seconds"], line["wall_seconds"], line["peak_bytes"], line["code"], reason)


def as_installed(environment: Mapping[str, str]) -> dict[str, str]:
    """Return *environment* for a Python that finds bytecode, as `pip install` leaves it, whatever is set here."""
    _compile()
    return {name: value for name, value in environment.items() if name != "PYTHONDONTWRITEBYTECODE"}


@functools.cache
def _compile() -> None:
    compileall.compile_dir(_OURS, quiet=2)


def telling_line(said: str) -> str:
    """Return the last line that names an error, else the last line; no frame of a stack, and nothing unprintable."""
    lines = [line for line in said.splitlines() if re.search(r"\w", line) and not _FRAME.match(line)]
    errors = [found[0] for line in lines if (found := _TELLING.search(line))]
    last = (errors or lines or [""])[-1]
    short = " ".join("".join(sign if sign.isprintable() else " " for sign in last).split())
    return short if len(short) <= _REASON_LENGTH else short[: _REASON_LENGTH - 1] + "…"


def _end_of(log: Path) -> str:
    if not log.is_file():
        return ""
    with log.open("rb") as stream:
        stream.seek(max(0, log.stat().st_size - _LOG_BYTES))
        return stream.read().decode("utf-8", errors="replace")
