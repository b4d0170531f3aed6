"""Receives: what conforms reaches its handler and is answered; what doesn't, or fails for good, is dead-lettered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from .dead_letters import DeadLetters
from .declarations import Channel, MessageKind, Receive, Service
from .door import Door
from .endpoint import Endpoint, Handle, Route, Surroundings
from .lanes import Lanes
from .settings import Settings
from .switchboard import nearest
from .transport import Source, Subscription, Transport
from .writing import Writer


@dataclass(frozen=True, slots=True)
class Reception:
    """Who handles what an operation receives.

    Attributes:
        operation: of the contract.
        handlers: one method for each of its messages.
    """

    operation: Receive
    handlers: Mapping[MessageKind, Handle]


class Receiver:
    """Receives the messages of one service while it is entered as a context, or between `start` and `stop`."""

    def __init__(
        self, service: Service, transport: Transport, receptions: Sequence[Reception], settings: Settings
    ) -> None:
        """Handle what *receptions* say; the transport is started and stopped by who made it."""
        self._settings = settings
        self._group = settings.group or service.name
        self._door = Door()
        self._subscriptions: list[Subscription] = []
        judging = settings.judging(service.judge)
        surroundings = Surroundings(
            outlet=transport,
            judging=judging,
            writer=Writer(judging, settings),
            dead_letters=DeadLetters(self._group, settings.dead_letters, settings.clock),
            settings=settings,
            door=self._door,
            lanes=Lanes(settings.concurrency),
            copies=Lanes(settings.concurrency),
        )
        routes = _routes(receptions)
        homes = {channel: nearest(transport, channel) for channel in (*_channels(service), *routes)}
        self._homes = tuple(homes[channel] for channel in routes)
        self._endpoints = tuple(
            Endpoint(channel, routed, _nearer(channel, homes), surroundings) for channel, routed in routes.items()
        )

    async def start(self) -> None:
        """Subscribe to every channel."""
        for home, endpoint in zip(self._homes, self._endpoints, strict=True):
            source = Source(endpoint.address, self._group)
            self._subscriptions.append(await home.subscribe(source, endpoint.handle))

    async def stop(self, *, within_seconds: float = 30.0) -> None:
        """Begin nothing new, and return when all that has begun is done, or the time is over.

        What is not done by then is not acknowledged: it comes again, once the transport is stopped.
        """
        subscriptions, self._subscriptions = self._subscriptions, []
        self._door.is_closed = True
        for subscription in subscriptions:
            await subscription.cancel()
        await self._door.close(self._settings.clock, within_seconds=within_seconds)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()


def _routes(receptions: Sequence[Reception]) -> dict[Channel, dict[MessageKind, Route]]:
    """Return who handles what, by channel: two subscriptions of a group to one channel would share its messages."""
    routes: dict[Channel, dict[MessageKind, Route]] = {}
    for reception in receptions:
        channel = routes.setdefault(reception.operation.channel, {})
        for kind, handle in reception.handlers.items():
            channel[kind] = Route(reception.operation, handle)
    return routes


def _channels(service: Service) -> tuple[Channel, ...]:
    received, sent = (each.channel for each in service.receives), (each.channel for each in service.sends)
    return tuple(dict.fromkeys((*received, *sent)))


def _nearer(channel: Channel, homes: Mapping[Channel, Transport]) -> tuple[Channel, ...]:
    """Return the channels with *channel*'s home that have the better claim to an address that they and it match."""
    own = channel.address
    return tuple(
        other
        for other, home in homes.items()
        if home is homes[channel]
        and own is not None
        and own.names
        and other.address is not None
        and own.yields_to(other.address)
    )
