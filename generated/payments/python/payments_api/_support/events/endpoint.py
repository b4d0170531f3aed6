"""One channel, received: judges the delivery, calls the handler, judges its reply; acknowledges by returning."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any, NamedTuple, TypeAlias

from .addresses import Address
from .context import Context
from .dead_letters import DeadLetters
from .declarations import Channel, MessageKind, Receive
from .door import Door
from .errors import InvalidMessage, NotAcknowledged, NotConforming, Reason, Reject, Retry, Rule
from .identities import identity
from .lanes import Lanes
from .locations import text_at
from .messages import Delivery, Publication
from .reading import Incoming, Judging, Reader
from .replies import Replier, ReplyTo, Written
from .settings import Settings
from .switchboard import nearest
from .time_limits import TimeLimit
from .tracing import TRACE, trace_of
from .transport import Outlet
from .writing import Writer

Handle: TypeAlias = "Callable[..., Awaitable[Any]]"
"""Takes the payload, the typed headers where there are some, the context, and the parameters of the address by name;
returns the reply."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Route:
    """Who handles one kind of message, for which operation."""

    operation: Receive
    handle: Handle


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all channels of a receiver share."""

    outlet: Outlet
    judging: Judging
    writer: Writer
    dead_letters: DeadLetters
    settings: Settings
    door: Door
    lanes: Lanes
    copies: Lanes


class Work(NamedTuple):
    """A message on its way to the handler."""

    delivery: Delivery
    incoming: Incoming
    route: Route
    replier: Replier | None
    reply_to: ReplyTo | None


class _GivenUp(Exception):
    """A message that is dead-lettered."""

    def __init__(self, reasons: tuple[Reason, ...], attempts: int) -> None:
        super().__init__(reasons)
        self.reasons = reasons
        self.attempts = attempts


class Endpoint:
    """Receives the messages of one channel."""

    def __init__(
        self,
        channel: Channel,
        routes: Mapping[MessageKind, Route],
        nearer: tuple[Channel, ...],
        surroundings: Surroundings,
    ) -> None:
        """Hand over to *routes*; what matches one of *nearer*, too, is theirs."""
        if channel.address is None:
            raise ValueError(f"channel {channel.name} has no address to subscribe to")
        self.address: Address = channel.address
        self._nearer = nearer
        self._routes = routes
        self._around = surroundings
        self._outlet = nearest(surroundings.outlet, channel)
        self._reader = Reader(channel, surroundings.judging)
        operations = {route.operation for route in routes.values()}
        self._answering = {
            operation: nearest(surroundings.outlet, operation.reply.channel, beside=channel)
            for operation in operations
            if operation.reply is not None
        }
        self._repliers = {
            operation: Replier(
                operation.reply,
                surroundings.writer,
                surroundings.judging.formats,
                surroundings.settings.may_reply_to,
            )
            for operation in operations
            if operation.reply is not None
        }

    async def handle(self, delivery: Delivery) -> None:
        """Return when *delivery* needs to come no more: it was handled, is dead-lettered, or is none of ours.

        Raises:
            Exception: it is to come again.
        """
        if (self._nearer and self._is_of_another(delivery.address)) or self._around.dead_letters.holds(delivery):
            return
        with self._around.door:
            outer = TRACE.get()
            TRACE.set(trace_of(delivery.headers))
            try:
                work = self._judged(delivery)
                if work is not None:
                    await self._in_turn(work)
            except NotConforming as refused:
                await self._bury(delivery, _GivenUp(refused.reasons, 0))
            finally:
                # No reset by token: a coroutine that is thrown away is closed in a context of somebody else.
                TRACE.set(outer)

    def _judged(self, delivery: Delivery) -> Work | None:
        """Return what there is to do; None for a message that the channel has and nobody here handles.

        Raises:
            NotConforming: it breaks the contract.
        """
        incoming = self._reader.read(delivery)
        route = self._routes.get(incoming.kind)
        if route is None:
            return None
        replier = self._repliers.get(route.operation)
        reply_to = None if replier is None else replier.reply_to(delivery, incoming)
        return Work(delivery, incoming, route, replier, reply_to)

    async def _in_turn(self, work: Work) -> None:
        key = work.delivery.key
        if key is None:
            key = text_at(work.incoming.kind.key, work.incoming.header_values, work.incoming.value)
        async with self._around.lanes.enter(None if key is None else (work.delivery.address, key)):
            self._around.door.check()
            await self._handled(work)

    async def _handled(self, work: Work) -> None:
        handled, kind = self._around.settings.handled, work.incoming.kind
        same = None
        if handled is not None:
            same = identity(kind, work.incoming.header_values, work.incoming.value)
        if handled is None or same is None:
            await self._done(work)
            return
        name = f"{work.route.operation.id}/{kind.name}/{same}"
        async with self._around.copies.enter(name):
            kept = await handled.find(name)
            if kept is None:
                await self._done(work, keep=lambda answer: handled.keep(name, answer))
            elif kept and work.replier is not None and work.reply_to is not None:
                await self._answer(work, work.replier.again(kept, work.reply_to))

    async def _done(self, work: Work, keep: Callable[[bytes], Awaitable[None]] | None = None) -> None:
        """Handle and answer *work*, or dead-letter it; *keep* remembers what was handled, with the answer."""
        try:
            written = await self._attempted(work)
        except _GivenUp as given_up:
            await self._bury(work.delivery, given_up)
            return
        if keep is not None:
            # Before it is sent: should this process die in between, the copy that comes is answered.
            await keep(b"" if written is None or work.replier is None else work.replier.kept(written))
        if written is not None:
            await self._answer(work, written.publication)

    async def _answer(self, work: Work, reply: Publication) -> None:
        """Send *reply*, as often as it takes: what was handled is not handled again for it.

        When the broker can never have it, or keeps refusing it and yet takes a dead letter, the request is
        dead-lettered.
        """
        settings = self._around.settings
        for attempt in count(1):
            try:
                await self._answering[work.route.operation].publish(reply)
            except ValueError as error:
                await self._bury(work.delivery, _GivenUp((Reason(Rule.REPLY_ADDRESS, str(error)[:200]),), attempt))
            except Exception as error:  # each client library has errors of its own
                log.warning("%s: reply not sent, attempt %d", work.route.operation.id, attempt, exc_info=True)
                reason = Reason(Rule.FAILED, f"the reply can't be sent: {type(error).__name__}: {error}"[:200])
                refused = _GivenUp((reason,), attempt)
                if attempt < settings.retries.attempts or not await self._has_buried(work.delivery, refused):
                    await settings.pause(attempt)
                    continue
            return

    async def _attempted(self, work: Work) -> Written | None:
        """Return the reply, after as many attempts as it takes."""
        settings = self._around.settings
        most, came = settings.retries.redeliveries, work.delivery.redeliveries
        if most is not None and came > most:
            raise _GivenUp((Reason(Rule.FAILED, f"it came {came} times more without being acknowledged"),), 0)
        for attempt in count(1):
            try:
                value = await self._called(work, attempt)
            except Reject as rejected:
                raise _GivenUp((Reason(Rule.REJECTED, str(rejected)[:200]),), attempt) from rejected
            except NotAcknowledged:
                raise
            except (Exception, asyncio.CancelledError) as error:  # whatever a handler does, the message is not lost
                if _is_cancelled(error):
                    raise
                log.exception("%s: attempt %d failed", work.route.operation.id, attempt)
                if attempt >= settings.retries.attempts:
                    said = f"{type(error).__name__}: {error}"[:200]
                    raise _GivenUp((Reason(Rule.FAILED, said),), attempt) from error
                if isinstance(error, Retry) and error.after_seconds is not None:
                    await settings.clock.sleep(error.after_seconds)
                else:
                    await settings.pause(attempt)
                self._around.door.check()
            else:
                return self._reply(work, value, attempt)
        raise AssertionError

    async def _called(self, work: Work, attempt: int) -> Any:
        incoming, delivery = work.incoming, work.delivery
        if attempt > 1:
            # Afresh: the attempt that failed may have changed what it was given.
            incoming = self._reader.read(delivery)
        correlation_id = text_at(incoming.kind.correlation, incoming.header_values, incoming.value)
        context = Context(delivery, correlation_id or delivery.correlation_id, attempt, incoming.event)
        given = (incoming.payload, incoming.headers) if incoming.kind.has_typed_headers else (incoming.payload,)
        handling = work.route.handle(*given, context, **incoming.parameters)
        settings = self._around.settings
        if settings.handler_seconds is None:
            return await handling
        async with TimeLimit(settings.clock, settings.handler_seconds):
            return await handling

    def _reply(self, work: Work, value: Any, attempt: int) -> Written | None:
        if work.replier is None or work.reply_to is None:
            return None
        try:
            return work.replier.written(value, work.reply_to)
        except InvalidMessage as invalid:
            log.exception("%s: the reply breaks the contract", work.route.operation.id)
            raise _GivenUp((Reason(Rule.REPLY, str(invalid)[:200]), *invalid.reasons), attempt) from invalid

    async def _bury(self, delivery: Delivery, given_up: _GivenUp) -> None:
        """Return when the broker has the dead letter: until then no handler needs to hear of *delivery* again."""
        for attempt in count(1):
            if await self._has_buried(delivery, given_up):
                return
            await self._around.settings.pause(attempt)

    async def _has_buried(self, delivery: Delivery, given_up: _GivenUp) -> bool:
        letter = self._around.dead_letters.letter(delivery, given_up.reasons, attempts=given_up.attempts)
        try:
            await self._outlet.publish(letter)
        except Exception:  # each client library has errors of its own
            log.warning("%.200r: dead letter not sent", delivery.address, exc_info=True)
            return False
        log.warning("%.200r: dead letter: %s", delivery.address, "; ".join(map(str, given_up.reasons)))
        return True

    def _is_of_another(self, address: str) -> bool:
        found = (channel.address for channel in self._nearer if channel.address is not None)
        return any(other.values(address) is not None for other in found)


def _is_cancelled(error: BaseException) -> bool:
    """Return whether *error* ends this task, rather than something that the handler awaited."""
    task = asyncio.current_task()
    return isinstance(error, asyncio.CancelledError) and task is not None and task.cancelling() > 0
