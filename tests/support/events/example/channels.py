"""What Pricing declares of its events: handlers, publishers and tests stand on these."""

from __future__ import annotations

from typing import Final

from apictl.support.events.addresses import Address
from apictl.support.events.declarations import (
    ByValue,
    Channel,
    HeaderSet,
    MessageKind,
    Parameter,
    Receive,
    Reply,
    Send,
    Service,
)
from apictl.support.events.locations import Location
from apictl.support.judge import Judge
from tests.support.events.example import models

POSITION_CHANGED: Final = MessageKind(
    name="PositionChanged",
    type=models.PositionChanged,
    schema="PositionChanged",
    headers=HeaderSet(
        "PositionChanged/headers", frozenset({"eventId", "sequence"}), type=models.PositionChangedHeaders
    ),
    key=Location("payload", "/driverId"),
    idempotency=Location("header", "/eventId"),
)

DRIVER_WENT_OFFLINE: Final = MessageKind(
    name="DriverWentOffline",
    type=models.DriverWentOffline,
    schema="DriverWentOffline",
    key=Location("payload", "/driverId"),
)

QUOTE_REQUESTED: Final = MessageKind(
    name="QuoteRequested",
    type=models.QuoteRequested,
    schema="QuoteRequested",
    headers=HeaderSet("QuoteRequested/headers", frozenset({"correlationId", "replyTo"})),
    correlation=Location("header", "/correlationId"),
)

QUOTE_PRICED: Final = MessageKind(
    name="QuotePriced",
    type=models.QuotePriced,
    schema="QuotePriced",
    headers=HeaderSet("reply/headers", frozenset({"correlationId"})),
    correlation=Location("header", "/correlationId"),
)

QUOTE_DECLINED: Final = MessageKind(
    name="QuoteDeclined",
    type=models.QuoteDeclined,
    schema="QuoteDeclined",
    headers=HeaderSet("reply/headers", frozenset({"correlationId"})),
    correlation=Location("header", "/correlationId"),
)

SURGE_CHANGED: Final = MessageKind(name="SurgeChanged", type=models.SurgeChanged, schema="SurgeChanged")

ROUTE_ASKED: Final = MessageKind(
    name="RouteAsked",
    type=models.RouteAsked,
    schema="RouteAsked",
    correlation=Location("payload", "/correlation"),
)

ROUTE_MEASURED: Final = MessageKind(
    name="RouteMeasured",
    type=models.RouteMeasured,
    schema="RouteMeasured",
    correlation=Location("payload", "/correlation"),
)

DRIVERS: Final = Channel(
    name="drivers",
    address=Address("drivers.positions"),
    messages=(POSITION_CHANGED, DRIVER_WENT_OFFLINE),
    plan=ByValue(Location("payload", "/kind"), {"position": POSITION_CHANGED, "offline": DRIVER_WENT_OFFLINE}),
)

QUOTES: Final = Channel(name="quotes", address=Address("pricing.quotes"), messages=(QUOTE_REQUESTED,))

SURGE: Final = Channel(
    name="surge",
    address=Address("zones.{zoneCode}.surge"),
    messages=(SURGE_CHANGED,),
    parameters=(Parameter("zoneCode", "zone_code", type=models.ZoneCode, schema="ZoneCode"),),
)

ROUTES: Final = Channel(name="routes", address=Address("maps.routes"), messages=(ROUTE_ASKED,))

RECEIVE_DRIVERS: Final = Receive(id="receiveDrivers", channel=DRIVERS, messages=(POSITION_CHANGED, DRIVER_WENT_OFFLINE))

ANSWER_QUOTE: Final = Receive(
    id="answerQuote",
    channel=QUOTES,
    messages=(QUOTE_REQUESTED,),
    reply=Reply(messages=(QUOTE_PRICED, QUOTE_DECLINED), address=Location("header", "/replyTo")),
)

PUBLISH_SURGE: Final[Send[None]] = Send(id="publishSurge", channel=SURGE, messages=(SURGE_CHANGED,))

ASK_ROUTE: Final[Send[models.RouteMeasured]] = Send(
    id="askRoute", channel=ROUTES, messages=(ROUTE_ASKED,), reply=Reply(messages=(ROUTE_MEASURED,))
)

SERVICE: Final = Service(
    name="pricing",
    judge=Judge("tests.support.events.example"),
    receives=(RECEIVE_DRIVERS, ANSWER_QUOTE),
    sends=(PUBLISH_SURGE, ASK_ROUTE),
)
"""Pricing, with the judge of its values."""
