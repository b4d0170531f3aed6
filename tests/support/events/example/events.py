"""The events of Pricing: implement the handlers and open a `receiver`; send with the publisher."""

from __future__ import annotations

from types import TracebackType
from typing import Protocol, Self

from apictl.support.events.context import Context
from apictl.support.events.errors import InvalidMessage, InvalidReply, NoReply, Reject, Retry
from apictl.support.events.publisher import Publisher
from apictl.support.events.receiver import Receiver, Reception
from apictl.support.events.requester import Requester
from apictl.support.events.settings import Settings
from apictl.support.events.transport import Outlet, Transport
from apictl.support.events.writing import Outgoing
from tests.support.events.example import channels, models

__all__ = (
    "Context",
    "InvalidMessage",
    "InvalidReply",
    "NoReply",
    "PricingHandlers",
    "PricingPublisher",
    "PricingRequests",
    "Reject",
    "Retry",
    "Settings",
    "receiver",
)


class PricingHandlers(Protocol):
    """What Pricing receives: one method a message, which returns the reply where one is awaited.

    To return is to acknowledge. What a method raises is tried again; after the last attempt, or at once for `Reject`,
    the message is dead-lettered.
    """

    async def on_position_changed(
        self, payload: models.PositionChanged, headers: models.PositionChangedHeaders, context: Context
    ) -> None:
        """A driver is somewhere else.

        drivers.positions
        """
        ...

    async def on_driver_went_offline(self, payload: models.DriverWentOffline, context: Context) -> None:
        """A driver takes no more rides.

        drivers.positions
        """
        ...

    async def on_quote_requested(
        self, payload: models.QuoteRequested, context: Context
    ) -> models.QuotePriced | models.QuoteDeclined:
        """Somebody wants to know the price of a ride.

        pricing.quotes
        """
        ...


class PricingPublisher:
    """What Pricing sends, through a transport or into an outbox: one method a message.

    Each raises `InvalidMessage` for what breaks the contract; then nothing is sent.
    """

    def __init__(self, outlet: Outlet, settings: Settings | None = None) -> None:
        """Send to *outlet*."""
        self._publisher = Publisher(channels.SERVICE, outlet, settings or Settings())

    async def surge_changed(
        self, payload: models.SurgeChanged, *, zone_code: models.ZoneCode, key: str | None = None
    ) -> None:
        """Rides in a zone cost more, or less, than before.

        zones.{zoneCode}.surge
        """
        await self._publisher.send(
            channels.PUBLISH_SURGE,
            Outgoing(channels.SURGE_CHANGED, payload, parameters={"zone_code": zone_code}, key=key),
        )


class PricingRequests:
    """What Pricing asks of others: one method a message, which returns the reply.

    Each raises `InvalidMessage` for what breaks the contract, `NoReply` when none came in time, and `InvalidReply`
    when the one that came breaks the contract.
    """

    def __init__(self, transport: Transport, settings: Settings | None = None) -> None:
        """Ask through *transport*."""
        self._requester = Requester(channels.SERVICE, transport, settings or Settings())

    async def ask_route(self, payload: models.RouteAsked, *, timeout_seconds: float = 30.0) -> models.RouteMeasured:
        """How far is it?

        maps.routes
        """
        return await self._requester.ask(
            channels.ASK_ROUTE, Outgoing(channels.ROUTE_ASKED, payload), timeout_seconds=timeout_seconds
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._requester.stop()


def receiver(handlers: PricingHandlers, transport: Transport, settings: Settings | None = None) -> Receiver:
    """Return what receives while it is entered as a context; *transport* is started and stopped by who made it."""
    receptions = (
        Reception(
            channels.RECEIVE_DRIVERS,
            {
                channels.POSITION_CHANGED: handlers.on_position_changed,
                channels.DRIVER_WENT_OFFLINE: handlers.on_driver_went_offline,
            },
        ),
        Reception(channels.ANSWER_QUOTE, {channels.QUOTE_REQUESTED: handlers.on_quote_requested}),
    )
    return Receiver(channels.SERVICE, transport, receptions, settings or Settings())
