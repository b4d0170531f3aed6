"""A service on a real broker: it runs once for all trials, and is watched from outside."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Callable, Collection, Coroutine, Sequence
from itertools import count
from typing import Any, Final

from ..addresses import Address
from ..declarations import Service
from ..headers import DEAD_LETTER
from ..locations import text_at
from ..messages import Delivery, Publication
from ..transport import Source, Transport
from .memory_stage import MemoryStage
from .stage import Outcome, SubjectFailed
from .subjects import Subject
from .venue import Attempt, IsValid, Material

_START_SECONDS: Final = 60.0
_PATIENCE_SECONDS: Final = 15.0
"""For what is sure to be seen."""
_GLANCE_SECONDS: Final = 1.0
"""For what may be seen, or not."""
_SETTLING_SECONDS: Final = 0.2
"""After what was waited for, in which a second one would come."""
_MOST_CASES: Final = 4


class BrokerStage:
    """A service that is running, and a connection beside it that sees what goes over the broker."""

    def __init__(self, subject: Subject, service: Service, connect: Callable[[], Transport]) -> None:
        """Run *subject*, whose contract is *service*, on a connection of its own that *connect* makes."""
        self._subject = subject
        self._service = service
        self._connect = connect
        self._outside = connect()
        self._seen: list[Publication] = []
        self._calls: Counter[tuple[str, bytes, str | None]] = Counter()
        self._at_start: tuple[Publication, ...] = ()
        self._heard = asyncio.Event()
        self._stopping = asyncio.Event()
        self._serving: asyncio.Task[None] | None = None

    async def start(self, addresses: Collection[str], *, group: str) -> None:
        """Begin to watch *addresses*, as *group*, then start the service.

        Raises:
            SubjectFailed: it does not start.
        """
        await self._outside.start()
        for address in addresses:
            await self._outside.subscribe(Source(Address(address), group, is_private=True), self._hear)
        started = asyncio.Event()
        self._serving = asyncio.create_task(self._serve(started))
        waiting = asyncio.create_task(started.wait())
        await asyncio.wait((self._serving, waiting), timeout=_START_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if not started.is_set():
            raise SubjectFailed(f"does not start: {self._ended() or f'it takes more than {_START_SECONDS:.0f} s'}")
        await asyncio.sleep(_GLANCE_SECONDS)
        self._at_start = tuple(self._seen)

    async def stop(self) -> None:
        """Stop the service, then the watch."""
        self._stopping.set()
        if self._serving is not None:
            await asyncio.wait((self._serving,), timeout=_START_SECONDS)
        await self._outside.stop()

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """See that the service runs.

        Raises:
            SubjectFailed: it does not.
        """
        self._check()
        yield
        self._check()

    async def outcomes(self, *publications: Publication) -> tuple[Outcome, ...]:
        """Send *publications* at once, and return what was seen of each within reasonable time."""
        are_visible = self._subject.shows_calls or all(each.reply_to for each in publications)
        await self._watch(publications, within_seconds=_PATIENCE_SECONDS if are_visible else _GLANCE_SECONDS)
        return tuple(self._outcome(each, is_visible=are_visible) for each in publications)

    async def copied(self, publication: Publication) -> Outcome:
        """Send *publication* again, and return what was seen of it in a moment."""
        await self._watch((publication,), within_seconds=_GLANCE_SECONDS)
        return self._outcome(publication, is_visible=False)

    async def unasked(self) -> tuple[Publication, ...]:
        """Return what the service sent when it started."""
        return self._at_start

    # ------------------------------------------------------------------------------------------------ what is seen

    async def _watch(self, publications: Sequence[Publication], *, within_seconds: float) -> None:
        """Send *publications*, and return when something is seen of each, or the time is over."""
        self._seen.clear()
        self._calls.clear()
        for each in publications:
            await self._outside.publish(each)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within_seconds):
                while not all(self._is_done(each) for each in publications):
                    self._heard.clear()
                    await self._heard.wait()
        await asyncio.sleep(_SETTLING_SECONDS)

    def _outcome(self, publication: Publication, *, is_visible: bool) -> Outcome:
        # What is buried under another id is none of this one's: left by another run, or sent beside it.
        sent = tuple(each for each in self._seen if not (_is_letter(each) and _is_of_another(each, publication)))
        is_done = self._is_done(publication)
        where = "handlers, replies, dead letters" if self._subject.shows_calls else "replies, dead letters"
        trouble = f"nothing is heard of it within {_PATIENCE_SECONDS:.0f} s: no {where}"
        return Outcome(
            sent=sent,
            calls=self._calls[_identity(publication)] if self._subject.shows_calls else None,
            is_taken=True,
            trouble=trouble if is_visible and not is_done else "",
        )

    def _is_done(self, publication: Publication) -> bool:
        """Whether *publication* is seen to be handled, as far as that can be seen."""
        if any(_is_letter(each) and not _is_of_another(each, publication) for each in self._seen):
            return True
        if publication.reply_to is not None:
            return any(each.address == publication.reply_to and self._is_for(each, publication) for each in self._seen)
        if self._subject.shows_calls:
            return self._calls[_identity(publication)] > 0
        # Nothing else can be seen of a whole service than that it sends something.
        return any(not _is_letter(each) for each in self._seen)

    def _is_for(self, reply: Publication, request: Publication) -> bool:
        said = {reply.correlation_id}
        for operation in self._service.receives:
            for kind in operation.reply.messages if operation.reply is not None else ():
                said.add(text_at(kind.correlation, reply.headers, None))
        return request.correlation_id in said

    async def _hear(self, delivery: Delivery) -> None:
        self._seen.append(
            Publication(
                delivery.address,
                delivery.body,
                delivery.headers,
                delivery.key,
                delivery.content_type,
                delivery.reply_to,
                delivery.correlation_id,
                delivery.message_id,
            )
        )
        self._heard.set()

    async def _note(self, delivery: Delivery) -> None:
        self._calls[_identity(delivery)] += 1
        self._heard.set()

    # ------------------------------------------------------------------------------------------------ the service

    async def _serve(self, started: asyncio.Event) -> None:
        """Run the service: in one task, for some contexts must be left where they were entered."""
        transport = self._connect()
        await transport.start()
        try:
            async with self._subject.running(transport, self._note):
                started.set()
                await self._stopping.wait()
        finally:
            await transport.stop()

    def _check(self) -> None:
        if self._serving is None or self._serving.done():
            raise SubjectFailed(f"has ended: {self._ended()}")

    def _ended(self) -> str:
        error = self._serving.exception() if self._serving is not None and self._serving.done() else None
        return f"{type(error).__name__}: {error}"[:500] if error is not None else ""


class BrokerVenue:
    """One service for all trials, on real brokers, in an event loop that lives as long as they do."""

    most_cases: int | None = _MOST_CASES

    def __init__(
        self, stage: Callable[[], BrokerStage], addresses: Collection[str], *, dead_letters: str, token: str
    ) -> None:
        """Try what *stage* returns, and watch *addresses*; ids of this run begin with *token*."""
        self._make = stage
        self._addresses = addresses
        self._stage: BrokerStage | None = None
        self._failure: BaseException | None = None
        self._runner = asyncio.Runner()
        self.dead_letters = dead_letters
        self._token = token
        self._numbers = count(1)

    def token(self) -> str:
        """Return what the ids of the next trial begin with."""
        return f"{self._token}{next(self._numbers)}-"

    def stage(self) -> BrokerStage:
        """Return the stage.

        Raises:
            SubjectFailed: the service did not start.
        """
        if self._stage is None:
            raise SubjectFailed(f"does not start: {self._failure}")
        return self._stage

    def explore(self, _material: Material, _is_valid: IsValid, _attempt: Attempt) -> None:
        """Raise: there is no time for it.

        Raises:
            LookupError: always.
        """
        raise LookupError("the service is on a real broker")

    def memory_stage(self) -> MemoryStage:
        """Raise: nothing can be held up here.

        Raises:
            LookupError: always.
        """
        raise LookupError("the service is on a real broker")

    def run(self, scenario: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Run *scenario* to its end; the service is started for the first one."""
        if self._stage is None and self._failure is None:
            self._runner.run(self._start())
        self._runner.run(scenario())

    def close(self) -> None:
        """Stop the service."""
        if self._stage is not None:
            self._runner.run(self._stage.stop())
        self._runner.close()

    async def _start(self) -> None:
        stage = self._make()
        try:
            await stage.start(sorted(self._addresses), group=f"contract-tests-{self._token}")
        except Exception as error:  # noqa: BLE001 - whatever a service or a client library raises is told by each test
            self._failure = error
            await stage.stop()
        else:
            self._stage = stage


def _is_letter(sent: Publication) -> bool:
    return DEAD_LETTER in sent.headers or sent.address.endswith("dead-letters")


def _is_of_another(letter: Publication, message: Publication) -> bool:
    """Whether *letter* says that it is of another message than *message*."""
    named = letter.message_id or ""
    return named.startswith("contract-test-") and named != message.message_id


def _identity(message: Publication | Delivery) -> tuple[str, bytes, str | None]:
    return message.address, message.body, message.message_id
