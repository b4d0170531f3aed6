"""Which channel a message is of, and whose business it is."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, Final

from apictl.support.events.addresses import Address
from apictl.support.events.context import Context
from apictl.support.events.declarations import ByHeader, Channel, MessageKind, Parameter, Receive, Service
from apictl.support.events.memory_transport import MemoryTransport
from apictl.support.events.messages import Publication
from apictl.support.events.receiver import Receiver, Reception
from apictl.support.events.settings import Settings
from apictl.support.judge import Judge

ANY: Final = MessageKind("any", Any)
OTHER: Final = MessageKind("other", Any)


def received(channels_: Sequence[Channel], addresses: Sequence[str]) -> list[tuple[str, Any]]:
    """Return what a service that receives `any` on each of *channels_* gets, with the name of the channel."""
    got: list[tuple[str, Any]] = []
    operations = [Receive(f"receive{number}", channel, (ANY,)) for number, channel in enumerate(channels_)]

    def handler(name: str) -> Any:
        async def handle(payload: Any, _context: Context, **parameters: Any) -> None:
            got.append((name, parameters or payload))

        return handle

    async def scenario() -> None:
        service = Service("all", Judge.of({"number": {"type": "integer"}}), tuple(operations))
        transport = MemoryTransport()
        receptions = [Reception(each, {ANY: handler(each.channel.name)}) for each in operations]
        async with transport, Receiver(service, transport, receptions, Settings()):
            for address in addresses:
                await transport.publish(Publication(address, b"1"))
            await transport.broker.drained()
        assert not transport.broker.published_to("all.dead-letters")

    asyncio.run(scenario())
    return got


def test_of_two_channels_that_match_an_address_the_nearer_one_gets_the_message() -> None:
    one = Channel("one", Address("trips.{id}"), (ANY,), (Parameter("id", "trip"),))
    new = Channel("new", Address("trips.new"), (ANY,))

    assert sorted(received([one, new], ["trips.new", "trips.7"])) == [("new", 1), ("one", {"trip": "7"})]


def test_two_operations_on_one_channel_do_not_get_a_message_twice() -> None:
    both = Channel("both", Address("trips"), (ANY,))

    assert received([both, both], ["trips"]) == [("both", 1)]


def test_a_message_that_the_channel_has_and_nobody_here_handles_is_left_to_others() -> None:
    known = ByHeader("kind", {"any": ANY, "other": OTHER})
    channel = Channel("c", Address("c"), (ANY, OTHER), plan=known)
    operation = Receive("receive", channel, (ANY,))
    transport = MemoryTransport()
    got: list[Any] = []

    async def handle(payload: Any, _context: Context) -> None:
        got.append(payload)

    async def scenario() -> None:
        service = Service("some", Judge.of({}), (operation,))
        async with transport, Receiver(service, transport, [Reception(operation, {ANY: handle})], Settings()):
            for number, kind in enumerate(["other", "any", "third"]):
                await transport.publish(Publication("c", b"%d" % number, {"kind": kind}))
            await transport.broker.drained()

    asyncio.run(scenario())

    assert got == [1]
    assert [letter.body for letter in transport.broker.published_to("some.dead-letters")] == [b"2"]
    assert transport.broker.unacknowledged == 0
