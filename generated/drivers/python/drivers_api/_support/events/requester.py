"""Asks: sends a request, and returns the reply that is correlated to it."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self, TypeVar

from .addresses import Address
from .dead_letters import DeadLetters
from .deadlines import Deadlines
from .declarations import Channel, Reply, Send, Service
from .errors import InvalidReply, NoReply, NotConforming
from .locations import text_at
from .messages import Delivery
from .publisher import written
from .reading import Incoming, Judging, Reader
from .replies import WithHeaders
from .settings import Settings
from .switchboard import nearest
from .transport import Source, Subscription, Transport
from .writing import Envelope, Outgoing, Writer

Answer = TypeVar("Answer")

log = logging.getLogger(__name__)


class Requester:
    """Sends the requests of one service, and awaits their replies."""

    def __init__(self, service: Service, transport: Transport, settings: Settings) -> None:
        """Ask through *transport*, which is started and stopped by who made it."""
        self._transport = transport
        self._settings = settings
        self._judging = settings.judging(service.judge)
        self._writer = Writer(self._judging, settings)
        group = settings.group or service.name
        self._letters = DeadLetters(group, settings.dead_letters, settings.clock)
        self._inboxes: dict[Send[Any], Inbox] = {}
        self._opening = asyncio.Lock()

    async def ask(self, operation: Send[Answer], message: Outgoing, *, timeout_seconds: float = 30.0) -> Answer:
        """Return the reply to *message*.

        Raises:
            UndeclaredMessage: the operation doesn't send it.
            InvalidMessage: it breaks the contract; nothing was sent.
            NoReply: none came within *timeout_seconds*.
            InvalidReply: the one that came breaks the contract.
        """
        if operation.reply is None:
            raise ValueError(f"{operation.id} awaits no reply")
        inbox = self._inboxes.get(operation) or await self._opened(operation, operation.reply)
        fresh = self._settings.identify()
        envelope = Envelope(None, fresh, inbox.address, operation.reply.address)
        publication = written(self._writer, operation, message, envelope)
        correlation_id = publication.correlation_id or fresh
        awaited = inbox.expect(correlation_id, within_seconds=timeout_seconds)
        try:
            await nearest(self._transport, operation.channel).publish(publication)
            reply: Answer = await awaited
        finally:
            inbox.forget(correlation_id)
        return reply

    async def stop(self) -> None:
        """Take no more replies."""
        inboxes, self._inboxes = self._inboxes, {}
        for inbox in inboxes.values():
            await inbox.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def _opened(self, operation: Send[Any], reply: Reply) -> Inbox:
        async with self._opening:
            inbox = self._inboxes.get(operation)
            if inbox is None:
                deadlines = Deadlines(self._settings.clock, lambda: NoReply(f"{operation.id}: no reply came in time"))
                transport = nearest(self._transport, reply.channel, beside=operation.channel)
                inbox = Inbox(reply, transport, Surroundings(self._judging, self._letters, deadlines))
                # A group of its own, so that every process sees the replies to a shared address.
                await inbox.open(f"{self._settings.group}.{self._settings.identify()}")
                self._inboxes[operation] = inbox
        return inbox


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an inbox needs."""

    judging: Judging
    letters: DeadLetters
    deadlines: Deadlines


class Inbox:
    """Takes the replies of one operation."""

    def __init__(self, reply: Reply, transport: Transport, around: Surroundings) -> None:
        """Take *reply* at the address of its channel, or at a private one when it has none."""
        own = None if reply.channel is None else reply.channel.address
        is_fixed = own is not None and not own.names
        self.address = own.template if own is not None and is_fixed else transport.private_address()
        self._transport = transport
        self._letters = around.letters
        self._deadlines = around.deadlines
        self._reader = Reader(Channel("reply", None, reply.messages, plan=reply.plan), around.judging)
        self._reply = reply
        self._awaited: dict[str, asyncio.Future[Any]] = {}
        self._subscription: Subscription | None = None

    async def open(self, group: str) -> None:
        """Subscribe."""
        source = Source(Address.concrete(self.address), group, is_private=True)
        self._subscription = await self._transport.subscribe(source, self.handle)

    async def close(self) -> None:
        """Take no more replies; who still awaits one is told that none comes."""
        self._deadlines.close()
        for awaited in self._awaited.values():
            if not awaited.done():
                awaited.set_exception(NoReply("the requester was stopped"))
        if self._subscription is not None:
            await self._subscription.cancel()

    def expect(self, correlation_id: str, *, within_seconds: float) -> asyncio.Future[Any]:
        """Return what will be the reply with *correlation_id*; it fails when none comes *within_seconds*.

        Raises:
            ValueError: it is awaited already.
        """
        if correlation_id in self._awaited:
            raise ValueError(f"a reply with correlation id {correlation_id!r} is awaited already")
        awaited = self._awaited[correlation_id] = asyncio.get_running_loop().create_future()
        self._deadlines.add(awaited, within_seconds=within_seconds)
        return awaited

    def forget(self, correlation_id: str) -> None:
        """Await no reply with *correlation_id* any more."""
        self._deadlines.remove(self._awaited.pop(correlation_id))

    async def handle(self, delivery: Delivery) -> None:
        """Give *delivery* to who awaits it."""
        try:
            incoming = self._reader.read(delivery)
        except NotConforming as refused:
            await self._refuse(delivery, refused)
            return
        said = text_at(incoming.kind.correlation, incoming.header_values, incoming.value) or delivery.correlation_id
        awaited = self._awaited.get(said or "")
        if awaited is None or awaited.done():
            log.info("%.200r: nobody awaits the reply %.80r", delivery.address, said)
        else:
            awaited.set_result(_answer(incoming))

    async def _refuse(self, delivery: Delivery, refused: NotConforming) -> None:
        """Fail who awaits *delivery*, as far as can be told; dead-letter it unless it is for somebody else."""
        places = {kind.correlation for kind in self._reply.messages if kind.correlation is not None}
        said = {text_at(place, delivery.headers, None) for place in places} | {delivery.correlation_id}
        waiting = [self._awaited[each] for each in said if each is not None and each in self._awaited]
        if waiting or self._reply.channel is None:
            await self._transport.publish(self._letters.letter(delivery, refused.reasons, attempts=0))
        for awaited in waiting:
            if not awaited.done():
                awaited.set_exception(InvalidReply(refused.reasons))


def _answer(incoming: Incoming) -> Any:
    """Return *incoming* as the caller sees it."""
    return WithHeaders(incoming.payload, incoming.headers) if incoming.kind.has_typed_headers else incoming.payload
