"""Services as teams write them without the package's receiver: every step is one method, which a fault replaces."""

from __future__ import annotations

import importlib
import json
import shutil
import sqlite3
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Self

from apictl.support.events.messages import Delivery, Publication
from apictl.support.events.outbox import Relay
from apictl.support.events.sqlite_outbox import SqliteOutbox
from apictl.support.events.transport import Source, Subscription, Transport

JSON = "application/json"
EVENT = "51b7c1de-0d8c-4f4e-9a53-7d1e6a1f0b11"
QUOTE = "9e8d7c6b-5a49-4837-9261-504f3e2d1c04"
CHARGE = "a7b6c5d4-e3f2-4101-9c8b-7a6958473606"

Receive = Callable[[Delivery, Any], Awaitable[None]]


class Service:
    """Receives while it is entered."""

    package: ClassVar[str]
    group: ClassVar[str]

    def __init__(self, transport: Transport) -> None:
        """Receive and send over *transport*."""
        self.transport = transport
        self.done: set[str] = set()
        self.subscriptions: list[Subscription] = []
        self.readers: dict[str, Any] = {}

    def routes(self) -> Mapping[str, Receive]:
        """Return what to do with the messages of each channel, by its constant."""
        return {}

    async def __aenter__(self) -> Self:
        channels: Any = importlib.import_module(f"{self.package}.channels")
        reading: Any = importlib.import_module(f"{self.package}._support.events.reading")
        settings: Any = importlib.import_module(f"{self.package}._support.events.settings")
        judging = settings.Settings().judging(channels.SERVICE.judge)
        for name, receive in self.routes().items():
            channel = getattr(channels, name)
            self.readers[name] = reading.Reader(channel, judging)
            source = Source(channel.address, self.group)
            subscription = await self.transport.subscribe(source, partial(self.received, name, receive))
            self.subscriptions.append(subscription)
        return self

    async def __aexit__(self, *_: object) -> None:
        for subscription in self.subscriptions:
            await subscription.cancel()

    async def received(self, channel: str, receive: Receive, delivery: Delivery) -> None:
        """Judge *delivery*, then do its work; a copy of what is done needs none."""
        flaw = self.flaw(channel, delivery)
        if flaw:
            await self.refuse(delivery, flaw)
            return
        key = str(delivery.headers.get("Idempotency-Key", ""))
        if key and self.is_done(key):
            return
        await receive(delivery, json.loads(delivery.body))
        self.done.add(key)

    def is_done(self, key: str) -> bool:
        """Return whether the message with *key* has been handled."""
        return key in self.done

    def flaw(self, channel: str, delivery: Delivery) -> str:
        """Return what is wrong with *delivery*; "" for nothing."""
        try:
            self.readers[channel].read(delivery)
        except Exception as error:  # noqa: BLE001 - of the package, whose class is met by name only
            return str(error)
        return ""

    async def refuse(self, delivery: Delivery, flaw: str) -> None:
        """Keep *delivery* for people to look at."""
        await self.send(self.letter(delivery, flaw))

    def letter(self, delivery: Delivery, flaw: str) -> Publication:
        """Return the dead letter."""
        headers = {**delivery.headers, "dead-letter": flaw}
        address = f"{self.group}.dead-letters"
        return Publication(address, delivery.body, headers, delivery.key, delivery.content_type)

    async def send(self, publication: Publication) -> None:
        """Send *publication*."""
        await self.transport.publish(publication)


