"""What a receiver does with deliveries: handle, retry, answer, dead-letter; in order, and to the end."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from apictl.support.events.errors import Reject, Retry
from apictl.support.events.memory import ConnectionLost, Point
from apictl.support.events.messages import Delivery, Publication
from apictl.support.events.retries import Retries
from apictl.support.events.settings import Settings
from tests.support.events.example import models
from tests.support.events.pricing import World, position, quote_request


def test_a_valid_message_reaches_its_handler_as_typed_values() -> None:
    world = World()
    offline = position(1, kind="offline", lat=..., lon=..., zone=...)

    asyncio.run(world.sent(position(7), offline))

    assert world.handlers.seen == [("d-1", 7, 1)]
    assert world.handlers.offline == ["d-1"]
    assert world.dead_letters == ()
    assert world.broker.unacknowledged == 0


def test_a_message_without_content_type_has_the_declared_one() -> None:
    world = World()

    asyncio.run(
        world.sent(
            replace(position(1), content_type=""), replace(position(2), content_type="Application/JSON; charset=utf-8")
        )
    )

    assert [sequence for _, sequence, _ in world.handlers.seen] == [1, 2]


def test_headers_are_texts_bytes_or_numbers_as_the_broker_has_them() -> None:
    world = World()
    as_bytes = replace(position(1), headers={"eventId": b"e", "sequence": b"1"})

    asyncio.run(world.sent(as_bytes, replace(position(2), headers={"eventId": "e", "sequence": 2})))

    assert [sequence for _, sequence, _ in world.handlers.seen] == [1, 2]


def test_a_failing_handler_is_tried_again_after_growing_pauses() -> None:
    world = World(Settings(retries=Retries(attempts=4, first_seconds=1, factor=3)))
    world.handlers.faults.extend([OSError("down"), OSError("down"), OSError("down")])
    began = world.clock.now()

    asyncio.run(world.sent(position(1)))

    assert world.handlers.seen == [("d-1", 1, 4)]
    assert (world.clock.now() - began).total_seconds() == 1 + 3 + 9
    assert world.dead_letters == ()


def test_a_handler_that_fails_at_every_attempt_loses_nothing() -> None:
    world = World(Settings(retries=Retries(attempts=2)))
    world.handlers.faults.extend([OSError("down"), OSError("still down")])

    asyncio.run(world.sent(position(1), position(2)))

    (letter,) = world.dead_letters
    assert [str(reason) for reason in letter.reasons] == ["failed: OSError: still down"]
    assert letter.attempts == 2
    assert letter.again() == position(1)
    assert world.handlers.seen == [("d-1", 2, 1)]


def test_a_handler_may_reject_at_once_and_may_say_when_to_try_again() -> None:
    world = World()
    world.handlers.faults.extend([Reject("the driver is unknown"), Retry(after_seconds=90)])
    began = world.clock.now()

    asyncio.run(world.sent(position(1), position(2)))

    (letter,) = world.dead_letters
    assert [str(reason) for reason in letter.reasons] == ["rejected: the driver is unknown"]
    assert world.handlers.seen == [("d-1", 2, 2)]
    assert (world.clock.now() - began).total_seconds() == 90


def test_a_lost_acknowledgement_brings_the_message_again() -> None:
    lost = [False]

    async def lose(point: Point, _what: Publication | Delivery) -> None:
        if point is Point.HANDLED and not lost[0]:
            lost[0] = True
            raise ConnectionLost("the acknowledgement is lost")

    world = World(checkpoint=lose)

    asyncio.run(world.sent(position(1), position(2)))

    assert [sequence for _, sequence, _ in world.handlers.seen] == [1, 1, 2]
    assert [context.delivery.redeliveries for context in world.handlers.contexts] == [0, 1, 0]


def test_a_request_gets_one_correlated_reply_at_the_address_it_names() -> None:
    world = World()

    asyncio.run(world.sent(quote_request("c-9", "replies.9")))

    (reply,) = world.broker.published_to("replies.9")
    assert reply.body == b'{"total":"9.90","currency":"EUR"}'
    assert reply.headers == {"correlationId": "c-9"}
    assert (reply.correlation_id, reply.content_type) == ("c-9", "application/json")


@pytest.mark.parametrize(
    "reply",
    [models.QuotePriced(total="free", currency=models.Currency.EUR), models.RouteAsked(from_="a", to="b"), None],
)
def test_a_reply_that_breaks_the_contract_does_not_leave(reply: Any) -> None:
    world = World()
    world.handlers.reply = reply

    asyncio.run(world.sent(quote_request()))

    assert world.broker.published_to("replies") == ()
    assert world.rules == ["reply"]
    assert len(world.handlers.contexts) == 1


@pytest.mark.parametrize("reply_to", ["x" * 2000, "re\nplies"])
def test_a_reply_address_that_is_none_refuses_the_request_before_the_handler(reply_to: str) -> None:
    world = World()

    asyncio.run(world.sent(quote_request(reply_to=reply_to)))

    assert world.rules == ["reply-address"]
    assert world.handlers.contexts == []


def test_a_reply_goes_only_to_where_the_service_lets_it_go() -> None:
    world = World(Settings(may_reply_to=lambda address: address.startswith("replies.")))

    asyncio.run(world.sent(quote_request(reply_to="payments.commands"), quote_request(reply_to="replies.1")))

    assert world.rules == ["reply-address"]
    assert world.broker.published_to("payments.commands") == ()
    assert len(world.broker.published_to("replies.1")) == 1


def test_something_cancelled_within_a_handler_is_a_failure_like_any_other() -> None:
    world = World(Settings(retries=Retries(attempts=2)))

    async def await_something_cancelled() -> None:
        other = asyncio.ensure_future(asyncio.sleep(100))
        other.cancel()
        await other

    world.handlers.before = await_something_cancelled

    asyncio.run(asyncio.wait_for(world.sent(position(1)), 5))

    assert world.rules == ["failed"]
    assert [context.attempt for context in world.handlers.contexts] == [1, 2]


def test_every_attempt_gets_the_message_as_it_came() -> None:
    world = World()
    seen: list[float] = []

    async def spoil(payload: models.PositionChanged, _headers: object, _context: object) -> None:
        seen.append(payload.lat)
        payload.lat = 0
        if len(seen) == 1:
            raise OSError("half done")

    world.handlers.on_position_changed = spoil  # type: ignore[method-assign, assignment]  # another handler

    asyncio.run(world.sent(position(1)))

    assert seen == [52.5, 52.5]


def test_a_message_that_ends_every_process_can_be_given_up() -> None:
    async def die(point: Point, what: Publication | Delivery) -> None:
        if point is Point.HANDLED and isinstance(what, Delivery) and what.redeliveries < 3:
            raise ConnectionLost("the process is gone")

    world = World(Settings(retries=Retries(redeliveries=2)), checkpoint=die)

    asyncio.run(world.sent(position(1)))

    assert len(world.handlers.seen) == 3
    assert world.rules == ["failed"]
