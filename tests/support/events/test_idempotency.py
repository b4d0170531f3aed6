"""Copies of a message are answered again, and not handled again."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from apictl.support.events.declarations import HeaderSet, MessageKind
from apictl.support.events.idempotency import Handled, HandledInMemory, HandledInSqlite
from apictl.support.events.locations import Location
from apictl.support.events.memory_transport import MemoryTransport
from apictl.support.events.receiver import Receiver, Reception
from apictl.support.events.settings import Settings
from tests.support.events.example import channels, models
from tests.support.events.pricing import World, position, quote_request


@pytest.fixture(params=["memory", "sqlite"])
def handled(request: pytest.FixtureRequest, tmp_path: Path) -> Handled:
    """Return a memory of three messages."""
    return HandledInMemory(3) if request.param == "memory" else HandledInSqlite(tmp_path / "handled.db", most=3)


def test_a_copy_is_not_handled_again(handled: Handled) -> None:
    world = World(Settings(handled=handled))

    asyncio.run(world.sent(position(1), position(1), position(2), position(1)))

    assert [sequence for _, sequence, _ in world.handlers.seen] == [1, 2]


def test_copies_that_come_at_once_are_handled_once(handled: Handled) -> None:
    world = World(Settings(handled=handled))

    async def linger() -> None:
        await asyncio.sleep(0.001)

    world.handlers.before = linger
    other_key = replace(position(1), key="another")

    asyncio.run(world.sent(position(1), other_key, replace(position(1), key=None)))

    assert len(world.handlers.seen) == 1


def test_what_failed_for_good_is_not_remembered(handled: Handled) -> None:
    world = World(Settings(handled=handled))
    world.handlers.faults.extend([OSError("down")] * 5)

    asyncio.run(world.sent(position(1)))
    asyncio.run(world.sent(world.dead_letters[0].again()))

    assert world.handlers.seen == [("d-1", 1, 1)]


def test_the_eldest_is_forgotten(handled: Handled) -> None:
    async def scenario() -> list[bytes | None]:
        for number in range(5):
            await handled.keep(str(number), b"%d" % number)
        await handled.keep("3", b"three")
        return [await handled.find(str(number)) for number in range(6)]

    assert asyncio.run(scenario()) == [None, None, b"2", b"three", b"4", None]


def test_messages_are_remembered_beyond_the_process(tmp_path: Path) -> None:
    first = HandledInSqlite(tmp_path / "handled.db")
    asyncio.run(first.keep("k", b"answer"))
    first.close()

    assert asyncio.run(HandledInSqlite(tmp_path / "handled.db").find("k")) == b"answer"


def test_a_copy_of_a_request_gets_the_same_answer_at_its_own_address() -> None:
    world = World(Settings(handled=HandledInMemory()))
    answers = iter(["1.00", "2.00"])

    async def on_quote_requested(payload: models.QuoteRequested, _context: object) -> models.QuotePriced:
        return models.QuotePriced(total=next(answers), currency=models.Currency(payload.zone.upper()))

    requested = MessageKind(
        "QuoteRequested",
        models.QuoteRequested,
        "QuoteRequested",
        headers=HeaderSet("QuoteRequested/headers", frozenset({"correlationId", "replyTo"})),
        correlation=Location("header", "/correlationId"),
        idempotency=Location("payload", "/passengerId"),
    )
    channel = replace(channels.QUOTES, messages=(requested,))
    operation = replace(channels.ANSWER_QUOTE, channel=channel, messages=(requested,))

    async def scenario() -> None:
        transport = MemoryTransport(world.broker)
        receptions = [Reception(operation, {requested: on_quote_requested})]
        async with transport, Receiver(channels.SERVICE, transport, receptions, world.settings):
            await transport.publish(quote_request("c-1", "here", zone="eur"))
            await transport.publish(quote_request("c-2", "there", zone="eur"))
            await world.broker.drained()

    asyncio.run(scenario())

    (first,), (second,) = world.broker.published_to("here"), world.broker.published_to("there")
    assert first.body == second.body == b'{"total":"1.00","currency":"EUR"}'
    assert (first.headers, second.headers) == ({"correlationId": "c-1"}, {"correlationId": "c-2"})
    assert (first.correlation_id, second.correlation_id) == ("c-1", "c-2")
