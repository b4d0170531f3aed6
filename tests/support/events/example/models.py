"""The values that Pricing exchanges."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import AwareDatetime, ConfigDict, Field

from apictl.support.enums import OpenEnum
from apictl.support.models import Model

ZoneCode: TypeAlias = str


class PositionChanged(Model):
    """A driver is somewhere else."""

    kind: Literal["position"]
    driver_id: Annotated[str, Field(alias="driverId")]
    lat: float
    lon: float
    zone: ZoneCode | None = None


class PositionChangedHeaders(Model):
    """What goes with every position."""

    event_id: Annotated[str, Field(alias="eventId")]
    sequence: int
    """Counts the messages of one driver."""


class DriverWentOffline(Model):
    """A driver takes no more rides."""

    kind: Literal["offline"]
    driver_id: Annotated[str, Field(alias="driverId")]


class QuoteRequested(Model):
    """Somebody wants to know the price of a ride."""

    model_config = ConfigDict(extra="forbid")

    passenger_id: Annotated[str, Field(alias="passengerId")]
    zone: ZoneCode
    seats: int | None = None


class Currency(OpenEnum):
    """ISO 4217 code."""

    EUR = "EUR"
    USD = "USD"


class QuotePriced(Model):
    """What the ride costs."""

    total: str
    currency: Currency


class QuoteDeclined(Model):
    """No ride is offered."""

    reason: str


class SurgeChanged(Model):
    """Rides in a zone cost more, or less, than before."""

    factor: float
    until: AwareDatetime | None = None


class RouteAsked(Model):
    """How far is it?"""

    from_: Annotated[str, Field(alias="from")]
    to: str
    correlation: str | None = None


class RouteMeasured(Model):
    """So far."""

    metres: int
    correlation: str
