"""Services with one fault each in what they send, below the handlers, where no generated code helps."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

from apictl.support.events.messages import Delivery, Publication
from tests.generated.event_services import Drivers, Payments, Pricing, Trips, said


class TextForNumber(Pricing):
    """The factor is a number, where the contract has a text."""

    def surge(self, zone: str) -> Publication:
        """Return the announcement."""
        return said(f"zones.{zone}.surge", {"factor": 1.0})


class MissingMember(Pricing):
    """An offer never expires."""

    def offer(self, question: Any) -> dict[str, Any]:
        """Return the payload of the reply."""
        return {name: value for name, value in super().offer(question).items() if name != "expiresAt"}


class EnumOutOfRange(Pricing):
    """Declines for a reason of its own."""

    def offer(self, question: Any) -> dict[str, Any]:
        """Return the payload of the reply."""
        return {"reason": "tooFar"} if question["rideType"] == "van" else super().offer(question)


class LostCorrelation(Pricing):
    """Replies to nobody knows what."""

    def reply(self, delivery: Delivery, payload: Any) -> Publication:
        """Return the reply."""
        return said(str(delivery.headers["replyTo"]), payload)


class ForeignCorrelation(Pricing):
    """Goes on with the correlation id of the first request."""

    first = ""

    def reply(self, delivery: Delivery, payload: Any) -> Publication:
        """Return the reply."""
        self.first = self.first or str(delivery.headers["correlationId"])
        told = super().reply(delivery, payload)
        return replace(told, headers={"correlationId": self.first}, correlation_id=self.first)


class CrossedCorrelation(Pricing):
    """Keeps the request that is being handled in the service: of two at once, the later one gets both replies."""

    request: Delivery

    async def answer(self, delivery: Delivery, question: Any) -> None:
        """Say what a ride costs, once the price is known."""
        self.request = delivery
        await asyncio.sleep(0)
        await self.send(self.reply(self.request, self.offer(question)))


class SwallowsOneKind(Pricing):
    """Has no price for vans, and says nothing."""

    async def answer(self, delivery: Delivery, question: Any) -> None:
        """Say what a ride costs."""
        if question["rideType"] != "van":
            await super().answer(delivery, question)


class DoubleReply(Pricing):
    """Replies once from the cache, and once from the model."""

    async def answer(self, delivery: Delivery, question: Any) -> None:
        """Say what a ride costs."""
        await super().answer(delivery, question)
        await super().answer(delivery, question)


class ReplyElsewhere(Pricing):
    """Replies to a queue of its own, whatever the request asks for."""

    def reply(self, delivery: Delivery, payload: Any) -> Publication:
        """Return the reply."""
        return replace(super().reply(delivery, payload), address="pricing.answers")


class UndeclaredReply(Pricing):
    """Replies with an error that the contract doesn't know."""

    def offer(self, question: Any) -> dict[str, Any]:
        """Return the payload of the reply."""
        is_close = question["pickup"]["point"] == question["dropoff"]["point"]
        return {"error": "pickup is dropoff"} if is_close else super().offer(question)


class WrongContentType(Pricing):
    """Replies with JSON that it calls text."""

    def reply(self, delivery: Delivery, payload: Any) -> Publication:
        """Return the reply."""
        return replace(super().reply(delivery, payload), content_type="text/plain")


class UndeclaredChannel(Pricing):
    """Writes an audit that nobody knows of."""

    async def answer(self, delivery: Delivery, question: Any) -> None:
        """Say what a ride costs, and to whom."""
        await super().answer(delivery, question)
        await self.send(said("pricing.audit", {"asked": question["rideType"]}))


class WrongParameter(Pricing):
    """Spells the address with what should be in it in another place."""

    def surge(self, zone: str) -> Publication:
        """Return the announcement."""
        return replace(super().surge(zone), address=f"zones.surge.{zone}")


class ExtraMessage(Pricing):
    """Announces a position where prices belong."""

    async def announce(self, zone: str) -> None:
        """Say what rides cost in *zone*, and more."""
        await super().announce(zone)
        await self.send(replace(self.surge(zone), body=b'{"kind": "offline"}'))


class MissingHeader(Payments):
    """Announces without the id of the event."""

    def settled(self, trip: Any) -> Publication:
        """Return the announcement."""
        return replace(super().settled(trip), headers={})


class WrongHeader(Payments):
    """Counts its events instead of giving them a UUID."""

    def settled(self, trip: Any) -> Publication:
        """Return the announcement."""
        return replace(super().settled(trip), headers={"eventId": "17"})


class FailsAtZero(Payments):
    """Divides by the distance."""

    async def charge(self, _: Delivery, trip: Any) -> None:
        """Charge by the kilometre."""
        if trip["kind"] == "completed" and 1 / trip["distance"] >= 0:
            await self.send(self.settled(trip))


class ChargesTwice(Payments):
    """Charges for every copy."""

    def is_done(self, key: str) -> bool:
        """Return that nothing was ever done."""
        return not key


class WrongType(Payments):
    """Rounds the amount to a float."""

    def settled(self, trip: Any) -> Publication:
        """Return the announcement."""
        fare = {**trip["fare"], "amount": float(trip["fare"]["amount"])}
        return super().settled({**trip, "fare": fare})


class MissingKey(Drivers):
    """Lets the positions of a driver overtake each other."""

    def position(self) -> Publication:
        """Return where the driver is."""
        return replace(super().position(), key=None)


class WrongKey(Drivers):
    """Keys by the zone."""

    def position(self) -> Publication:
        """Return where the driver is."""
        return replace(super().position(), key="berlin-mitte")


class NoReplyAddress(Trips):
    """Asks, and doesn't say whom to tell."""

    def question(self) -> Publication:
        """Return the question."""
        return replace(super().question(), headers={"correlationId": "1"})
