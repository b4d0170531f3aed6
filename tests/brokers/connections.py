"""Transports by the URL of their broker; each adapter is imported only when its URL is met."""

from __future__ import annotations

from typing import Final

from apictl.support.events.memory import MemoryBroker
from apictl.support.events.memory_transport import MemoryTransport
from apictl.support.events.transport import Transport

MEMORY: Final = "memory:"

_in_memory: Final = MemoryBroker(redelivery_seconds=0.05)


def connected(url: str, name: str) -> Transport:
    """Return a transport to *url*; *name* is that of the process, the same when it is started again."""
    match url.partition(":")[0]:
        case "memory":
            return MemoryTransport(_in_memory)
        case "amqp":
            from apictl.support.events.transports.rabbit import RabbitTransport  # noqa: PLC0415 - a broker's own

            return RabbitTransport(url)
        case "kafka":
            from apictl.support.events.transports.kafka import KafkaTransport  # noqa: PLC0415 - as above

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
        case "mqtt":
            from apictl.support.events.transports.mqtt import MqttTransport  # noqa: PLC0415 - as above

            return MqttTransport(url, name)
        case scheme:
            raise ValueError(f"no transport is for {scheme!r}")
