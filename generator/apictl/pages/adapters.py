"""The brokers that generated packages can speak to, each by an adapter of `support.events.transports`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from apictl.contract.events import Events, EventServer


@dataclass(frozen=True, slots=True)
class Adapter:
    """What carries messages over one kind of broker.

    Attributes:
        name: of the module, and of the extra that installs what it stands on.
        protocols: of servers, as contracts say them, with the scheme of a URL that means the same.
        schemes: of the URLs that it takes.
        requirements: distributions that it imports.
        knows_processes: whether the broker keeps what a process has taken under the name of the process.
    """

    name: str
    protocols: Mapping[str, str]
    schemes: tuple[str, ...]
    requirements: tuple[str, ...]
    knows_processes: bool = False


_FASTSTREAM: Final = ">=0.7.8,<0.8"

ADAPTERS: Final = (
    Adapter(
        "kafka",
        MappingProxyType({"kafka": "kafka", "kafka-secure": "kafka+ssl"}),
        ("kafka", "kafka+ssl"),
        ("aiokafka>=0.12,<0.15", f"faststream[kafka]{_FASTSTREAM}"),
    ),
    Adapter(
        "rabbit",
        MappingProxyType({"amqp": "amqp", "amqps": "amqps"}),
        ("amqp", "amqps"),
        ("aio-pika>=9.5,<11", f"faststream[rabbit]{_FASTSTREAM}"),
    ),
    Adapter(
        "nats",
        MappingProxyType({"nats": "nats"}),
        ("nats", "tls"),
        (f"faststream[nats]{_FASTSTREAM}", "nats-py>=2.12,<3"),
    ),
    Adapter(
        "redis",
        MappingProxyType({"redis": "redis", "rediss": "rediss"}),
        ("redis", "rediss"),
        (f"faststream[redis]{_FASTSTREAM}", "redis>=7.1,<9"),
        knows_processes=True,
    ),
    Adapter(
        "mqtt",
        MappingProxyType({"mqtt": "mqtt", "mqtt5": "mqtt", "mqtts": "mqtts", "secure-mqtt": "mqtts"}),
        ("mqtt", "mqtts"),
        (f"faststream[mqtt]{_FASTSTREAM}", "zmqtt>=0.2.5,<0.3"),
        knows_processes=True,
    ),
    Adapter(
        "websocket",
        MappingProxyType({"ws": "ws", "wss": "wss"}),
        ("ws", "wss"),
        ("starlette>=1,<2", "websockets>=15,<18"),
    ),
)
"""All of them; their requirements are those of the extra `brokers` of apictl."""


def adapters(events: Events) -> tuple[Adapter, ...]:
    """Return those for the protocols that the servers of *events* speak; all, if it leaves the servers open."""
    spoken = {server.protocol for server in events.servers}
    return tuple(each for each in ADAPTERS if not spoken or not spoken.isdisjoint(each.protocols))


def server_url(server: EventServer) -> str:
    """Return the URL of *server*; `memory:` where there is no adapter for it."""
    schemes = (each.protocols[server.protocol] for each in ADAPTERS if server.protocol in each.protocols)
    scheme = next(schemes, None)
    return "memory:" if scheme is None else f"{scheme}://{server.host}{server.pathname}"
