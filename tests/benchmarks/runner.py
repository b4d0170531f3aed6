"""Runs one command and prints as a line of JSON what it and every process below it took (Linux).

    python -I -S runner.py LIMIT_SECONDS LOG COMMAND...

A process of its own, because the kernel sums the time of *all* children of a process, and because a child's highest
resident size starts at its parent's: this one is small. What the command says goes to LOG. The line holds

- `code`: exit code, negative for a signal; 127 when the command can't be started;
- `is_over_limit`: it took longer than LIMIT_SECONDS and was killed, with all below it;
- `wall_seconds`: from start to end of the command;
- `cpu_seconds`: user and system time of the command and all its descendants, also those that outlive their parent;
- `peak_bytes`: the highest sum of resident memory of the processes alive at one time, asked every 50 ms, and no less
  than the highest resident size of any one of them, which the kernel keeps. Pages that several processes share count
  once a process, so the sum errs upwards; a child that still runs in its parent's memory does not count.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

_PAUSE_SECONDS: Final = 0.05
_PR_SET_CHILD_SUBREAPER: Final = 36
_PAGE_BYTES: Final = resource.getpagesize()
_NOT_STARTED: Final = 127


class Watch(threading.Thread):
    """Asks for the memory of the tree below this process until told to stop; ends the tree at the limit."""

    def __init__(self, limit_seconds: float) -> None:
        """Watch for *limit_seconds* at most."""
        super().__init__(daemon=True)
        self.peak_bytes = 0
        self.is_over_limit = False
        self._limit_seconds = limit_seconds
        self._stopped = threading.Event()

    def run(self) -> None:
        """Ask again and again."""
        end = time.monotonic() + self._limit_seconds
        while not self._stopped.wait(_PAUSE_SECONDS):
            self.peak_bytes = max(self.peak_bytes, resident_bytes(os.getpid()))
            if time.monotonic() > end:
                self.is_over_limit = True
                kill_all_below(os.getpid())

    def stop(self) -> None:
        """Ask no more; return when the last question is answered."""
        self._stopped.set()
        if self.is_alive():
            self.join()


def main(arguments: Sequence[str]) -> int:
    """Run the command of *arguments* and print the line."""
    limit, log, *command = arguments
    # Orphans become children of this process, not of the system's first one: their time counts, and they can be ended.
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    watch = Watch(float(limit))
    started = time.perf_counter()
    try:
        with Path(log).open("wb") as stream:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=stream, stderr=subprocess.STDOUT)
    except OSError as fault:
        Path(log).write_text(f"{command[0]}: {fault.strerror}\n", encoding="utf-8")
        code = _NOT_STARTED
    else:
        watch.start()
        code = process.wait()
    wall_seconds = time.perf_counter() - started
    watch.stop()
    _end_the_rest()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    line = {
        "code": code,
        "is_over_limit": watch.is_over_limit,
        "wall_seconds": wall_seconds,
        "cpu_seconds": used.ru_utime + used.ru_stime,
        "peak_bytes": max(watch.peak_bytes, used.ru_maxrss * 1024),
    }
    sys.stdout.write(json.dumps(line) + "\n")
    return 0


def resident_bytes(root: int) -> int:
    """Return the sum of the resident sizes of all processes below *root*."""
    parents = dict(_below(root))
    sizes = {pid: _sizes(pid) for pid in parents}
    # Between vfork and exec a child lies in its parent's memory: the same sizes, to the page.
    own = [sizes[pid] for pid, parent in parents.items() if sizes[pid] != sizes.get(parent)]
    return sum(_PAGE_BYTES * int(found[1]) for found in own if found)


def kill_all_below(root: int) -> None:
    """Kill every process below *root*."""
    for pid, _ in _below(root):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGKILL)


def _end_the_rest() -> None:
    """Kill and collect what the command left behind."""
    while True:
        kill_all_below(os.getpid())
        try:
            os.wait()
        except ChildProcessError:
            return


def _below(root: int) -> Iterator[tuple[int, int]]:
    """Yield each process below *root* with its parent, parents first."""
    children: dict[int, list[int]] = {}
    for entry in os.listdir("/proc"):  # noqa: PTH208 - pathlib takes twice the time, twenty times a second
        if entry.isdigit() and (parent := _parent(int(entry))):
            children.setdefault(parent, []).append(int(entry))
    waiting = [root]
    while waiting:
        parent = waiting.pop()
        for pid in children.get(parent, ()):
            yield pid, parent
            waiting.append(pid)


def _parent(pid: int) -> int:
    """Return the parent of *pid*; 0 when the process is gone."""
    # The name, the second field, may hold blanks and brackets: what counts comes after its last bracket (proc(5)).
    _, _, rest = _text(pid, "stat").rpartition(")")
    return int(rest.split()[1]) if rest else 0


def _sizes(pid: int) -> tuple[str, ...]:
    return tuple(_text(pid, "statm").split())


def _text(pid: int, name: str) -> str:
    try:
        return Path(f"/proc/{pid}/{name}").read_text(encoding="utf-8", errors="replace")
    except OSError:  # it ended in between
        return ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
