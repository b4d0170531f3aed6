"""What leaves has been judged."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from apictl.support.events.errors import InvalidMessage, UndeclaredMessage
from apictl.support.events.memory_transport import MemoryTransport
from apictl.support.events.messages import Publication
from apictl.support.events.publisher import Publisher
from apictl.support.events.settings import Settings
from apictl.support.events.writing import Outgoing
from tests.support.events.example import channels, events, models

SURGE = Publication("zones.mitte.surge", b'{"factor":2}', content_type="application/json")


def sent(payload: Any, *, zone_code: str = "mitte", key: str | None = None) -> Publication:
    """Publish *payload*, and return what the broker got."""
    transport = MemoryTransport()
    asyncio.run(events.PricingPublisher(transport).surge_changed(payload, zone_code=zone_code, key=key))
    (publication,) = transport.broker.published
    return publication


def test_a_message_leaves_as_bytes_at_the_address_of_its_parameters() -> None:
    publication = sent(models.SurgeChanged(factor=2.5), zone_code="berlin-mitte", key="k")

    assert (publication.address, publication.body) == ("zones.berlin-mitte.surge", b'{"factor":2.5}')
    assert (publication.key, publication.content_type) == ("k", "application/json")
    assert publication.message_id


@pytest.mark.parametrize(
    "payload",
    [
        models.SurgeChanged(factor=6),
        models.SurgeChanged(factor=float("nan")),
        models.SurgeChanged.model_construct(factor="high"),
        models.SurgeChanged.model_construct(),
        models.QuoteDeclined(reason="another message"),
        object(),
        None,
    ],
)
def test_a_payload_that_breaks_the_contract_does_not_leave(payload: Any) -> None:
    with pytest.raises(InvalidMessage, match="SurgeChanged: payload"):
        sent(payload)


@pytest.mark.parametrize("zone_code", ["Mitte", "", "a.b", "mitte.surge.zones.x"])
def test_a_parameter_that_breaks_the_contract_makes_no_address(zone_code: str) -> None:
    with pytest.raises(InvalidMessage, match="address"):
        sent(models.SurgeChanged(factor=2), zone_code=zone_code)


def test_a_message_of_another_operation_is_undeclared() -> None:
    transport = MemoryTransport()
    publisher = Publisher(channels.SERVICE, transport, Settings())

    with pytest.raises(UndeclaredMessage):
        asyncio.run(publisher.send(channels.PUBLISH_SURGE, Outgoing(channels.QUOTE_DECLINED, None)))

    assert not transport.broker.published


def test_missing_headers_do_not_leave() -> None:
    operation = replace(channels.PUBLISH_SURGE, channel=channels.DRIVERS, messages=(channels.POSITION_CHANGED,))
    payload = models.PositionChanged(kind="position", driver_id="d-1", lat=1, lon=1)
    publisher = Publisher(channels.SERVICE, MemoryTransport(), Settings())

    with pytest.raises(InvalidMessage, match="headers"):
        asyncio.run(publisher.send(operation, Outgoing(channels.POSITION_CHANGED, payload)))


def test_headers_are_written_as_they_are_read_and_the_key_is_taken_from_the_message() -> None:
    operation = replace(channels.PUBLISH_SURGE, channel=channels.DRIVERS, messages=(channels.POSITION_CHANGED,))
    payload = models.PositionChanged(kind="position", driver_id="d-1", lat=1, lon=1)
    headers = models.PositionChangedHeaders(event_id="e", sequence=3)
    transport = MemoryTransport()
    publisher = Publisher(channels.SERVICE, transport, Settings())

    asyncio.run(publisher.send(operation, Outgoing(channels.POSITION_CHANGED, payload, headers)))

    (publication,) = transport.broker.published
    assert publication.headers == {"eventId": "e", "sequence": "3"}
    assert publication.key == "d-1"


@pytest.mark.parametrize(
    "publication, error",
    [
        (replace(SURGE, address="zones.mitte"), UndeclaredMessage),
        (replace(SURGE, address="drivers.positions"), UndeclaredMessage),
        (replace(SURGE, address="zones.MITTE.surge"), InvalidMessage),
        (replace(SURGE, body=b'{"factor":7}'), InvalidMessage),
        (replace(SURGE, content_type="text/plain"), InvalidMessage),
    ],
)
def test_bytes_are_judged_like_everything_else(publication: Publication, error: type[Exception]) -> None:
    transport = MemoryTransport()
    publisher = Publisher(channels.SERVICE, transport, Settings())

    asyncio.run(publisher.publish(SURGE))
    with pytest.raises(error):
        asyncio.run(publisher.publish(publication))

    assert list(transport.broker.published) == [SURGE]
