"""Channels side by side, and the operations on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from apictl.contract.events import Channel, ChannelParameter, Direction, EventOperation, Events, Message
from apictl.diff.events.pairs import ChannelParameterPair, EventOperationPair
from apictl.diff.law import Side
from apictl.diff.matching import completed, either, in_order, partners
from apictl.diff.paths import shape
from apictl.diff.spot import Role, Spot


@dataclass(frozen=True, slots=True)
class Half:
    """The events of one of two contracts.

    Attributes:
        events: all.
        operations: by name of their channel, in the document's order.
        used: names of channels that an operation is on, or replies go to.
        addresses: of channels by name; "" of one that is known only at run time.
    """

    events: Events
    operations: Mapping[str, Sequence[EventOperation]]
    used: frozenset[str]
    addresses: Mapping[str, str]

    def on(self, channel: Channel | None, direction: Direction) -> tuple[EventOperation, ...]:
        """Return the operations of *direction* on *channel*."""
        found = () if channel is None else self.operations.get(channel.name, ())
        return tuple(operation for operation in found if operation.direction is direction)

    def messages(self, names: Sequence[str]) -> tuple[Message, ...]:
        """Return the messages of these *names*, each once."""
        return tuple(self.events.messages[name] for name in dict.fromkeys(names) if name in self.events.messages)

    def address(self, name: str | None) -> str:
        """Return the address of the channel called *name*; "" when there is none, or it is known only at run time."""
        return "" if name is None else self.addresses.get(name, "")


def half(events: Events) -> Half:
    """Return *events* as one of two."""
    operations: dict[str, list[EventOperation]] = {}
    for operation in events.operations:
        operations.setdefault(operation.channel, []).append(operation)
    replies = {one.reply.channel for one in events.operations if one.reply is not None and one.reply.channel}
    addresses = {channel.name: channel.address or "" for channel in events.channels}
    return Half(events, operations, frozenset({*operations, *replies}), addresses)


def channel_partners(old: Half, new: Half) -> dict[int, int]:
    """Return for each index of a channel of *new* that of the same in *old*.

    By address, whatever its parameters are called, then by what is done there, then by its key.
    """
    before, after = old.events.channels, new.events.channels
    known = partners(before, after, lambda channel: (channel.name, _shape(channel)))
    known = completed(known, before, after, _shape)
    done = {id(channel): each for each in (old, new) for channel in each.events.channels}
    known = completed(known, before, after, lambda channel: _done(done[id(channel)], channel))
    return completed(known, before, after, lambda channel: channel.name)


def operation_pairs(
    old: Sequence[EventOperation], new: Sequence[EventOperation], spot: Spot
) -> Iterator[EventOperationPair]:
    """Yield the operations of one direction on one channel: by id, then by what they send or receive."""
    known = partners(old, new, lambda operation: operation.id)
    known = completed(known, old, new, lambda operation: frozenset(operation.messages))
    known = completed(known, old, new, lambda _operation: ())
    for was, now in in_order(old, new, known):
        at = operation_spot(either(now, was), spot)
        yield EventOperationPair(was, now, at.of(was, now), is_covered=bool(old) and bool(new))


def operation_spot(operation: EventOperation, spot: Spot) -> Spot:
    """Return where *operation* stands, whose channel is at *spot*."""
    return Spot(
        side=side_of(operation.direction),
        old=spot.old,
        new=spot.new,
        label=f"{operation.direction.value.upper()} {spot.channel}",
        operation_id=operation.id,
        role=Role.EVENT,
        channel=spot.channel,
    )


def parameter_pairs(old: Channel, new: Channel, spot: Spot) -> Iterator[ChannelParameterPair]:
    """Yield the parameters by their position; none where they are not as many, for then the address is another."""
    before, after = old.parameters, new.parameters
    if len(before) == len(after):
        for was, now in zip(before, after, strict=True):
            yield ChannelParameterPair(was, now, spot.of(was, now).at(f"parameter {_named(now)}"))


def side_of(direction: Direction) -> Side:
    """Return which way the messages of *direction* travel."""
    return Side.ACCEPTS if direction is Direction.RECEIVE else Side.PRODUCES


def title(channel: Channel) -> str:
    """Return what *channel* is called in a sentence: its address, else its key."""
    return channel.address or channel.name


def _named(parameter: ChannelParameter) -> str:
    return repr(parameter.name)


def _shape(channel: Channel) -> str | None:
    return None if channel.address is None else shape(channel.address)


def _done(one: Half, channel: Channel) -> frozenset[tuple[str, str]] | None:
    found = one.operations.get(channel.name, ())
    return frozenset((operation.direction.value, operation.id) for operation in found) or None
