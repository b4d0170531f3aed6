"""Messages as CloudEvents, and trace context that goes with them."""

from __future__ import annotations

import asyncio
import base64
from dataclasses import replace
from typing import Any

import orjson
import pytest

from apictl.support.events.cloudevents import CloudEvent, CloudEvents, Mode, unwrap, wrap
from apictl.support.events.errors import NotConforming
from apictl.support.events.messages import Delivery, Publication, delivered
from apictl.support.events.settings import Settings
from apictl.support.events.tracing import TRACE, trace_of
from tests.support.events.example import events, models
from tests.support.events.pricing import World, position

PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
EVENT = CloudEvent("1", "/drivers", "PositionChanged", subject="d-1", extensions={"tenant": "a"})


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("prefix", ["ce_", "ce-", "cloudEvents_", "cloudEvents:"])
@pytest.mark.parametrize(
    "content_type, body", [("application/json", b'{"a":[1,"\xc3\xa9"]}'), ("", b"5"), ("image/png", b"\x00\xff")]
)
def test_what_is_wrapped_is_unwrapped_into_the_same(mode: Mode, prefix: str, content_type: str, body: bytes) -> None:
    publication = Publication("a", body, {"own": "1"}, "k", content_type)

    delivery, event = unwrap(delivered(wrap(publication, EVENT, CloudEvents("/x", mode, prefix))))

    assert event == EVENT
    assert delivery.body == body
    assert delivery.content_type in {content_type, "application/json"}


@pytest.mark.parametrize("mode", Mode)
def test_a_receiver_reads_both_modes(mode: Mode) -> None:
    world = World()

    asyncio.run(world.sent(wrap(position(1), EVENT, CloudEvents("/drivers", mode))))

    assert world.handlers.seen == [("d-1", 1, 1)]
    assert world.handlers.contexts[0].event == EVENT
    assert world.dead_letters == ()


@pytest.mark.parametrize(
    "described",
    [
        [],
        {"specversion": "0.3", "id": "1", "source": "/s", "type": "t"},
        {"specversion": "1.0", "id": "1", "source": "/s"},
        {"specversion": "1.0", "id": 1, "source": "/s", "type": "t"},
        {"specversion": "1.0", "id": "1", "source": "/s", "type": "t", "datacontenttype": 5},
        {"specversion": "1.0", "id": "1", "source": "/s", "type": "t", "data_base64": "!"},
        {"specversion": "1.0", "id": "1", "source": "/s", "type": "t", "data_base64": 5},
        {"specversion": "1.0", "id": "1", "source": "/s", "type": "t"},
    ],
)
def test_what_says_that_it_is_an_event_and_is_none_is_dead_lettered_as_it_came(described: Any) -> None:
    world = World()
    wrong = replace(position(1), body=orjson.dumps(described), content_type="application/cloudevents+json")

    asyncio.run(world.sent(wrong, replace(position(1), content_type="application/cloudevents-batch+json")))

    assert world.dead_letters[0].again() == wrong
    assert len(world.dead_letters) == 2
    assert world.handlers.seen == []


def test_mqtt_has_attributes_without_a_prefix_and_one_of_them_alone_makes_no_event() -> None:
    attributes = {"specversion": "1.0", "id": "1", "source": "/s", "type": "t", "own": "x"}

    assert unwrap(Delivery("a", b"1", attributes))[1] == CloudEvent("1", "/s", "t")
    assert unwrap(Delivery("a", b"1", {"specversion": "1.0", "id": "1"}))[1] is None


def test_an_event_in_headers_with_a_missing_attribute_is_refused() -> None:
    with pytest.raises(NotConforming, match="'id'"):
        unwrap(Delivery("a", b"1", {"ce_specversion": "1.0", "ce_source": "/s", "ce_type": "t"}))


@pytest.mark.parametrize("mode", Mode)
def test_a_publisher_sends_events_where_it_is_told_to(mode: Mode) -> None:
    world = World(Settings(events=CloudEvents("/pricing", mode), identify=lambda: "id-1"))

    async def scenario() -> None:
        async with world.running() as transport:
            publisher = events.PricingPublisher(transport, world.settings)
            await publisher.surge_changed(models.SurgeChanged(factor=2), zone_code="mitte")

    asyncio.run(scenario())

    (publication,) = world.broker.published
    delivery, event = unwrap(delivered(publication))
    assert event == CloudEvent("id-1", "/pricing", "SurgeChanged", time="2020-01-01T00:00:00Z")
    assert delivery.body == b'{"factor":2.0}'
    assert publication.message_id == "id-1"


def test_bytes_in_a_structured_event_are_base64() -> None:
    wrapped = wrap(Publication("a", b"\xff", content_type="image/png"), EVENT, CloudEvents("/x", Mode.STRUCTURED))

    assert base64.b64decode(orjson.loads(wrapped.body)["data_base64"]) == b"\xff"


@pytest.mark.parametrize("name", ["Tenant", "a-b", "", "data", "id", "é"])
def test_an_extension_needs_a_name_that_is_one(name: str) -> None:
    with pytest.raises(ValueError, match="extension"):
        wrap(Publication("a", b"1"), replace(EVENT, extensions={name: "x"}), CloudEvents("/x"))


def test_what_is_published_while_handling_carries_the_trace_of_the_delivery() -> None:
    world = World()
    state = {"traceparent": PARENT, "tracestate": "a=1"}
    traced = replace(position(1), headers={**position(1).headers, **state})

    async def scenario() -> None:
        async with world.running() as transport:
            publisher = events.PricingPublisher(transport)

            async def publish() -> None:
                await asyncio.sleep(0)
                await publisher.surge_changed(models.SurgeChanged(factor=2), zone_code="mitte")

            world.handlers.before = publish
            await transport.publish(traced)
            await transport.publish(position(1, driverId="d-2"))
            await transport.publish(position(2, lat=99))
            await world.broker.drained()
        assert TRACE.get() == {}

    asyncio.run(scenario())

    first, second = world.broker.published_to("zones.mitte.surge")
    assert first.headers == state
    assert second.headers == {}
    assert "traceparent" not in world.dead_letters[0].delivery.headers


@pytest.mark.parametrize(
    "parent",
    [
        "",
        "garbage",
        PARENT.replace("0af7651916cd43dd8448eb211c80319c", "0" * 32),
        PARENT.replace("b7ad6b7169203331", "0" * 16),
        "ff" + PARENT[2:],
        PARENT.upper(),
        PARENT + "-more",
        b"\xff",
        7,
    ],
)
def test_what_is_no_trace_context_is_not_passed_on(parent: str | bytes | int) -> None:
    assert trace_of({"traceparent": parent, "tracestate": "a=1"}) == {}


def test_a_later_version_of_trace_context_is_passed_on() -> None:
    later = "01" + PARENT[2:] + "-more"

    assert trace_of({"traceparent": later.encode()}) == {"traceparent": later}
