"""What a request costs: the generated doors beside FastAPI by hand, each with one nested POST, judged both ways.

    python -m tests.benchmarks.serving [--requests 2000] [--trials 7] [--seconds 2] [--connections 8] [--in-process]

In process, the application is called as a server calls it. Over sockets, one uvicorn worker serves it, and `wrk` calls
where it is installed, else a process of this script; only the worker's time counts. With what `uvicorn[standard]`
installs (httptools, uvloop) the ratio to be kept is that of all that the worker takes. Without it, reading HTTP in
Python takes as much as any application here: the ratio to be kept is that of what is left without the server's own
cost, which is that of an application that answers the same bytes to whatever is asked. Both ratios are printed, and
what a bare route of Starlette costs that does so: no `app()` can be below it. CPU time is what is measured: wall time
says as much about the other work of the machine. The contenders run in turn, and the best trial of each counts.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import http.client
import importlib.util
import json
import logging
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

_ROOT: Final = Path(__file__).parents[2]
_IMPORTED: Final = ("generator", ".", "generated/pricing/python")
sys.path[:0] = [str(_ROOT / part) for part in _IMPORTED]

from tests.benchmarks.serving_apps import (  # noqa: E402 - importable now
    KEY,
    REQUEST,
    alone,
    by_app,
    by_hand,
    by_router,
    on_bare_starlette,
)

Application: TypeAlias = "Callable[[Any, Any, Any], Any]"

CONTENDERS: Final[dict[str, Callable[[], Application]]] = {
    "FastAPI by hand": by_hand,
    "router()": by_router,
    "app()": by_app,
}
BARS: Final = {"router()": 1 / 1.2, "app()": 1 / 2}
"""The most that a request may cost, in terms of the one by hand."""
ALONE: Final = "server's own cost"
FLOORS: Final[dict[str, Callable[[], Application]]] = {ALONE: alone, "bare Starlette route": on_bare_starlette}
"""What answers the same bytes to whatever is asked."""


@dataclass(frozen=True, slots=True)
class Load:
    """What is sent to a worker.

    Attributes:
        seconds: of each trial.
        trials: of each contender.
        connections: at a time.
    """

    seconds: float
    trials: int
    connections: int


@dataclass(frozen=True, slots=True)
class Server:
    """A way to run uvicorn.

    Attributes:
        name: in the table.
        modules: that it needs.
        options: that choose it.
        is_judged_whole: whether its own time counts in the ratio to be kept.
    """

    name: str
    modules: tuple[str, ...]
    options: tuple[str, ...]
    is_judged_whole: bool

    @property
    def is_installed(self) -> bool:
        """Whether all that it needs can be imported."""
        return all(importlib.util.find_spec(module) for module in self.modules)


SERVERS: Final = (
    Server("uvicorn[standard]", ("httptools", "uvloop"), ("--http=httptools", "--loop=uvloop"), is_judged_whole=True),
    Server("uvicorn", ("h11",), ("--http=h11", "--loop=asyncio"), is_judged_whole=False),
)
BODY: Final = json.dumps(REQUEST).encode()
HEADERS: Final = {
    "host": "127.0.0.1",
    "accept": "*/*",
    "content-type": "application/json",
    "content-length": str(len(BODY)),
    "x-api-key": KEY,
}


async def asked(app: Application) -> tuple[int, bytes]:
    """Return status and body of one request, sent as a server sends it."""
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/quotes",
        "raw_path": b"/quotes",
        "query_string": b"",
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in HEADERS.items()],
        "client": ("127.0.0.1", 50_000),
        "server": ("127.0.0.1", 80),
    }
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": BODY, "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:])


async def seconds_in_process(app: Application, requests: int) -> float:
    """Return the CPU seconds of a request."""
    gc.collect()
    began = time.process_time()
    for _ in range(requests):
        await asked(app)
    return (time.process_time() - began) / requests


def in_process(requests: int, trials: int) -> dict[str, float]:
    """Return the CPU seconds of a request by contender."""
    apps = {name: make() for name, make in CONTENDERS.items()}
    answers = {name: asyncio.run(asked(app)) for name, app in apps.items()}
    if {status for status, _ in answers.values()} != {201} or len({_plain(body) for _, body in answers.values()}) != 1:
        raise SystemExit(f"they do not answer the same: {answers}")
    best = dict.fromkeys(apps, float("inf"))
    for _ in range(trials):
        for name, app in apps.items():
            best[name] = min(best[name], asyncio.run(seconds_in_process(app, requests)))
    return best


def _plain(body: bytes) -> str:
    return json.dumps(json.loads(body), sort_keys=True)


# ----------------------------------------------------------------------------------------------------- over sockets


def over_sockets(server: Server, wanted: Load) -> dict[str, float]:
    """Return the worker's CPU seconds of a request by contender, and by what answers whatever is asked."""
    served = {**FLOORS, **CONTENDERS}
    best = dict.fromkeys(served, float("inf"))
    with ExitStack() as stack:
        workers = {name: stack.enter_context(worker(make.__name__, server.options)) for name, make in served.items()}
        for _, port in workers.values():
            answered(port, 1, wanted.connections)
        for _ in range(wanted.trials):
            for name, (process, port) in workers.items():
                before = _cpu_seconds(process)
                requests = answered(port, wanted.seconds, wanted.connections)
                best[name] = min(best[name], (_cpu_seconds(process) - before) / requests)
    return best


