"""Keys and identities that stand in messages."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from apictl.support.events.addresses import Address
from apictl.support.events.declarations import Channel, HeaderSet, MessageKind, Receive, Send, Service
from apictl.support.events.errors import InvalidMessage, NotConforming, Rule
from apictl.support.events.idempotency import HandledInMemory
from apictl.support.events.identities import identity
from apictl.support.events.locations import Location
from apictl.support.events.memory import MemoryBroker
from apictl.support.events.memory_transport import MemoryTransport
from apictl.support.events.messages import Publication, delivered
from apictl.support.events.publisher import Publisher
from apictl.support.events.reading import Reader
from apictl.support.events.receiver import Receiver, Reception
from apictl.support.events.settings import Settings
from apictl.support.events.writing import Outgoing
from apictl.support.judge import Judge

JUDGE = Judge.of({"key": {"type": "string", "maxLength": 3}, "headers": {"type": "object"}})
KEYED = MessageKind("keyed", Any, key=Location("payload", "/id"), key_schema="key")
EVENT = MessageKind(
    "event",
    Any,
    headers=HeaderSet("headers", frozenset({"ce_id", "ce_source"})),
    idempotency=Location("header", "/ce_id"),
    idempotency_scope=Location("header", "/ce_source"),
)
CHANNEL = Channel("c", Address("a"), (KEYED,))
SEND: Send[None] = Send("tell", CHANNEL, (KEYED,))
SERVICE = Service("t", JUDGE, sends=(SEND,))


def sent(payload: dict[str, str], key: str | None = None) -> Publication:
    kept: list[Publication] = []

    class Outlet:
        async def publish(self, publication: Publication) -> None:
            kept.append(publication)

    publisher = Publisher(SERVICE, Outlet(), Settings())
    asyncio.run(publisher.send(SEND, Outgoing(KEYED, payload, key=key)))
    return kept[0]


def test_key_is_taken_from_the_message() -> None:
    assert sent({"id": "k"}).key == "k"


@pytest.mark.parametrize("payload, key", [({"id": "k"}, "l"), ({"id": "long"}, None), ({}, None)])
def test_key_that_the_message_or_the_schema_refuses_does_not_leave(payload: dict[str, str], key: str | None) -> None:
    with pytest.raises(InvalidMessage) as refused:
        sent(payload, key)

    assert {reason.rule for reason in refused.value.reasons} == {Rule.KEY}


@pytest.mark.parametrize("key", ["l", "long"])
def test_key_that_the_message_or_the_schema_refuses_is_not_received(key: str) -> None:
    reader = Reader(CHANNEL, Settings().judging(JUDGE))

    with pytest.raises(NotConforming) as refused:
        reader.read(delivered(Publication("a", b'{"id": "k"}', key=key)))

    assert {reason.rule for reason in refused.value.reasons} == {Rule.KEY}


@pytest.mark.parametrize("key", ["k", None])
def test_key_that_fits_or_that_the_transport_does_not_carry_is_received(key: str | None) -> None:
    reader = Reader(CHANNEL, Settings().judging(JUDGE))

    assert reader.read(delivered(Publication("a", b'{"id": "k"}', key=key))).kind is KEYED


def test_event_is_a_copy_only_of_one_of_its_own_source() -> None:
    one, same, other = ({"ce_id": "1", "ce_source": source} for source in ("/a", "/a", "/b"))

    assert identity(EVENT, one, None) == identity(EVENT, same, None) != identity(EVENT, other, None)
    assert identity(EVENT, {"ce_id": "1"}, None) is None


def test_copy_of_an_event_is_handled_once_and_another_source_s_is_none() -> None:
    handled: list[str] = []

    async def on_event(payload: str, _context: object) -> None:
        handled.append(payload)

    async def run() -> None:
        operation = Receive("take", Channel("c", Address("a"), (EVENT,)), (EVENT,))
        service = Service("t", JUDGE, receives=(operation,))
        settings = Settings(handled=HandledInMemory())
        receptions = [Reception(operation, {EVENT: on_event})]
        broker = MemoryBroker()
        transport = MemoryTransport(broker)
        async with transport, Receiver(service, transport, receptions, settings):
            for number, source in enumerate(("/a", "/a", "/b")):
                headers = {"ce_specversion": "1.0", "ce_type": "t", "ce_id": "1", "ce_source": source}
                await transport.publish(Publication("a", b'"%d"' % number, headers))
            await broker.drained()

    asyncio.run(run())

    assert handled == ["0", "2"]
