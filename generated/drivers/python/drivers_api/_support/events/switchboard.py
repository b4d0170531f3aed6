"""Several brokers as one transport: each channel is at the broker of one of its servers."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Any, Self, TypeVar

from .declarations import Channel, Receive, Send, Service
from .messages import Publication
from .transport import Handler, Outlet, Source, Subscription, Transport

Way = TypeVar("Way", bound=Outlet)

log = logging.getLogger(__name__)


class Switchboard:
    """A transport for each server that channels are at.

    Receivers, publishers and requesters ask it where a channel lives: a dead letter leaves by the broker that its
    message came from, and a reply, too, unless the contract has its channel elsewhere. What only has an address, such
    as the messages of an outbox, goes to the broker of the channel that has this address.
    """

    def __init__(self, service: Service, transports: Mapping[str, Transport]) -> None:
        """Let channels of *service* live at the first of *transports*, by name of the server, that they may be at.

        Raises:
            ValueError: there is none for a channel.
        """
        if not transports:
            raise ValueError("there is no transport")
        self._service = service
        self._by_server = dict(transports)
        self._transports = tuple({id(each): each for each in transports.values()}.values())
        operations: tuple[Receive | Send[Any], ...] = (*service.receives, *service.sends)
        self._homes = {one.channel: self.home(one.channel) for one in operations}
        for one in operations:
            if one.reply is not None and one.reply.channel is not None:
                self._homes.setdefault(one.reply.channel, self.home(one.reply.channel, beside=one.channel))

    def home(self, channel: Channel, *, beside: Channel | None = None) -> Transport:
        """Return where *channel* lives: where *beside* does, if it may.

        Raises:
            ValueError: there is no transport for any of its servers.
        """
        if beside is not None:
            near = self.home(beside)
            if any(self._by_server.get(name) is near for name in channel.servers or self._by_server):
                return near
        for name, transport in self._by_server.items():
            if not channel.servers or name in channel.servers:
                return transport
        wanted, given = " or ".join(map(repr, channel.servers)), ", ".join(map(repr, self._by_server))
        raise ValueError(f"channel {channel.name!r} is at {wanted}, and there are only transports for {given}")

    async def start(self) -> None:
        """Connect to all brokers, or, when one can't be reached, to none."""
        for number, transport in enumerate(self._transports):
            try:
                await transport.start()
            except BaseException:
                for started in reversed(self._transports[:number]):
                    await _given_up(started)
                raise

    async def stop(self) -> None:
        """Disconnect from all brokers, whatever one of them says to it."""
        async with AsyncExitStack() as stopping:
            for transport in self._transports:
                stopping.push_async_callback(transport.stop)

    async def publish(self, publication: Publication) -> None:
        """Return when the broker of the channel that has the address keeps *publication*.

        Raises:
            ValueError: no channel has it, or channels at several brokers do.
        """
        home = self._home_of(publication.address)
        if home is None:
            raise ValueError(
                f"{self._service.name} has no channel with the address {publication.address[:100]!r}: "
                "publish through the transport of its broker"
            )
        await home.publish(publication)

    async def subscribe(self, source: Source, handler: Handler) -> Subscription:
        """Call *handler* with every delivery of *source*: at all brokers, if it is of no channel, as dead letters are.

        Raises:
            ValueError: channels at several brokers have the address.
        """
        home = self._home_of(source.address.template)
        if home is not None:
            return await home.subscribe(source, handler)
        everywhere = Everywhere()
        try:
            for transport in self._transports:
                everywhere.add(await transport.subscribe(source, handler))
        except BaseException:
            await everywhere.cancel()
            raise
        return everywhere

    def private_address(self) -> str:
        """Return an address that nobody else reads.

        Raises:
            ValueError: there are several brokers, and an address is at one.
        """
        if len(self._transports) != 1:
            raise ValueError("a private address is at one broker: ask the transport of that broker for it")
        return self._transports[0].private_address()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    def _home_of(self, address: str) -> Transport | None:
        """Return where the channels live that have *address*, concrete or as declared; None when none has it."""
        if len(self._transports) == 1:
            return self._transports[0]
        homes = {id(home): home for home in map(self._homes.__getitem__, _nearest(self._homes, address))}
        if len(homes) > 1:
            raise ValueError(f"channels at several brokers have the address {address[:100]!r}: name the channel")
        return next(iter(homes.values()), None)


class Everywhere:
    """Subscriptions at several brokers as one."""

    def __init__(self) -> None:
        """Be of none yet."""
        self._subscriptions: list[Subscription] = []

    def add(self, subscription: Subscription) -> None:
        """Be of *subscription*, too."""
        self._subscriptions.append(subscription)

    async def cancel(self) -> None:
        """Take no more deliveries from any of them."""
        async with AsyncExitStack() as cancelling:
            for subscription in self._subscriptions:
                cancelling.push_async_callback(subscription.cancel)


def nearest(way: Way, channel: Channel | None, *, beside: Channel | None = None) -> Way | Transport:
    """Return what carries the messages of *channel*: *way* itself, or the transport in it where the channel lives.

    That is where *beside* lives, if *channel* may be there; None may be anywhere.
    """
    if not isinstance(way, Switchboard):
        return way
    if channel is None:
        return way if beside is None else way.home(beside)
    return way.home(channel, beside=beside)


def _nearest(channels: Iterable[Channel], address: str) -> Sequence[Channel]:
    """Return the channels that have the best claim to *address*, which may be the declared one."""
    found = [(each, each.address) for each in channels if each.address is not None]
    named = [channel for channel, own in found if own.template == address]
    if named:
        return named
    matching = [(channel, own) for channel, own in found if own.values(address) is not None]
    return [channel for channel, own in matching if not any(own.yields_to(other) for _, other in matching)]


async def _given_up(transport: Transport) -> None:
    try:
        await transport.stop()
    except Exception:  # what is raised is why another one did not start
        log.exception("a transport can't be stopped")
