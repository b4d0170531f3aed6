"""Contract tests in memory: what conforms is handled, what doesn't is dead-lettered, and all that leaves conforms."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, TypeAlias
from unittest import SkipTest

from .dead_letters import read_dead_letter
from .declarations import Channel, MessageKind, Receive, Send, Service
from .errors import InvalidMessage, NotConforming, UndeclaredMessage
from .memory import MemoryBroker
from .memory_transport import MemoryTransport
from .messages import Publication, delivered
from .publisher import Publisher
from .reading import Reader
from .receiver import Receiver
from .retries import Retries
from .settings import Settings
from .transport import Transport

Make: TypeAlias = "Callable[[Transport], Any]"
"""Returns the handlers under test, which send through the transport."""

Open: TypeAlias = "Callable[[Any, Transport, Settings], Receiver]"
"""Returns what receives with these handlers: `receiver` of the package."""

PATIENCE_SECONDS: Final = 30.0


@dataclass(frozen=True, slots=True)
class MessageCase:
    """A message that was prepared from the contract; `why` says what it is, or what is wrong with it."""

    why: str
    publication: Publication


@dataclass(frozen=True, slots=True)
class Cases:
    """The messages that were prepared for one message of one operation.

    Attributes:
        place: of the message in the contract.
        valid: the plainest one first.
        wrong: each breaks the contract in one place.
    """

    place: str
    valid: tuple[MessageCase, ...]
    wrong: tuple[MessageCase, ...]


class Trials:
    """Tries one service in memory."""

    def __init__(self, service: Service, cases: Path) -> None:
        """Take what was prepared for *service* from the file *cases*."""
        self._service = service
        self._cases = read_cases(cases)
        self._settings = Settings(retries=Retries(attempts=1))

    def check_received(self, operation: Receive, kind: MessageKind, *, make: Make, open_: Open) -> None:
        """Raise unless what conforms is handled, and what doesn't is dead-lettered without being seen.

        Raises:
            AssertionError: it is not so.
            SkipTest: no message could be prepared.
        """
        cases = self._prepared(operation.id, kind)

        async def scenario() -> None:
            async with MemoryTransport(MemoryBroker()) as transport:
                bench = _Bench(self._service, transport, self._settings)
                handlers = _Recorded(make(transport))
                async with open_(handlers, transport, self._settings):
                    for case in cases.valid:
                        await bench.accepted(case, operation, handlers)
                    for case in cases.wrong:
                        await bench.refused(case, handlers)
                        for valid in cases.valid[:1]:
                            await bench.accepted(replace(valid, why=f"after {case.why!r}"), operation, handlers)

        _run(scenario, cases.place)

    def check_sent(self, operation: Send[Any], kind: MessageKind) -> None:
        """Raise unless what conforms may leave, and what doesn't is held back.

        Raises:
            AssertionError: it is not so.
        """
        cases = self._prepared(operation.id, kind)

        async def scenario() -> None:
            async with MemoryTransport(MemoryBroker()) as transport:
                publisher = Publisher(self._service, transport, self._settings)
                for case in cases.valid:
                    await publisher.publish(case.publication)
                    _require(case, transport.broker.published[-1].body == case.publication.body, "is not sent")
                for case in cases.wrong:
                    before = len(transport.broker.published)
                    _require(case, await _is_held(publisher, case.publication), "is sent")
                    _require(case, len(transport.broker.published) == before, "is refused, and sent")

        _run(scenario, cases.place)

    def _prepared(self, operation: str, kind: MessageKind) -> Cases:
        cases = self._cases[operation, kind.name]
        if not cases.valid:
            raise SkipTest(f"no message was found that is certainly {kind.name}, and no other one of its channel")
        return cases


class _Recorded:
    """Handlers, and the names of those that were called."""

    def __init__(self, handlers: Any) -> None:
        self._handlers = handlers
        self.calls: list[str] = []

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        handle = getattr(self._handlers, name)

        async def recorded(*arguments: Any, **named: Any) -> Any:
            self.calls.append(name)
            return await handle(*arguments, **named)

        return recorded


class _Bench:
    """One run of the service, and what it does with a message."""

    def __init__(self, service: Service, transport: MemoryTransport, settings: Settings) -> None:
        self._service = service
        self._transport = transport
        self._publisher = Publisher(service, transport, settings)
        self._judging = settings.judging(service.judge)
        self._dead_letters = f"{settings.group or service.name}.dead-letters"

    async def accepted(self, case: MessageCase, operation: Receive, handlers: _Recorded) -> None:
        """Assert that *case* reaches its handler once, is answered as declared, and buries nothing."""
        handlers.calls.clear()
        buried, others = await self._published(case.publication)
        told = [str(reason) for letter in buried for reason in read_dead_letter(delivered(letter)).reasons]
        _require(case, not buried, f"is valid, and is dead-lettered: {'; '.join(told)}")
        _require(case, len(handlers.calls) == 1, f"is valid, and is handled {len(handlers.calls)} times")
        if operation.reply is not None:
            replies = [one for one in others if one.address == case.publication.reply_to]
            _require(case, len(replies) == 1, f"is answered {len(replies)} times")
            self._judge_reply(case, operation, replies[0])
            others = [one for one in others if one is not replies[0]]
        for one in others:
            try:
                self._publisher.judge(one)
            except (InvalidMessage, UndeclaredMessage) as error:
                raise AssertionError(_told(case, f"lets the service send what it may not: {error}")) from None

    async def refused(self, case: MessageCase, handlers: _Recorded) -> None:
        """Assert that *case* is dead-lettered as it came, and that nothing else happens."""
        handlers.calls.clear()
        buried, others = await self._published(case.publication)
        _require(case, not handlers.calls, "breaks the contract, and is handled")
        _require(case, len(buried) == 1, f"breaks the contract, and is dead-lettered {len(buried)} times")
        _require(case, buried[0].body == case.publication.body, "is dead-lettered with another body")
        _require(case, not others, "breaks the contract, and something is sent")

    async def _published(self, publication: Publication) -> tuple[list[Publication], list[Publication]]:
        """Return what became of *publication*: dead letters, and what else was sent."""
        broker = self._transport.broker
        before = len(broker.published) + 1
        await self._transport.publish(publication)
        await asyncio.wait_for(broker.drained(), PATIENCE_SECONDS)
        came = list(broker.published)[before:]
        buried = [one for one in came if one.address == self._dead_letters]
        return buried, [one for one in came if one.address != self._dead_letters]

    def _judge_reply(self, case: MessageCase, operation: Receive, reply: Publication) -> None:
        declared = operation.reply
        if declared is None:
            return
        try:
            Reader(Channel("reply", None, declared.messages, plan=declared.plan), self._judging).read(delivered(reply))
        except NotConforming as error:
            raise AssertionError(_told(case, f"is answered by what breaks the contract: {error}")) from None
        wanted = case.publication.correlation_id
        _require(case, reply.correlation_id == wanted, f"is answered for {reply.correlation_id!r}, not {wanted!r}")


def read_cases(path: Path) -> Mapping[tuple[str, str], Cases]:
    """Return what *path* holds, by id of the operation and name of the message."""
    entries: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["messages"]
    return {
        (entry["operation"], entry["message"]): Cases(
            place=entry["place"],
            valid=tuple(map(_case, entry["valid"])),
            wrong=tuple(map(_case, entry["wrong"])),
        )
        for entry in entries
    }


def _case(entry: dict[str, Any]) -> MessageCase:
    publication = Publication(
        entry["address"],
        _body(entry["body"]),
        entry["headers"],
        entry.get("key"),
        entry["content_type"],
        entry.get("reply_to"),
        entry.get("correlation_id"),
        "contract-test",
    )
    return MessageCase(entry["why"], publication)


def _body(entry: dict[str, Any]) -> bytes:
    if "base64" in entry:
        return base64.b64decode(entry["base64"])
    text = entry["text"] if "text" in entry else json.dumps(entry["json"], ensure_ascii=False)
    return str(text).encode("utf-8", "surrogatepass")


async def _is_held(publisher: Publisher, publication: Publication) -> bool:
    try:
        await publisher.publish(publication)
    except (InvalidMessage, UndeclaredMessage):
        return True
    return False


def _run(scenario: Callable[[], Coroutine[Any, Any, None]], place: str) -> None:
    try:
        asyncio.run(scenario())
    except AssertionError as error:
        raise AssertionError(f"{error}\n  contract: {place}") from None


def _require(case: MessageCase, holds: object, what: str) -> None:
    if not holds:
        raise AssertionError(_told(case, what))


def _told(case: MessageCase, what: str) -> str:
    sent = case.publication
    return f"{case.why}: {what}\n  {sent.address} {dict(sent.headers)}\n  {sent.body[:2000]!r}"
