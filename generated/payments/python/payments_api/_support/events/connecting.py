"""Transports by the URLs of their brokers: the scheme says which adapter carries, and it is imported only then."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from .memory import MemoryBroker
from .memory_transport import MemoryTransport
from .transport import Transport

MEMORY: Final = "memory"

_ADAPTERS: Final = MappingProxyType(
    {
        "kafka": "kafka",
        "kafka+ssl": "kafka",
        "amqp": "rabbit",
        "amqps": "rabbit",
        "nats": "nats",
        "tls": "nats",
        "redis": "redis",
        "rediss": "redis",
        "mqtt": "mqtt",
        "mqtts": "mqtt",
        "ws": "websocket",
        "wss": "websocket",
    }
)
"""Module in `transports`, by scheme."""

_KNOW_PROCESSES: Final = frozenset({"redis", "mqtt"})
"""Adapters whose brokers keep what one process has taken under its name."""

_in_memory: Final[dict[str, MemoryBroker]] = {}
"""By URL: all connections to one of them meet."""


@dataclass(frozen=True, slots=True)
class Brokers:
    """What a package can connect to.

    Attributes:
        distribution: its name, which the client libraries are extras of.
        adapters: that it has, modules of `transports`.
    """

    distribution: str
    adapters: tuple[str, ...]

    @property
    def schemes(self) -> tuple[str, ...]:
        """Of the URLs that there are adapters for."""
        return (*(scheme for scheme, adapter in _ADAPTERS.items() if adapter in self.adapters), MEMORY)

    def connected(self, url: str, *, process: str = "") -> Transport:
        """Return a transport to the broker at *url*, not started.

        *process* is the name of this process for brokers that keep what it has taken: its own among those that run,
        and the same when it is started again. `memory:` is a broker within the process.

        Raises:
            ValueError: no adapter is for *url*, or it lacks something.
            ImportError: the client library of the broker is not installed.
        """
        scheme, colon, rest = url.partition(":")
        if not colon or scheme not in self.schemes:
            # Not the whole URL: it may hold a password.
            said = repr(scheme[:50]) if colon else "it"
            raise ValueError(f"the URL of a broker begins with {' or '.join(self._beginnings())}, not with {said}")
        if scheme == MEMORY:
            return MemoryTransport(_in_memory.setdefault(rest, MemoryBroker(redelivery_seconds=0.05)))
        host = urlsplit(url).netloc.rpartition("@")[2]
        if not host:
            raise ValueError(f"the URL of a broker names no host: {scheme}://host")
        adapter = _ADAPTERS[scheme]
        if adapter in _KNOW_PROCESSES and not process:
            raise ValueError(
                f"{scheme}: needs the name of this process, process=…: its own, and the same when it is started again"
            )
        try:
            module = importlib.import_module(f".transports.{adapter}", __package__)
        except ImportError as missing:
            wanted = f"{self.distribution}[{adapter}]"
            raise ImportError(f"no client library for {scheme}: ({missing}): pip install '{wanted}'") from missing
        transport: Transport = module.connected(url, process)
        return transport

    def _beginnings(self) -> Iterator[str]:
        for scheme in self.schemes:
            yield f"{scheme}:" if scheme == MEMORY else f"{scheme}://"
