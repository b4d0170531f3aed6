"""What the URLs of brokers say reaches their client libraries."""

from __future__ import annotations

import asyncio
import ssl
from typing import Any

import pytest

pytest.importorskip("faststream", reason="the package faststream is not installed")

from apictl.support.events.transports import kafka, mqtt, nats, rabbit, redis


def options(connected: Any, url: str, process: str = "p-1") -> dict[str, Any]:
    """Return what the client library of the transport to *url* is given."""

    async def scenario() -> dict[str, Any]:
        return dict(connected(url, process)._broker._connection_kwargs)

    return asyncio.run(scenario())


def test_kafka_has_every_host_and_the_name_of_the_process() -> None:
    given = options(kafka.connected, "kafka://a:9092,b:9092")

    assert (given["bootstrap_servers"], given["client_id"]) == (["a:9092", "b:9092"], "p-1")
    assert given.get("security_protocol", "PLAINTEXT") == "PLAINTEXT"


@pytest.mark.parametrize(
    "url,protocol,mechanism",
    [
        ("kafka://u:p%40@a:9092", "SASL_PLAINTEXT", "PLAIN"),
        ("kafka+ssl://u:p%40@a:9092?sasl=scram-sha-256", "SASL_SSL", "SCRAM-SHA-256"),
        ("kafka+ssl://u:p%40@a:9092?sasl=scram-sha-512", "SASL_SSL", "SCRAM-SHA-512"),
    ],
)
def test_kafka_is_signed_in_to_as_the_url_says(url: str, protocol: str, mechanism: str) -> None:
    given = options(kafka.connected, url)

    assert (given["security_protocol"], given["sasl_mechanism"]) == (protocol, mechanism)
    assert (given["sasl_plain_username"], given["sasl_plain_password"]) == ("u", "p@")
    assert isinstance(given["ssl_context"], ssl.SSLContext) == (protocol == "SASL_SSL")


def test_kafka_over_tls_checks_whom_it_talks_to() -> None:
    given = options(kafka.connected, "kafka+ssl://a:9093")

    assert given["security_protocol"] == "SSL"
    assert given["ssl_context"].verify_mode is ssl.CERT_REQUIRED


@pytest.mark.parametrize("rest", ["a?acks=0", "u:p@a?sasl=gssapi", "a?sasl=plain", "a/topic", "u:p@", "a,,b"])
def test_kafka_refuses_what_it_would_not_do(rest: str) -> None:
    with pytest.raises(ValueError, match="the URL"):
        options(kafka.connected, f"kafka://{rest}")


@pytest.mark.parametrize("scheme,port", [("amqp", 5672), ("amqps", 5671)])
def test_rabbitmq_is_where_the_url_says(scheme: str, port: int) -> None:
    given = options(rabbit.connected, f"{scheme}://u:p@a/rides")

    assert given["url"].startswith(f"{scheme}://u:p@a:{port}/rides")


def test_nats_has_every_server_with_scheme_and_user() -> None:
    given = options(nats.connected, "tls://u:p@a:4222,b:4222")

    assert given["servers"] == ["tls://u:p@a:4222", "tls://u:p@b:4222"]
    assert given["name"] == "p-1"


def test_redis_over_tls_is_encrypted() -> None:
    plain, encrypted = (options(redis.connected, f"{scheme}://u:p@a:6379/2") for scheme in ("redis", "rediss"))

    assert (plain["username"], plain["password"], plain["db"]) == ("u", "p", 2)
    assert encrypted["connection_class"].__name__ == "SSLConnection"


def test_mqtt_over_tls_is_encrypted_and_the_process_is_the_client() -> None:
    given = options(mqtt.connected, "mqtts://u:p@a")

    assert (given["host"], given["port"], given["client_id"], given["username"]) == ("a", 8883, "p-1", "u")
    assert given["tls"]