class Pricing(Service):
    """No fault: offers rides where drivers were seen."""

    package = "pricing_api"
    group = "pricing"

    def __init__(self, transport: Transport) -> None:
        """Know no driver."""
        super().__init__(transport)
        self.zones: dict[str, str] = {}

    def routes(self) -> Mapping[str, Receive]:
        """Return what to do with positions and questions."""
        return {"POSITIONS_CHANNEL": self.follow, "PRICES_CHANNEL": self.answer}

    async def follow(self, _: Delivery, position: Any) -> None:
        """Note where a driver is, and announce the price there."""
        if position["kind"] == "offline":
            self.zones.pop(position["driverId"], None)
        elif "zone" in position:
            self.zones[position["driverId"]] = position["zone"]
            await self.announce(position["zone"])

    async def announce(self, zone: str) -> None:
        """Say what rides cost in *zone*."""
        await self.send(self.surge(zone))

    def surge(self, zone: str) -> Publication:
        """Return the announcement."""
        return said(f"zones.{zone}.surge", {"factor": "1.00"})

    async def answer(self, delivery: Delivery, question: Any) -> None:
        """Say what a ride costs."""
        await self.send(self.reply(delivery, self.offer(question)))

    def offer(self, question: Any) -> dict[str, Any]:
        """Return the payload of the reply."""
        if question["rideType"] == "accessible":
            return {"reason": "noDriver"}
        total = {"amount": "12.50", "currency": "EUR"}
        return {"quoteId": QUOTE, "total": total, "expiresAt": "2026-11-21T00:00:00Z"}

    def reply(self, delivery: Delivery, payload: Any) -> Publication:
        """Return the reply."""
        correlation_id = str(delivery.headers["correlationId"])
        told = said(str(delivery.headers["replyTo"]), payload, {"correlationId": correlation_id})
        return replace(told, correlation_id=correlation_id)


class Payments(Service):
    """No fault: charges for completed trips."""

    package = "payments_api"
    group = "payments"

    def routes(self) -> Mapping[str, Receive]:
        """Return what to do with what happens to trips."""
        return {"LIFECYCLE_CHANNEL": self.charge}

    async def charge(self, _: Delivery, trip: Any) -> None:
        """Charge for a completed trip."""
        if trip["kind"] == "completed":
            await self.send(self.settled(trip))

    def settled(self, trip: Any) -> Publication:
        """Return the announcement."""
        payload = {"chargeId": CHARGE, "tripId": trip["tripId"], "at": trip["at"], "amount": trip["fare"]}
        return replace(said("payments.settled", payload, {"eventId": EVENT}), key=trip["tripId"])


class BoxedPayments(Payments):
    """No fault: what it sends is committed with its work, and leaves when a relay comes by."""

    async def __aenter__(self) -> Self:
        self.path = Path(tempfile.mkdtemp(prefix="payments-")) / "payments.db"
        self.outbox = SqliteOutbox(self.path)
        await self.outbox.create()
        self.relay = Relay(self.outbox, self.transport, pause_seconds=0.05)
        await self.relay.start()
        return await super().__aenter__()

    async def __aexit__(self, *_: object) -> None:
        await super().__aexit__()
        await self.relay.stop()
        self.outbox.close()
        shutil.rmtree(self.path.parent)

    async def charge(self, _: Delivery, trip: Any) -> None:
        """Charge for a completed trip."""
        if trip["kind"] == "completed":
            with closing(sqlite3.connect(self.path)) as connection, connection:
                await self.outbox.add(connection, self.settled(trip))


class Drivers(Service):
    """No fault: tells where a driver is as soon as it starts."""

    package = "drivers_api"
    group = "drivers"
    driver = "c1a3b7d9-2e4f-4b6a-8c0d-1f2e3d4c5b03"

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        await self.send(self.position())
        return self

    def position(self) -> Publication:
        """Return where the driver is."""
        point = {"lat": 52.5, "lon": 13.4}
        payload = {"kind": "reported", "driverId": self.driver, "point": point, "measuredAt": "2026-11-21T08:30:00Z"}
        return replace(said("drivers.positions", payload, {"eventId": EVENT}), key=self.driver)


class Trips(Service):
    """No fault: announces a trip, and asks what it costs, as soon as it starts."""

    package = "trips_api"
    group = "trips"

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        await self.send(self.cancelled())
        await self.send(self.question())
        return self

    def cancelled(self) -> Publication:
        """Return the end of a trip."""
        payload = {"kind": "cancelled", "tripId": CHARGE, "at": "2026-11-21T08:30:00Z", "by": "driver"}
        return replace(said("trips.lifecycle", payload, {"eventId": EVENT}), key=CHARGE)

    def question(self) -> Publication:
        """Return the question."""
        place = {"point": {"lat": 52.5, "lon": 13.4}}
        payload = {"passengerId": CHARGE, "rideType": "van", "pickup": place, "dropoff": place}
        return said("pricing.prices", payload, {"correlationId": "1", "replyTo": "trips.answers"})


def said(address: str, payload: Any, headers: Mapping[str, str] | None = None) -> Publication:
    """Return *payload* as a message."""
    return Publication(address, json.dumps(payload).encode(), headers or {}, content_type=JSON)