@contextmanager
def worker(factory: str, chosen: tuple[str, ...] = ()) -> Iterator[tuple[int, int]]:
    """Run one uvicorn worker and yield its process and port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", "--factory", f"tests.benchmarks.serving_apps:{factory}"]
    options = [f"--port={port}", "--log-level=warning", "--no-access-log"]
    path = os.pathsep.join([*(str(_ROOT / part) for part in _IMPORTED), os.environ.get("PYTHONPATH", "")])
    running = subprocess.Popen([*command, *options, *chosen], cwd=_ROOT, env={**os.environ, "PYTHONPATH": path})
    try:
        _await(port)
        yield running.pid, port
    finally:
        running.terminate()
        running.wait()


def _await(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the worker does not start")


def _cpu_seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def answered(port: int, seconds: float, connections: int) -> int:
    """Send requests for *seconds* over *connections* and return how many were answered."""
    if shutil.which("wrk") is None:
        return _load_by_hand(port, seconds)
    own = {name: value for name, value in HEADERS.items() if name not in {"host", "content-length"}}  # wrk adds these
    headers = "".join(f"wrk.headers[{json.dumps(name)}] = {json.dumps(value)}\n" for name, value in own.items())
    with tempfile.TemporaryDirectory(prefix="apictl-benchmark-") as folder:
        script = Path(folder, "post.lua")
        script.write_text(f'wrk.method = "POST"\nwrk.body = {json.dumps(BODY.decode())}\n{headers}', encoding="utf-8")
        command = ["wrk", "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", f"-s{script}"]
        said = subprocess.run([*command, f"http://127.0.0.1:{port}/quotes"], capture_output=True, text=True, check=True)
    if "Non-2xx" in said.stdout:
        raise SystemExit(said.stdout)
    found = re.search(r"(\d+) requests in", said.stdout)
    return int(found[1]) if found else 0


def _load_by_hand(port: int, seconds: float) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    count = 0
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        connection.request("POST", "/quotes", BODY, HEADERS)
        if connection.getresponse().read() and (count := count + 1):
            continue
    return count


def main() -> int:
    """Print both tables, and return 0 when every bar is met."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--requests", type=int, default=2000, help="of each trial in process")
    parser.add_argument("--trials", type=int, default=7, help="of each contender")
    parser.add_argument("--seconds", type=float, default=2.0, help="of each trial over sockets")
    parser.add_argument("--connections", type=int, default=8, help="of wrk, at a time")
    parser.add_argument("--in-process", action="store_true", help="leave the sockets out")
    chosen = parser.parse_args()
    logging.disable(logging.CRITICAL)
    missed = _printed("in process", in_process(chosen.requests, chosen.trials), is_whole=True)
    by = "wrk" if shutil.which("wrk") else "one connection"
    for server in () if chosen.in_process else SERVERS:
        if server.is_installed:
            costs = over_sockets(server, Load(chosen.seconds, chosen.trials, chosen.connections))
            missed += _printed(f"{server.name}, one worker, {by}", costs, is_whole=server.is_judged_whole)
        else:
            sys.stdout.write(f"\n{server.name} is not installed: it is not measured\n")
    return 1 if missed else 0


def _printed(title: str, costs: dict[str, float], *, is_whole: bool) -> int:
    """Print the table of *costs*, and return how many bars are missed; *is_whole* counts the server's own time."""
    own = costs.get(ALONE, 0.0)
    first = costs["FastAPI by hand"]
    sys.stdout.write(f"\n{title:34}{'CPU us':>10}{'ratio':>8}{'without the server':>22}\n")
    missed = 0
    for name, cost in costs.items():
        whole, rest = cost / first, (cost - own) / (first - own)
        ratio = whole if is_whole else rest
        bar = BARS.get(name)
        verdict = "" if bar is None else f"   at most {bar:.2f}: {'met' if ratio <= bar else 'missed'}"
        if bar is not None and own:
            verdict += f"; {bar:.2f} of all is {bar * first * 1e6:.0f} us, {own * 1e6:.0f} of them the server's own"
        missed += bar is not None and ratio > bar
        sys.stdout.write(f"{name:34}{cost * 1e6:10.1f}{whole:8.2f}{rest:22.2f}{verdict}\n")
    return missed


if __name__ == "__main__":
    sys.exit(main())
