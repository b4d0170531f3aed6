"""The service, put together: handlers behind the generated door."""

from __future__ import annotations

from pricing_api.client import AsyncPricingClient
from starlette.applications import Starlette
from starlette.types import Lifespan
from trips_api import server

from .access import Tokens
from .afterwards import Afterwards
from .book import TripBook
from .fares import Fares
from .health import Health
from .trips import Clock, Trips


def application(
    pricing: AsyncPricingClient, tokens: Tokens, *, clock: Clock, lifespan: Lifespan[Starlette] | None = None
) -> Starlette:
    """Return the service without trips, asking *pricing* and admitting the callers of *tokens*."""
    book = TripBook()
    return server.app(
        trips=Trips(book, Fares(pricing), clock),
        afterwards=Afterwards(book),
        health=Health(pricing),
        security=tokens,
        lifespan=lifespan,
    )
