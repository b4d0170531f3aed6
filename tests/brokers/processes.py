"""Real brokers, each a process of its own on a free port of this machine, with its files in a temporary folder."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
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
        input: whether it runs until its standard input ends, and says on its standard output where it listens.
    """

    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    has_input: bool = False


class NotThere(Exception):
    """A broker is not installed, or doesn't start."""


@contextlib.contextmanager
def rabbit(folder: Path) -> Iterator[str]:
    """Run RabbitMQ."""
    port, names = free_port(), free_port()
    config = folder / "rabbitmq.conf"
    config.write_text(f"listeners.tcp.1 = 127.0.0.1:{port}\nloopback_users = none\nlog.console = false\n")
    (folder / "plugins").write_text("[].")
    environment = {
        "HOME": str(folder),
        "RABBITMQ_NODENAME": f"apictl-{port}@localhost",
        "RABBITMQ_CONFIG_FILE": str(config),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
        "RABBITMQ_MNESIA_BASE": str(folder / "data"),
        "RABBITMQ_LOG_BASE": str(folder / "log"),
        "RABBITMQ_LOGS": "-",
        "RABBITMQ_PID_FILE": str(folder / "pid"),
        "RABBITMQ_DIST_PORT": str(free_port()),
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+S 2:2 +sbwt none",
        "ERL_EPMD_PORT": str(names),
    }
    server = _program("rabbitmq-server")
    with contextlib.ExitStack() as running:
        # Erlang's name server: the broker would leave a daemon of its own behind.
        names_server = Launch((_program("epmd"), "-port", str(names), "-address", "127.0.0.1"))
        _await(running.enter_context(_running(names_server, folder)), lambda: _listens(names), "epmd")
        process = running.enter_context(_running(Launch((server,), environment), folder))
        _await(process, lambda: _listens(port), "RabbitMQ")
        yield f"amqp://guest:guest@127.0.0.1:{port}/"


@contextlib.contextmanager
def redis(folder: Path) -> Iterator[str]:
    """Run Redis."""
    port = free_port()
    options = ("--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder))
    with _running(Launch((_program("redis-server"), *options)), folder) as process:
        _await(process, lambda: _listens(port), "Redis")
        yield f"redis://127.0.0.1:{port}"


@contextlib.contextmanager
def nats(folder: Path) -> Iterator[str]:
    """Run NATS with JetStream."""
    port = free_port()
    options = ("-a", "127.0.0.1", "-p", str(port), "-js", "-sd", str(folder / "jetstream"))
    with _running(Launch((_program("nats-server"), *options)), folder) as process:
        _await(process, lambda: _listens(port), "NATS")
        yield f"nats://127.0.0.1:{port}"


@contextlib.contextmanager
def mqtt(folder: Path) -> Iterator[str]:
    """Run Mosquitto."""
    port = free_port()
    config = folder / "mosquitto.conf"
    config.write_text(f"listener {port} 127.0.0.1\nallow_anonymous true\npersistence false\n")
    with _running(Launch((_program("mosquitto"), "-c", str(config))), folder) as process:
        _await(process, lambda: _listens(port), "Mosquitto")
        yield f"mqtt://127.0.0.1:{port}"


@contextlib.contextmanager
def kafka(folder: Path) -> Iterator[str]:
    """Run a mock cluster of Kafka."""
    if find_spec("confluent_kafka") is None:
        raise NotThere("the package confluent-kafka is not installed")
    script = Path(__file__).with_name("kafka.py")
    with _running(Launch((sys.executable, str(script)), has_input=True), folder) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        if not address:
            raise NotThere(f"the mock cluster does not start: {_said(folder)}")
        yield f"kafka://{address}"


BROKERS: Final[Mapping[str, Callable[[Path], contextlib.AbstractContextManager[str]]]] = {
    "rabbitmq": rabbit,
    "kafka": kafka,
    "redis": redis,
    "nats": nats,
    "mqtt": mqtt,
}
"""Runs the broker of each name in a folder, and yields its URL."""


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def _running(launch: Launch, folder: Path) -> Iterator[subprocess.Popen[str]]:
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


def _program(name: str) -> str:
    found = shutil.which(name, path=os.pathsep.join((*_PLACES, os.environ.get("PATH", ""))))
    if found is None:
        raise NotThere(f"{name} is not installed (Debian: apt-get install {name})")
    return found


def _await(process: subprocess.Popen[str], is_there: Callable[[], bool], name: str) -> None:
    end = time.monotonic() + _SECONDS_TO_START
    while not is_there():
        if process.poll() is not None:
            raise NotThere(f"{name} does not start: it ended with {process.returncode}")
        if time.monotonic() > end:
            raise NotThere(f"{name} does not start within {_SECONDS_TO_START:.0f} s")
        time.sleep(0.05)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _said(folder: Path) -> str:
    return (folder / "errors.log").read_text(errors="replace")[-300:]
