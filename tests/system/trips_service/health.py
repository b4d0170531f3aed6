"""Whether the service is up: the generated protocol `HealthService`, implemented."""

from __future__ import annotations

import asyncio
from typing import Final

import httpx2
import pricing_api.errors
from pricing_api.client import AsyncPricingClient, UnexpectedResponse
from trips_api import models

VERSION: Final = "2.3.0"
PATIENCE_SECONDS: Final = 0.5


class Health:
    """Looks after pricing, without which no trip can be requested."""

    def __init__(self, pricing: AsyncPricingClient) -> None:
        """Look after *pricing*."""
        self._pricing = pricing

    async def get_health(self) -> models.Health:
        """Return that all is well, or that trips go on but none begins."""
        return models.Health(status="ok" if await self._pricing_is_up() else "degraded", version=VERSION)

    async def _pricing_is_up(self) -> bool:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                return (await self._pricing.health.get_health()).status == "ok"
        except (
            pricing_api.errors.GetHealthServiceUnavailable,
            pricing_api.errors.GetHealthError,
            UnexpectedResponse,
            httpx2.RequestError,
            TimeoutError,
        ):
            return False
