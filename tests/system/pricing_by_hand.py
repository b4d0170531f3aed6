"""Pricing as the tests need it: the quotes that a test has put there; everything else is the generated stub's."""

from __future__ import annotations

import asyncio
import uuid
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

from pricing_api import errors, models, sample, server
from starlette.applications import Starlette

OVERLAP_SECONDS = 0.02
"""How long a quote takes, so that what is asked at the same time also waits at the same time."""


class Quotes(sample.SampleQuotes):
    """Quotes of a test."""

    def __init__(self) -> None:
        """Begin without quotes."""
        self._outcomes: dict[UUID, models.Quote | Exception] = {}
        self.asked = 0
        """How often a quote was read."""

    def offer(self, passenger_id: UUID, total: str = "20.00") -> UUID:
        """Keep a quote for an economy ride and return its id."""
        quote_id = uuid.uuid4()
        self._outcomes[quote_id] = models.Quote(
            id=quote_id,
            passenger_id=passenger_id,
            expires_at=datetime(2100, 1, 1, tzinfo=UTC),
            distance=24_100,
            duration=1980,
            offers=[
                models.Offer(
                    ride_type=models.RideType.ECONOMY,
                    total=models.Money(amount=Decimal(total), currency=models.Currency.EUR),
                    surge=Decimal("1.00"),
                    lines=[models.FareLine(kind="distance", amount=Decimal(total))],
                )
            ],
        )
        return quote_id

    def refuse(self, error: Exception) -> UUID:
        """Return the id of a quote that is refused with *error*."""
        quote_id = uuid.uuid4()
        self._outcomes[quote_id] = error
        return quote_id

    async def get_quote(self, *, principal: object, quote_id: models.QuoteId) -> models.Quote:
        """Return the quote, or raise what stands in its place."""
        self.asked += 1
        await asyncio.sleep(OVERLAP_SECONDS)
        outcome = self._outcomes.get(quote_id)
        if outcome is None:
            raise errors.GetQuoteNotFound(models.Problem(title="Not Found", status=404))
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


def application(quotes: Quotes) -> Starlette:
    """Return pricing with *quotes*."""
    return server.app(
        quotes=quotes,
        zones=sample.SampleZones(),
        health=sample.SampleHealth(),
        security=sample.SampleSecurity(),
        errors=sample.SAMPLES.error,
    )
