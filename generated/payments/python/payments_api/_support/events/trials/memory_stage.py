"""A service in memory, where everything is seen: what is sent, called and acknowledged, in its order."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from ..memory import ConnectionLost, MemoryBroker, Point
from ..memory_transport import MemoryTransport
from ..messages import Delivery, Publication
from .stage import Outcome, SubjectFailed
from .subjects import Subject

_PATIENCE_SECONDS: Final = 10.0
_GRACE_SECONDS: Final = 0.3
"""How long tasks may still run that were begun for a message."""
_TURNS: Final = 25
"""Of the event loop, after which whoever can do something has done it."""
_MOST_DELIVERIES: Final = 20
"""Of one message that is never acknowledged."""

_Identity: TypeAlias = "tuple[str, bytes, str | None]"


@dataclass(slots=True)
class _Record:
    """What has been seen since the last message was given."""

    sent: list[Publication] = field(default_factory=list)
    late: list[Publication] = field(default_factory=list)
    called: Counter[_Identity] = field(default_factory=Counter)
    acknowledged: set[_Identity] = field(default_factory=set)
    delivered: Counter[_Identity] = field(default_factory=Counter)
    given: set[_Identity] = field(default_factory=set)


class MemoryStage:
    """A broker in memory of its own; what the service does can be held up, or fail."""

    def __init__(self, subject: Subject, *, outbox_seconds: float = 0.0) -> None:
        """Watch *subject*; what it sends may come up to *outbox_seconds* after the acknowledgement, if there are any.

        Without an outbox nothing may come then: it would be lost if the process died in between.
        """
        self._subject = subject
        self._outbox_seconds = outbox_seconds
        self._broker = MemoryBroker(checkpoint=self._pass)
        self._outside = MemoryTransport(self._broker)
        self._transport = MemoryTransport(self._broker)
        self._own: list[Publication] = []
        self._record = _Record()
        self._in_progress: set[_Identity] = set()
        self._endless = asyncio.Event()
        self._moved = asyncio.Event()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._is_holding = False
        self._released = asyncio.Event()
        self.held = 0
        """How many sendings and calls are held up."""
        self._failures = 0

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Run the service over a connection of its own."""
        self._transport = MemoryTransport(self._broker)
        try:
            running = self._subject.running(self._transport, self._called)
            async with asyncio.timeout(_PATIENCE_SECONDS):
                await running.__aenter__()
        except Exception as error:
            raise SubjectFailed(f"does not start: {type(error).__name__}: {error}"[:500]) from error
        self._tasks = asyncio.all_tasks()
        try:
            yield
        finally:
            is_cut = self._is_holding
            await self._left(running, is_cut=is_cut)

    async def outcomes(self, *publications: Publication) -> tuple[Outcome, ...]:
        """Send *publications* at once, and return what became of each."""
        await self.give(*publications)
        return await self.settled(*publications)

    async def copied(self, publication: Publication) -> Outcome:
        """Send *publication* again, and return what became of it."""
        (outcome,) = await self.outcomes(publication)
        return outcome

    async def give(self, *publications: Publication) -> None:
        """Send *publications*."""
        self._record = _Record(given={_identity(one) for one in publications})
        for each in publications:
            self._own.append(each)
            await self._outside.publish(each)

    async def settled(self, *publications: Publication) -> tuple[Outcome, ...]:
        """Return what became of *publications* when the service has nothing more to do."""
        trouble = await self._quiet()
        record = self._record
        return tuple(
            Outcome(
                sent=tuple(record.sent),
                calls=record.called[_identity(each)] if self._subject.shows_calls else None,
                is_taken=_identity(each) in record.acknowledged,
                late=() if self._outbox_seconds else tuple(record.late),
                trouble=trouble,
            )
            for each in publications
        )

    async def unasked(self) -> tuple[Publication, ...]:
        """Return what the service sends without having been given anything."""
        await asyncio.wait(self._tasks, timeout=_GRACE_SECONDS)
        await self._quiet()
        return tuple(self._record.sent)

    # ------------------------------------------------------------------------------------------------ what goes wrong

    def hold(self) -> None:
        """Hold up whatever the service sends and calls, until the connection is cut."""
        self._is_holding, self.held = True, 0

    async def idle(self) -> None:
        """Return when something is held up, or all that was given is acknowledged."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE_SECONDS):
                while not self.held and not self._record.given <= self._record.acknowledged:
                    self._moved.clear()
                    await self._moved.wait()
        await _turned()

    def is_acknowledged(self, publication: Publication) -> bool:
        """Return whether *publication* has been acknowledged."""
        return _identity(publication) in self._record.acknowledged

    def fail_once(self) -> None:
        """Let the next sending of the service fail."""
        self._failures = 1

    def cut(self) -> None:
        """Cut the connection of the service, as if its process had died, and let everything pass from now on."""
        self._transport.crash()
        self._released.set()

    def resume(self) -> None:
        """Begin to watch anew; what was not acknowledged is to come again."""
        self._is_holding, self._released = False, asyncio.Event()
        self._record = _Record(given=self._record.given)
        self._in_progress.clear()

    # ------------------------------------------------------------------------------------------------ what is seen

    async def _called(self, delivery: Delivery) -> None:
        self._record.called[_identity(delivery)] += 1
        if self._is_holding:
            await self._held()

    async def _pass(self, point: Point, message: Publication | Delivery) -> None:
        identity = _identity(message)
        match point:
            case Point.PUBLISHING:
                await self._leaving(message)
            case Point.DELIVERING:
                self._in_progress.add(identity)
                self._record.delivered[identity] += 1
                if self._record.delivered[identity] > _MOST_DELIVERIES:
                    self._endless.set()
                    await self._released.wait()
            case Point.HANDLED:
                self._in_progress.discard(identity)
                self._record.acknowledged.add(identity)
                self._moved.set()
            case Point.PUBLISHED:
                pass

    async def _leaving(self, message: Publication | Delivery) -> None:
        if isinstance(message, Delivery) or any(message is one for one in self._own):
            return
        is_late = not self._in_progress and self._record.given <= self._record.acknowledged
        if self._is_holding:
            await self._held()
        if self._failures:
            self._failures -= 1
            raise ConnectionLost("the connection to the broker was lost, as the contract test wants it")
        self._record.sent.append(message)
        if is_late:
            self._record.late.append(message)

    async def _held(self) -> None:
        self.held += 1
        self._moved.set()
        await self._released.wait()
        raise ConnectionLost("the connection to the broker was cut")

    # ------------------------------------------------------------------------------------------------ waiting

    async def _quiet(self) -> str:
        """Return why the service does not come to rest; "" when it does."""
        drained = asyncio.create_task(self._drained())
        endless = asyncio.create_task(self._endless.wait())
        self._tasks |= {drained, endless}
        try:
            await asyncio.wait((drained, endless), timeout=_PATIENCE_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            if drained.done():
                return ""
            if endless.done():
                return f"it came {_MOST_DELIVERIES} times without being acknowledged"
            return f"it is not acknowledged within {_PATIENCE_SECONDS:.0f} s"
        finally:
            drained.cancel()
            endless.cancel()

    async def _drained(self) -> None:
        await self._broker.drained()
        await _turned()
        begun = asyncio.all_tasks() - self._tasks
        if begun:
            await asyncio.wait(begun, timeout=_GRACE_SECONDS)
        await self._broker.drained()
        await _turned()
        if self._outbox_seconds:
            count = -1
            while count < len(self._record.sent):
                count = len(self._record.sent)
                await asyncio.sleep(self._outbox_seconds)

    async def _left(self, running: contextlib.AbstractAsyncContextManager[object], *, is_cut: bool) -> None:
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                await running.__aexit__(None, None, None)
        except Exception as error:
            # Who is cut off may complain.
            if not is_cut:
                raise SubjectFailed(f"does not stop: {type(error).__name__}: {error}"[:500]) from error
        finally:
            await self._transport.stop()


async def _turned() -> None:
    for _ in range(_TURNS):
        await asyncio.sleep(0)


def _identity(message: Publication | Delivery) -> _Identity:
    return message.address, message.body, message.message_id
