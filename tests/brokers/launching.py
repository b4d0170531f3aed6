"""Processes of servers: each on a free port of this machine, with its files in a temporary folder."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

_SECONDS_TO_START: Final = 40.0
_PLACES: Final = ("/usr/lib/rabbitmq/bin", "/usr/sbin", "/usr/local/sbin")
"""Where Debian puts servers, and not everybody looks; RabbitMQ's own script comes before one that changes the user."""


@dataclass(frozen=True, slots=True)
class Launch:
    """How a broker is started.

    Attributes:
        command: with its arguments.
        environment: beside that of this process.
        has_input: whether it runs until its standard input ends, and says on its standard output where it listens.
    """

    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    has_input: bool = False


class NotThere(Exception):
    """A broker is not installed, or doesn't start."""


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def launched(launch: Launch, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Run a process, and end it with all that it started: its group is its own."""
    pipe = subprocess.PIPE if launch.has_input else subprocess.DEVNULL
    with (folder / "errors.log").open("w") as errors:
        process = subprocess.Popen(
            launch.command,
            env={**os.environ, **launch.environment},
            cwd=folder,
            stdin=pipe,
            stdout=subprocess.PIPE if launch.has_input else errors,
            stderr=errors,
            text=True,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            _end(process)


def _end(process: subprocess.Popen[str]) -> None:
    with contextlib.suppress(ProcessLookupError):
        # Nothing that it keeps is needed any more.
        os.killpg(process.pid, 9)
    process.communicate()


def program(name: str) -> str:
    found = shutil.which(name, path=os.pathsep.join((*_PLACES, os.environ.get("PATH", ""))))
    if found is None:
        raise NotThere(f"{name} is not installed (Debian: apt-get install {name})")
    return found


def await_server(process: subprocess.Popen[str], is_there: Callable[[], bool], name: str) -> None:
    end = time.monotonic() + _SECONDS_TO_START
    while not is_there():
        if process.poll() is not None:
            raise NotThere(f"{name} does not start: it ended with {process.returncode}")
        if time.monotonic() > end:
            raise NotThere(f"{name} does not start within {_SECONDS_TO_START:.0f} s")
        time.sleep(0.05)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def said(folder: Path) -> str:
    return (folder / "errors.log").read_text(errors="replace")[-300:]
