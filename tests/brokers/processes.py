"""Real brokers, each a process of its own on a free port of this machine, with its files in a temporary folder."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from tests.brokers.apache import apache_kafka
from tests.brokers.launching import Launch, NotThere, await_server, free_port, launched, listens, program, said

__all__ = ("BROKERS", "NotThere", "kafka", "mqtt", "nats", "rabbit", "redis")


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
    server = program("rabbitmq-server")
    with contextlib.ExitStack() as running:
        # Erlang's name server: the broker would leave a daemon of its own behind.
        names_server = Launch((program("epmd"), "-port", str(names), "-address", "127.0.0.1"))
        await_server(running.enter_context(launched(names_server, folder)), lambda: listens(names), "epmd")
        process = running.enter_context(launched(Launch((server,), environment), folder))
        await_server(process, lambda: listens(port), "RabbitMQ")
        yield f"amqp://guest:guest@127.0.0.1:{port}/"


@contextlib.contextmanager
def redis(folder: Path) -> Iterator[str]:
    """Run Redis."""
    port = free_port()
    options = ("--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder))
    with launched(Launch((program("redis-server"), *options)), folder) as process:
        await_server(process, lambda: listens(port), "Redis")
        yield f"redis://127.0.0.1:{port}"


@contextlib.contextmanager
def nats(folder: Path) -> Iterator[str]:
    """Run NATS with JetStream."""
    port = free_port()
    options = ("-a", "127.0.0.1", "-p", str(port), "-js", "-sd", str(folder / "jetstream"))
    with launched(Launch((program("nats-server"), *options)), folder) as process:
        await_server(process, lambda: listens(port), "NATS")
        yield f"nats://127.0.0.1:{port}"


@contextlib.contextmanager
def mqtt(folder: Path) -> Iterator[str]:
    """Run Mosquitto."""
    port = free_port()
    config = folder / "mosquitto.conf"
    config.write_text(f"listener {port} 127.0.0.1\nallow_anonymous true\npersistence false\n")
    with launched(Launch((program("mosquitto"), "-c", str(config))), folder) as process:
        await_server(process, lambda: listens(port), "Mosquitto")
        yield f"mqtt://127.0.0.1:{port}"


@contextlib.contextmanager
def kafka(folder: Path) -> Iterator[str]:
    """Run a mock cluster of Kafka."""
    if find_spec("confluent_kafka") is None:
        raise NotThere("the package confluent-kafka is not installed")
    script = Path(__file__).with_name("kafka.py")
    with launched(Launch((sys.executable, str(script)), has_input=True), folder) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        if not address:
            raise NotThere(f"the mock cluster does not start: {said(folder)}")
        yield f"kafka://{address}"


BROKERS: Final[Mapping[str, Callable[[Path], contextlib.AbstractContextManager[str]]]] = {
    "rabbitmq": rabbit,
    "kafka": kafka,
    "apache-kafka": apache_kafka,
    "redis": redis,
    "nats": nats,
    "mqtt": mqtt,
}
"""Runs the broker of each name in a folder, and yields its URL."""
