"""The service as a process: what it needs comes from the environment.

Start it with `PRICING_URL=… PRICING_KEY=… TRIPS_TOKEN=… uvicorn trips_service.main:app`.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Final

import httpx2
from pricing_api.client import AsyncPricingClient, Credentials
from starlette.applications import Starlette

from .access import ALL_SCOPES, Caller, Tokens
from .application import application


def create(environment: Mapping[str, str]) -> Starlette:
    """Return the service that *environment* describes; it lets go of pricing when it is shut down."""
    http = httpx2.AsyncClient(base_url=environment["PRICING_URL"])
    pricing = AsyncPricingClient(http, credentials=Credentials(service_key=environment["PRICING_KEY"]))
    operator = Caller(name="operator", role="system", scopes=ALL_SCOPES)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        await http.aclose()

    tokens = Tokens({environment["TRIPS_TOKEN"]: operator})
    return application(pricing, tokens, clock=_now, lifespan=lifespan)


def _now() -> datetime:
    return datetime.now(UTC)


app: Final = create(os.environ)
"""The service, ready to serve."""
