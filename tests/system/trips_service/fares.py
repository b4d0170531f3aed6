"""What a trip costs: pricing's quote, asked for through pricing's generated client."""

from __future__ import annotations

import asyncio
import logging
from decimal import Decimal
from http import HTTPStatus
from typing import Final

import httpx2
import pricing_api.errors
import pricing_api.models
from pricing_api.client import AsyncPricingClient, UnexpectedResponse
from trips_api import errors, models

from .lifecycle import LARGEST_AMOUNT
from .refusals import problem, unprocessable

PATIENCE_SECONDS: Final = 2.0
"""How long pricing may take."""
RETRY_AFTER_SECONDS: Final = 5
"""When to ask again after pricing did not answer."""
CENT: Final = Decimal("0.01")

log = logging.getLogger(__name__)


class Fares:
    """The fares of requested trips."""

    def __init__(self, pricing: AsyncPricingClient) -> None:
        """Ask *pricing*."""
        self._pricing = pricing

    async def fare(self, request: models.TripRequest) -> models.Money:
        """Return the price that *request*'s quote promises.

        Raises:
            errors.UnprocessableEntity: the quote does not hold, is another's, or offers no such ride.
            errors.RequestTripServiceUnavailable: pricing gives no usable answer.
        """
        quote = await self._quote(request)
        if quote.passenger_id != request.passenger_id:
            raise unprocessable("/quoteId", "the quote is another passenger's")
        for offer in quote.offers:
            if models.RideType(offer.ride_type) == request.ride_type:
                return _money(offer.total)
        raise unprocessable("/rideType", f"the quote has no offer for {request.ride_type}")

    async def _quote(self, request: models.TripRequest) -> pricing_api.models.Quote:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                return await self._pricing.quotes.get_quote(quote_id=request.quote_id)
        except pricing_api.errors.GetQuoteNotFound:
            raise unprocessable("/quoteId", "there is no such quote") from None
        except pricing_api.errors.GetQuoteGone:
            raise unprocessable("/quoteId", "the quote has expired") from None
        except (
            pricing_api.errors.GetQuoteBadRequest,
            pricing_api.errors.GetQuoteUnauthorized,
            pricing_api.errors.GetQuoteError,
            UnexpectedResponse,
            httpx2.RequestError,
            TimeoutError,
        ) as fault:
            log.warning("pricing gives no quote: %r", fault)
            raise _unavailable() from fault


def _money(money: pricing_api.models.Money) -> models.Money:
    """Return pricing's *money* as ours; the contracts share the schema, the packages don't share the class.

    Raises:
        errors.RequestTripServiceUnavailable: our contract has no such currency, or no such amount.
    """
    currency = models.Currency(money.currency)
    if not (currency.is_known and _is_amount(money.amount)):
        log.warning("pricing quotes %r, which our contract can't say", money)
        raise _unavailable()
    return models.Money(amount=money.amount.quantize(CENT), currency=currency)


def _is_amount(amount: Decimal) -> bool:
    """Whether *amount* is one by the contract: a client reads more tolerantly than that."""
    return amount.is_finite() and 0 <= amount <= LARGEST_AMOUNT and amount == amount.quantize(CENT)


def _unavailable() -> errors.RequestTripServiceUnavailable:
    body = problem(HTTPStatus.SERVICE_UNAVAILABLE, "the price can't be found out now")
    return errors.RequestTripServiceUnavailable(body, retry_after=RETRY_AFTER_SECONDS)
