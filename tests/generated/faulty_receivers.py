"""Services with one fault each in how they receive, below the handlers, where no generated code helps."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from dataclasses import replace

from apictl.support.events.messages import Delivery, Publication
from apictl.support.events.transport import Transport
from tests.generated.event_services import Pricing, Receive

log = logging.getLogger(__name__)


class ReplyBeforeValidation(Pricing):
    """Replies, then looks at the question."""

    async def received(self, channel: str, receive: Receive, delivery: Delivery) -> None:
        """Answer whatever can be answered."""
        with contextlib.suppress(ValueError, KeyError, TypeError):
            if channel == "PRICES_CHANNEL":
                await receive(delivery, json.loads(delivery.body))
        if channel != "PRICES_CHANNEL" or self.flaw(channel, delivery):
            await super().received(channel, receive, delivery)


class AcceptsMissingHeader(Pricing):
    """Looks at payloads only."""

    def flaw(self, channel: str, delivery: Delivery) -> str:
        """Return what is wrong with the payload of *delivery*."""
        found = super().flaw(channel, delivery)
        return "" if found.startswith("headers") else found


class AcceptsNumberAsText(Pricing):
    """Reads "52.5" as a number."""

    def flaw(self, channel: str, delivery: Delivery) -> str:
        """Return what is wrong with *delivery*, as a lenient reader sees it."""
        found = super().flaw(channel, delivery)
        return "" if "is not of type" in found else found


class AcceptsAnything(Pricing):
    """Reads what it needs, and believes the rest."""

    def flaw(self, channel: str, delivery: Delivery) -> str:
        """Return whether the body is an object at all."""
        try:
            json.loads(delivery.body)["kind" if channel == "POSITIONS_CHANNEL" else "rideType"]
        except (ValueError, KeyError, TypeError) as error:
            return str(error)
        return ""


class RefusesOffsets(Pricing):
    """Takes a time for one only if it ends in Z."""

    def flaw(self, channel: str, delivery: Delivery) -> str:
        """Return what is wrong with *delivery*."""
        found = super().flaw(channel, delivery)
        if not found and channel == "POSITIONS_CHANNEL":
            time = json.loads(delivery.body).get("measuredAt", "Z")
            return "" if time.endswith("Z") else f"{time!r} is no time"
        return found


class RefusesLongTexts(Pricing):
    """Its table has room for 64 characters of a label, the contract for 120."""

    def flaw(self, channel: str, delivery: Delivery) -> str:
        """Return what is wrong with *delivery*."""
        found = super().flaw(channel, delivery)
        if not found and channel == "PRICES_CHANNEL":
            label = json.loads(delivery.body)["pickup"].get("label", "")
            return f"{label!r} is too long" if len(label) > 64 else ""
        return found


class RefusesTheSouth(Pricing):
    """Has a bug between the poles, which no boundary shows: from 45 to 85 degrees south."""

    def flaw(self, channel: str, delivery: Delivery) -> str:
        """Return what is wrong with *delivery*."""
        found = super().flaw(channel, delivery)
        if not found and channel == "PRICES_CHANNEL":
            latitude = json.loads(delivery.body)["dropoff"]["point"]["lat"]
            return f"{latitude} is out of range" if -85 < latitude < -45 else ""
        return found


class LetterWithoutBytes(Pricing):
    """Buries what it has read, not what has come."""

    def letter(self, delivery: Delivery, flaw: str) -> Publication:
        """Return the dead letter."""
        text = delivery.body.decode("utf-8", "replace")
        return replace(super().letter(delivery, flaw), body=json.dumps({"message": text}).encode())


class LetterWithoutHeaders(Pricing):
    """Buries the body alone."""

    def letter(self, delivery: Delivery, flaw: str) -> Publication:
        """Return the dead letter."""
        return replace(super().letter(delivery, flaw), headers={"dead-letter": flaw})


class LetterTwice(Pricing):
    """Buries in the check, and again where the error is caught."""

    async def refuse(self, delivery: Delivery, flaw: str) -> None:
        """Keep *delivery* for people to look at."""
        await super().refuse(delivery, flaw)
        await super().refuse(delivery, flaw)


class LetterWithoutReason(Pricing):
    """Doesn't say why."""

    def letter(self, delivery: Delivery, flaw: str) -> Publication:
        """Return the dead letter."""
        return super().letter(delivery, flaw[:0])


class StopsAtInvalid(Pricing):
    """Ends its consumer at the first message that it can't read."""

    async def refuse(self, delivery: Delivery, flaw: str) -> None:
        """Bury, and go."""
        await super().refuse(delivery, flaw)
        for subscription in self.subscriptions:
            await subscription.cancel()


class SwallowsInvalid(Pricing):
    """Logs what it can't read."""

    async def refuse(self, delivery: Delivery, flaw: str) -> None:
        """Log."""
        log.warning("%s: %s", delivery.address, flaw)


class PoisonForever(Pricing):
    """Fails at what it can't read, so that it comes again and again."""

    async def refuse(self, delivery: Delivery, flaw: str) -> None:
        """Fail."""
        raise ValueError(f"{delivery.address}: {flaw}")


class AcknowledgesFirst(Pricing):
    """Does its work in a task of its own."""

    def __init__(self, transport: Transport) -> None:
        """Keep the tasks."""
        super().__init__(transport)
        self.tasks: set[asyncio.Task[None]] = set()

    async def announce(self, zone: str) -> None:
        """Begin to say what rides cost in *zone*."""
        self.tasks.add(asyncio.create_task(super().announce(zone)))


class EffectOfRefused(Pricing):
    """Announces a price for a position that it then refuses."""

    async def received(self, channel: str, receive: Receive, delivery: Delivery) -> None:
        """Announce, then judge."""
        if channel == "POSITIONS_CHANNEL" and self.flaw(channel, delivery):
            await self.announce("mitte")
        await super().received(channel, receive, delivery)


class HandlesCopies(Pricing):
    """Has forgotten what it did."""

    def is_done(self, key: str) -> bool:
        """Return that nothing was ever done."""
        return not key


class LosesOnFailure(Pricing):
    """Logs that the broker was away, and goes on."""

    async def announce(self, zone: str) -> None:
        """Say what rides cost in *zone*, or don't."""
        try:
            await super().announce(zone)
        except ConnectionError:
            log.exception("the broker is away")


class RemembersBeforeWork(Pricing):
    """Notes that a message is done before it is: what fails in between is taken for a copy."""

    async def received(self, channel: str, receive: Receive, delivery: Delivery) -> None:
        """Note, then do."""
        key = str(delivery.headers.get("Idempotency-Key", "")) or str(delivery.message_id)
        if self.flaw(channel, delivery):
            await super().received(channel, receive, delivery)
        elif key not in self.done:
            self.done.add(key)
            await receive(delivery, json.loads(delivery.body))
