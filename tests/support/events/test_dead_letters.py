"""What is not handled is kept: as it came, with the reason."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from apictl.support.events.memory import ConnectionLost, Point
from apictl.support.events.messages import Delivery, Publication
from tests.support.events.pricing import DEAD_LETTERS, World, position, quote_request


@pytest.mark.parametrize(
    "publication, rule, pointer",
    [
        (position(1, driverId="nobody"), "payload", "/driverId"),
        (position(1, lat=91), "payload", "/lat"),
        (position(1, lon=...), "payload", ""),
        (position(1, kind="parked"), "unknown-message", ""),
        (position(1, kind=...), "unknown-message", "/kind"),
        (replace(position(1), body=b'{"kind": "position"'), "unreadable", ""),
        (replace(position(1), body=b""), "unreadable", ""),
        (replace(position(1), body=b"\xff\xfe"), "unreadable", ""),
        (replace(position(1), body=b"[" * 100_000), "unreadable", ""),
        (replace(position(1), body=b"null"), "unknown-message", "/kind"),
        (replace(position(1), content_type="text/plain"), "content-type", ""),
        (replace(position(1), content_type="application/*"), "content-type", ""),
        (replace(position(1), content_type="no media type"), "content-type", ""),
        (replace(position(1), headers={}), "headers", ""),
        (replace(position(1), headers={"eventId": "e"}), "headers", ""),
        (replace(position(1), headers={"eventId": "e", "sequence": "-1"}), "headers", "/sequence"),
        (replace(position(1), headers={"eventId": "e", "sequence": "one"}), "headers", "/sequence"),
        (replace(position(1), headers={"eventId": b"\xff", "sequence": "1"}), "headers", "/eventId"),
    ],
)
def test_what_does_not_conform_is_dead_lettered_unchanged_and_the_next_one_passes(
    publication: Publication, rule: str, pointer: str
) -> None:
    world = World()

    asyncio.run(world.sent(publication, position(2)))

    (letter,) = world.dead_letters
    assert (letter.reasons[0].rule.value, letter.reasons[0].pointer) == (rule, pointer)
    assert (letter.delivery.body, letter.delivery.headers) == (publication.body, publication.headers)
    assert letter.again() == publication
    assert (letter.group, letter.attempts) == ("pricing", 0)
    assert world.handlers.seen == [("d-1", 2, 1)]


def test_while_dead_letters_cannot_be_sent_the_message_stays_with_the_broker() -> None:
    lost = [0]

    async def lose(point: Point, what: Publication | Delivery) -> None:
        if point is Point.PUBLISHING and what.address == DEAD_LETTERS and lost[0] < 3:
            lost[0] += 1
            raise ConnectionLost("no dead letters now")

    world = World(checkpoint=lose)

    asyncio.run(world.sent(position(1, lat=91)))

    assert lost == [3]
    assert [letter.delivery.redeliveries for letter in world.dead_letters] == [0]
    assert world.rules == ["payload"]


def test_a_request_whose_reply_the_broker_can_never_have_is_dead_lettered_and_the_next_one_passes() -> None:
    async def refuse(point: Point, what: Publication | Delivery) -> None:
        if point is Point.PUBLISHING and what.address == ">":
            raise ValueError("'>' is no address")

    world = World(checkpoint=refuse)

    asyncio.run(world.sent(quote_request(reply_to=">"), quote_request("c-2")))

    assert world.rules == ["reply-address"]
    assert len(world.broker.published_to("replies")) == 1


def test_a_dead_letter_that_dies_again_keeps_its_history_and_its_bytes() -> None:
    world = World()
    asyncio.run(world.sent(position(1, lat=91)))
    (dead,) = world.broker.published_to(DEAD_LETTERS)

    asyncio.run(world.sent(replace(dead, address="drivers.positions")))

    first, second = world.dead_letters
    assert second.again() == replace(dead, address="drivers.positions")
    assert first.again() == position(1, lat=91)


@pytest.mark.parametrize("before", ["no JSON", "[" * 5000, "x" * 100_000, b"\xff", 7])
def test_a_hostile_history_stops_no_dead_letter(before: str | bytes | int) -> None:
    world = World()
    hostile = replace(position(1, lat=91), headers={**position(1).headers, "dead-letter": before})

    asyncio.run(world.sent(hostile))

    (letter,) = world.dead_letters
    assert letter.delivery.body == hostile.body
    assert letter.delivery.headers["dead-letter"] in {before, str(before)}
