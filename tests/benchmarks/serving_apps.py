"""One operation, `POST /quotes` of the example, served three ways with the same handler: by hand, and by two doors.

The one by hand is FastAPI as its documentation teaches it: pydantic models with constraints for both bodies, a
dependency that judges the key, the status and a header of the response. The others are the generated package.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Response
from fastapi.security import APIKeyHeader
from pricing_api import models, results, sample, server
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

KEY: Final = "key-of-a-service"
QUOTE_ID: Final = UUID("9e8d7c6b-5a49-4837-9261-504f3e2d1c04")
EXPIRES: Final = datetime(2030, 1, 1, tzinfo=UTC)
OFFERS: Final = (("economy", "21.40", "18.40"),)
REQUEST: Final[dict[str, Any]] = {
    "passengerId": "0f8fad5b-d9cb-469f-a165-70867728950e",
    "pickup": {"point": {"lat": 52.5219, "lon": 13.4132}, "label": "Alexanderplatz"},
    "dropoff": {"point": {"lat": 52.3667, "lon": 13.5033}, "label": "Airport"},
    "stops": [{"point": {"lat": 52.5, "lon": 13.44}}],
    "seats": 2,
    "departAt": "2029-12-31T22:15:00Z",
}

OTHERS: Final = (("GET", "/estimates"), ("GET", "/health"))
"""What comes before `/quotes` in the generated router, too, which sorts its paths."""

# ------------------------------------------------------------------------------------------------------------- by hand


class _Wire(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid")


class Point(_Wire):
    """A place on Earth."""

    lat: Annotated[float, Field(ge=-90, le=90)]
    lon: Annotated[float, Field(ge=-180, le=180)]


class Place(_Wire):
    """A point that people can find."""

    point: Point
    label: Annotated[str, Field(min_length=1, max_length=120)] | None = None


class QuoteRequest(_Wire):
    """A ride to be priced."""

    passenger_id: UUID
    pickup: Place
    dropoff: Place
    stops: Annotated[list[Place], Field(max_length=3)] | None = None
    seats: Annotated[int, Field(ge=1, le=8)] | None = None
    depart_at: AwareDatetime | None = None


class Currency(StrEnum):
    """What is paid in."""

    EUR = "EUR"
    USD = "USD"


class RideType(StrEnum):
    """What kind of ride is asked for."""

    ECONOMY = "economy"
    COMFORT = "comfort"
    VAN = "van"
    ACCESSIBLE = "accessible"


class Money(_Wire):
    """An amount."""

    amount: Annotated[Decimal, Field(ge=0, max_digits=8, decimal_places=2)]
    currency: Currency


class FareLine(_Wire):
    """A part of a price."""

    kind: Literal["base", "distance", "duration", "surge", "toll", "discount"]
    amount: Annotated[Decimal, Field(max_digits=8, decimal_places=2)]


class Offer(_Wire):
    """A price."""

    ride_type: RideType
    total: Money
    surge: Annotated[Decimal, Field(ge=0, max_digits=4, decimal_places=2)]
    pickup_in: Annotated[int, Field(ge=0)] | None = None
    lines: Annotated[list[FareLine], Field(min_length=1)]


class Quote(_Wire):
    """Prices."""

    id: UUID
    passenger_id: UUID
    expires_at: AwareDatetime
    distance: Annotated[int, Field(ge=0)]
    duration: Annotated[int, Field(ge=0)]
    offers: list[Offer]


async def caller(key: Annotated[str | None, Depends(APIKeyHeader(name="X-Api-Key", auto_error=False))]) -> str:
    """Return who calls."""
    if key != KEY:
        raise HTTPException(401, headers={"WWW-Authenticate": "ApiKey"})
    return "a service"


async def other(principal: Annotated[str, Depends(caller)]) -> dict[str, str]:
    """Stand for an operation that nobody calls here."""
    return {"principal": principal}


Caller = Annotated[str, Depends(caller)]


def by_hand() -> FastAPI:
    """Return the operation as people write it with FastAPI, at the place that it has in the generated router."""
    app, router = FastAPI(), APIRouter()
    for method, path in OTHERS:
        router.add_api_route(path, other, methods=[method])

    @router.post("/quotes", status_code=201)
    async def create_quote(body: QuoteRequest, principal: Caller, response: Response) -> Quote:
        assert principal == "a service"
        response.headers["Location"] = f"/quotes/{QUOTE_ID}"
        return Quote(
            id=QUOTE_ID,
            passenger_id=body.passenger_id,
            expires_at=EXPIRES,
            distance=24_100,
            duration=1980,
            offers=[
                Offer(
                    ride_type=RideType(ride),
                    total=Money(amount=Decimal(total), currency=Currency.EUR),
                    surge=Decimal("1.00"),
                    pickup_in=240,
                    lines=[
                        FareLine(kind="base", amount=Decimal("3.00")),
                        FareLine(kind="distance", amount=Decimal(rest)),
                    ],
                )
                for ride, total, rest in OFFERS
            ],
        )

    app.include_router(router)
    return app


# ---------------------------------------------------------------------------------------------------------- generated


class Quotes(sample.SampleQuotes):
    """The same answer, by the generated package."""

    async def create_quote(self, body: models.QuoteRequest, *, principal: object) -> results.CreateQuoteCreated:
        """Return the quote."""
        assert principal == "a service"
        quote = models.Quote(
            id=QUOTE_ID,
            passenger_id=body.passenger_id,
            expires_at=EXPIRES,
            distance=24_100,
            duration=1980,
            offers=[
                models.Offer(
                    ride_type=models.RideType(ride),
                    total=models.Money(amount=Decimal(total), currency=models.Currency.EUR),
                    surge=Decimal("1.00"),
                    pickup_in=240,
                    lines=[
                        models.FareLine(kind="base", amount=Decimal("3.00")),
                        models.FareLine(kind="distance", amount=Decimal(rest)),
                    ],
                )
                for ride, total, rest in OFFERS
            ],
        )
        return results.CreateQuoteCreated(quote, location=f"/quotes/{QUOTE_ID}")


class Keys:
    """Knows the one key."""

    async def service_key(self, credential: server.ApiKey, scopes: tuple[str, ...]) -> str | None:
        """Return who it is."""
        del scopes
        return "a service" if credential.value == KEY else None


def by_router() -> FastAPI:
    """Return the generated router in a FastAPI application."""
    app = FastAPI()
    parts = (Quotes(), sample.SampleZones(), sample.SampleHealth())
    app.include_router(server.router(quotes=parts[0], zones=parts[1], health=parts[2], security=Keys()))
    return app


def by_app() -> Starlette:
    """Return the generated Starlette application."""
    return server.app(quotes=Quotes(), zones=sample.SampleZones(), health=sample.SampleHealth(), security=Keys())


# ----------------------------------------------------------------------------------------- what no application is below


def alone() -> ASGIApp:
    """Return an application that answers the same bytes to whatever is asked: what it costs is the server's work."""
    messages: list[Message] = []

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        while (await receive()).get("more_body"):
            continue
        if not messages:
            response = await _same_answer()
            messages.append({"type": "http.response.start", "status": 201, "headers": response.raw_headers})
            messages.append({"type": "http.response.body", "body": response.body})
        for message in messages if scope["type"] == "http" else ():
            await send(message)

    return answer


def on_bare_starlette() -> Starlette:
    """Return a Starlette application that reads the body and answers the same bytes, whatever it says."""
    made: list[Response] = []

    async def answer(request: Request) -> Response:
        await request.body()
        if not made:
            made.append(await _same_answer())
        return Response(made[0].body, 201, headers=dict(made[0].headers))

    return Starlette(routes=[Route("/quotes", answer, methods=["POST"])])


async def _same_answer() -> Response:
    asked = models.QuoteRequest.model_validate(REQUEST)
    result = await Quotes().create_quote(asked, principal="a service")
    body = result.body.model_dump_json(by_alias=True, exclude_unset=True)
    return Response(body, 201, headers={"location": result.location}, media_type="application/json")
