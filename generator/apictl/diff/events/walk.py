"""Everything about events in two contracts that is compared, in the order of the new document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from apictl.contract.contract import Contract
from apictl.contract.events import Channel, Direction, EventOperation, Events
from apictl.diff.events.bindings import binding_pairs
from apictl.diff.events.channels import (
    Half,
    channel_partners,
    half,
    operation_pairs,
    operation_spot,
    parameter_pairs,
    side_of,
    title,
)
from apictl.diff.events.messages import inside, message_pairs
from apictl.diff.events.pairs import AnyEventPair, ChannelPair, EventOperationPair, ReplyPair
from apictl.diff.events.servers import Protection, channel_server_pairs, scheme_pairs, server_pairs
from apictl.diff.extensions import Extensions
from apictl.diff.law import Side
from apictl.diff.matching import either, in_order
from apictl.diff.pairs import Definitions, Life, LifePair, SchemaPair
from apictl.diff.paths import shape
from apictl.diff.scalars import as_text
from apictl.diff.schemas.difference import SchemaAt
from apictl.diff.spot import Role, Spot

_NOBODY: Final[Mapping[str, str]] = MappingProxyType({})


def event_pairs(old: Contract, new: Contract) -> Iterator[AnyEventPair]:
    """Yield what *old* and *new* agree about events, matched: brokers, ways to authenticate, channels."""
    if old.events is None and new.events is None:
        return
    before, after = old.events or Events(old.place), new.events or Events(new.place)
    schemes, protection = scheme_pairs(before, after)
    walk = _Walk(half(before), half(after), Definitions(old.definitions, new.definitions), protection=protection)
    yield from walk.servers()
    yield from schemes
    yield from walk.channels()


class _Walk:
    """Goes through the channels of two contracts."""

    def __init__(self, old: Half, new: Half, definitions: Definitions, *, protection: Protection) -> None:
        self._old = old
        self._new = new
        self._definitions = definitions
        self._protection = protection
        self._extensions = Extensions(definitions)

    def servers(self) -> Iterator[AnyEventPair]:
        """Yield the brokers, and what is asked of who connects to them."""
        for pair in server_pairs(self._old.events, self._new.events):
            yield pair
            if pair.old is not None and pair.new is not None:
                yield self._protection.pair(pair.old.security, pair.new.security, pair.spot)
                yield from binding_pairs(pair.old.bindings, pair.new.bindings, pair.spot, holder="server")

    def channels(self) -> Iterator[AnyEventPair]:
        """Yield the channels and everything on them."""
        old, new = self._old.events.channels, self._new.events.channels
        for was, now in in_order(old, new, channel_partners(self._old, self._new)):
            address = title(either(now, was))
            spot = Spot(
                *(Side.ACCEPTS, self._old.events.place, self._new.events.place),
                label=f"channel {address}",
                role=Role.EVENT,
                channel=address,
            )
            yield from self._channel(ChannelPair(was, now, spot.of(was, now), is_used=self._is_used(was, now)))

    def _is_used(self, old: Channel | None, new: Channel | None) -> bool:
        return (old is not None and old.name in self._old.used) or (new is not None and new.name in self._new.used)

    def _channel(self, pair: ChannelPair) -> Iterator[AnyEventPair]:
        yield pair
        old, new, spot = pair.old, pair.new, pair.spot
        if old is not None and new is not None:
            yield from channel_server_pairs((self._old.events, old), (self._new.events, new), spot)
            addresses = title(old), title(new)
            bindings = binding_pairs(old.bindings, new.bindings, spot, holder="channel", address=addresses)
            yield from self._with_extensions(bindings)
            yield from self._parameters(old, new, self._directed(pair))
        for direction in Direction:
            yield from self._traffic(old, new, direction, spot=spot)
        if old is not None and new is not None and not pair.is_used:
            at = replace(spot, is_both_ways=True)
            yield from self._messages((old.messages, new.messages), at)

    def _directed(self, pair: ChannelPair) -> Spot:
        """Return the spot of *pair* with the side of all that travels there."""
        directions = {
            direction
            for direction in Direction
            if self._old.on(pair.old, direction) or self._new.on(pair.new, direction)
        }
        if len(directions) == 1:
            return pair.spot.on(side_of(*directions))
        return replace(pair.spot, is_both_ways=True)

    def _parameters(self, old: Channel, new: Channel, spot: Spot) -> Iterator[AnyEventPair]:
        for pair in parameter_pairs(old, new, spot):
            yield pair
            if pair.old is not None and pair.new is not None:
                before = as_text(SchemaAt(pair.old.schema, pair.old.place), self._definitions.old)
                after = as_text(SchemaAt(pair.new.schema, pair.new.place), self._definitions.new)
                yield SchemaPair(before, after, pair.spot, root=pair.new.name)

    def _traffic(
        self, old: Channel | None, new: Channel | None, direction: Direction, *, spot: Spot
    ) -> Iterator[AnyEventPair]:
        before, after = self._old.on(old, direction), self._new.on(new, direction)
        for pair in operation_pairs(before, after, spot):
            yield from self._operation(pair)
        if before and after:
            carriers = {name: one.id for one in reversed((*after, *before)) for name in one.messages}
            names = _names(before), _names(after)
            yield from self._messages(names, operation_spot(after[0], spot), carriers=carriers)

    def _operation(self, pair: EventOperationPair) -> Iterator[AnyEventPair]:
        yield pair
        old, new, spot = pair.old, pair.new, pair.spot
        if old is None or new is None:
            return
        yield LifePair(_life(old), _life(new), spot)
        yield self._protection.pair(old.security, new.security, spot)
        yield from self._with_extensions(binding_pairs(old.bindings, new.bindings, spot, holder="operation"))
        if old.reply is not None or new.reply is not None:
            yield from self._reply(old, new, spot)

    def _reply(self, old: EventOperation, new: EventOperation, spot: Spot) -> Iterator[AnyEventPair]:
        before, after = old.reply, new.reply
        targets = (
            self._old.address(None if before is None else before.channel),
            self._new.address(None if after is None else after.channel),
        )
        at = spot.of(before, after).on(spot.side.opposite).at("reply")
        is_elsewhere = all(targets) and shape(targets[0]) != shape(targets[1])
        yield ReplyPair(before, after, at, *targets, is_elsewhere=is_elsewhere)
        if before is not None and after is not None:
            yield from self._messages((before.messages, after.messages), at)

    def _messages(
        self, names: tuple[tuple[str, ...], tuple[str, ...]], spot: Spot, *, carriers: Mapping[str, str] = _NOBODY
    ) -> Iterator[AnyEventPair]:
        """Yield the messages of these *names*; *carriers* are ids of the operations that have them, by name."""
        for pair in message_pairs(self._old.messages(names[0]), self._new.messages(names[1]), spot):
            carrier = carriers.get(either(pair.new, pair.old).name, spot.operation_id)
            at = replace(pair, spot=replace(pair.spot, operation_id=carrier))
            yield at
            yield from self._with_extensions(inside(at, self._definitions))

    def _with_extensions(self, pairs: Iterator[AnyEventPair]) -> Iterator[AnyEventPair]:
        for pair in pairs:
            yield pair
            if isinstance(pair, SchemaPair):
                yield from self._extensions.pairs(pair)


def _life(operation: EventOperation) -> Life:
    return Life(operation.place, operation.is_deprecated, sunset="", stability="")


def _names(operations: Sequence[EventOperation]) -> tuple[str, ...]:
    return tuple(name for operation in operations for name in operation.messages)
