"""What the client libraries hand over becomes a delivery, whatever is in it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from apictl.support.events.addresses import Address
from apictl.support.events.messages import Publication
from apictl.support.events.transport import Source

pytest.importorskip("faststream", reason="the package faststream is not installed")

import zmqtt

from apictl.support.events.transports import faststream, kafka, mqtt, nats, rabbit, redis


def record(**changed: Any) -> Any:
    """Return a record of Kafka."""
    found = {"topic": "t", "partition": 0, "offset": 1, "key": None, "value": b"{}", "headers": (), "timestamp": 1000}
    return SimpleNamespace(**found | changed)


def test_headers_of_kafka_are_texts_or_else_bytes() -> None:
    delivery = kafka._delivery(record(headers=(("a", b"\xc3\xbc"), ("b", b"\xff"), ("c", None), ("a", b"2"))))

    assert delivery.headers == {"a": "2", "b": b"\xff"}


@pytest.mark.parametrize("stamp", [-1, 10**18, None])
def test_a_time_that_is_none_stops_nothing(stamp: int | None) -> None:
    assert kafka._delivery(record(timestamp=stamp)).timestamp is None


def test_a_tombstone_of_kafka_has_an_empty_body_and_a_key_that_is_no_text_is_none() -> None:
    delivery = kafka._delivery(record(value=None, key=b"\xff", headers=(("reply_to", b"\xff"),)))

    assert (delivery.body, delivery.key, delivery.reply_to) == (b"", None, None)


@pytest.mark.parametrize("value,wire", [(b"\xff\x00", b"\xff\x00"), (b"", b""), ("ü", b"\xc3\xbc"), (True, b"true")])
def test_headers_leave_for_kafka_as_the_bytes_that_they_are(value: Any, wire: bytes) -> None:
    said = kafka._Octets.of(value)

    assert (said or "").encode() == wire


def incoming(**changed: Any) -> Any:
    """Return a message of RabbitMQ."""
    found: dict[str, Any] = {"routing_key": "t", "body": b"{}", "headers": {}, "content_type": None, "reply_to": None}
    others = {"correlation_id": None, "message_id": None, "redelivered": False, "timestamp": None}
    return SimpleNamespace(**found | others | changed)


def test_every_type_of_a_field_table_becomes_a_header() -> None:
    table = {"n": None, "t": {"a": [1]}, "d": Decimal("1.5"), "w": datetime(2026, 1, 1, tzinfo=UTC), "f": float("nan")}

    delivery = rabbit._delivery(incoming(headers=table | {"i": 5, "b": True, "x": b"\xff"}))

    assert delivery.headers == {
        "t": '{"a": [1]}',
        "d": "1.5",
        "w": "2026-01-01T00:00:00+00:00",
        "f": "NaN",
        "i": 5,
        "b": True,
        "x": b"\xff",
    }


@pytest.mark.parametrize(
    "headers,redelivered,count", [({"x-delivery-count": 3}, True, 3), ({}, True, 1), ({}, False, 0)]
)
def test_redeliveries_of_rabbitmq_are_counted_as_far_as_it_does(
    headers: dict[str, Any], redelivered: Any, count: int
) -> None:
    delivery = rabbit._delivery(incoming(headers=headers, redelivered=redelivered))

    assert (delivery.redeliveries, delivery.headers) == (count, {})


def test_a_queue_has_a_name_that_the_client_library_lets_pass() -> None:
    queue = rabbit._queue(Source(Address("zones.{zone}.ümläut"), "pricing"))

    assert queue.name == "pricing.zones.+.:fc:ml:e4:ut"
    assert queue.routing() == "zones.*.ümläut"


@pytest.mark.parametrize(
    "data,body,headers",
    [
        ({b"__data__": b"not an envelope"}, b"not an envelope", {}),
        ({b"__data__": b'{"data": "x", "headers": [1]}'}, b"x", {}),
        ({b"__data__": b'{"data": "x", "headers": {"a": 5}}'}, b"x", {"a": "5"}),
        ({b"kind": b"position"}, b'{"kind": "position"}', {}),
        ({b"\xff": b"\xfe"}, b'{"\\ufffd": "\\ufffd"}', {}),
    ],
)
def test_entries_of_redis_that_somebody_else_wrote_are_read(
    data: dict[bytes, bytes], body: bytes, headers: dict[str, str]
) -> None:
    delivery = redis._delivery("t", b"5-1", data, 0)

    assert (delivery.body, delivery.headers) == (body, headers)


@pytest.mark.parametrize("value", ["a\r\nb", "a\nb", "\0"])
def test_a_header_that_would_be_two_on_nats_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="carries no header"):
        nats._headers(Publication("t", b"", {"a": value}))


@pytest.mark.parametrize(
    "wide,narrow,covers",
    [
        ("a.b", "a.b", True),
        ("a.*", "a.b", True),
        ("a.*", "a.>", False),
        ("a.>", "a.b.c", True),
        ("a.>", "a", False),
        ("a.b", "a.*", False),
        ("a.*", "a.b.c", False),
        (">", "a.*", True),
    ],
)
def test_a_subject_covers_what_it_matches(wide: str, narrow: str, covers: bool) -> None:  # noqa: FBT001 - of the table
    assert nats._covers(wide, narrow) is covers


def test_consumers_of_nats_have_names_of_letters_that_differ_with_group_and_address() -> None:
    sources = [Source(Address(address), group) for group in ("a.b", "a-b") for address in ("x", "x.>")]

    names = {nats._durable(source) for source in sources}

    assert len(names) == len(sources)
    assert all(name.replace("-", "").isalnum() for name in names)


def test_a_message_of_mqtt_without_properties_is_a_body_and_a_topic() -> None:
    delivery = mqtt._delivery(SimpleNamespace(topic="t", payload=b"x", properties=None))

    assert (delivery.address, delivery.body, delivery.headers) == ("t", b"x", {})


def test_faststream_is_given_bodies_and_hands_over_messages_untouched() -> None:
    async def scenario() -> tuple[Any, Any]:
        codec, message = faststream.Untouched(), await faststream.raw("raw")
        encoded = await codec.encode(faststream.cargo(Publication("t", b"\xff", content_type="a/b")))
        return encoded, (await codec.decode(message)).raw_message

    assert asyncio.run(scenario()) == ((b"\xff", "a/b"), "raw")


def test_headers_that_are_no_texts_can_not_leave_where_headers_are_texts() -> None:
    with pytest.raises(ValueError, match="utf-8"):
        faststream.texts(Publication("t", b"", {"a": b"\xff"}))


@pytest.mark.parametrize("subject", ["", "a..b", ".a", "a.", ">", "a.*", "a b", "a\tb", "$JS.API.STREAM.DELETE.events"])
def test_nats_publishes_to_no_pattern_and_to_nothing_of_its_own(subject: str) -> None:
    with pytest.raises(ValueError, match="no subject"):
        asyncio.run(nats.NatsTransport("nats://127.0.0.1:1").publish(Publication(subject, b"")))


@pytest.mark.parametrize("topic", ["", ".", "..", "a/b", "a b", "ä", "a" * 250, "a\n"])
def test_kafka_publishes_to_no_topic_that_it_can_not_have(topic: str) -> None:
    async def scenario() -> None:
        await kafka.KafkaTransport("127.0.0.1:1, 127.0.0.1:2").publish(Publication(topic, b""))

    with pytest.raises(ValueError, match="no topic"):
        asyncio.run(scenario())


@pytest.mark.parametrize("topic", ["", "+", "a/#", "a\0b"])
def test_mqtt_publishes_to_no_pattern(topic: str) -> None:
    async def scenario() -> None:
        transport = mqtt.MqttTransport("mqtt://127.0.0.1:1", "me")
        # Topics are checked by the client library, before anything is sent.
        transport._broker.config.connect(zmqtt.MQTTClient("127.0.0.1", 1, version="5.0"))
        await transport.publish(Publication(topic, b""))

    with pytest.raises(ValueError, match="opic"):
        asyncio.run(scenario())
