"""Transports by the URL of their broker: as packages make them, with less patience where a process is killed."""

from __future__ import annotations

from typing import Final

from apictl.support.events.connecting import Brokers
from apictl.support.events.transport import Transport

MEMORY: Final = "memory:"

_BROKERS: Final = Brokers("apictl", ("kafka", "rabbit", "nats", "redis", "mqtt"))


def connected(url: str, name: str) -> Transport:
    """Return a transport to *url*; *name* is that of the process, the same when it is started again."""
    match url.partition(":")[0]:
        case "kafka":
            from apictl.support.events.transports.kafka import KafkaTransport  # noqa: PLC0415 - a broker's own

            # A process that is killed leaves its group when its session is over.
            session = {"session_timeout_ms": 2000, "heartbeat_interval_ms": 300}
            # The mock cluster makes topics when they are asked for, and in no other way.
            return KafkaTransport(
                url.removeprefix("kafka://"), consumer=session, metadata_max_age_ms=300, allow_auto_create_topics=False
            )
        case "redis":
            from apictl.support.events.transports.redis import RedisTransport  # noqa: PLC0415 - as above

            return RedisTransport(url, name, claim_seconds=1.0)
        case "nats":
            from apictl.support.events.transports.nats import NatsTransport  # noqa: PLC0415 - as above

            return NatsTransport(url, ack_wait_seconds=2.0)
        case _:
            return _BROKERS.connected(url, process=name)
