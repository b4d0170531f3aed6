"""The contract tests of one service's events: a test asks for a law of a message, and gets silence or `LawBroken`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, assert_never
from unittest import SkipTest

from ..declarations import MessageKind, Receive, Send, Service
from ..errors import InvalidMessage, UndeclaredMessage
from ..memory import MemoryBroker
from ..memory_transport import MemoryTransport
from ..messages import Publication
from ..publisher import Publisher
from ..settings import Settings
from .cases import Cases, MessageCase, read_cases
from .fresh import Fresh
from .laws import Law
from .stage import SubjectFailed
from .trial import LawBroken, Trial, told
from .venue import Material, Venue
from .verdicts import Verdicts


class Suite:
    """Tries one service."""

    def __init__(self, service: Service, cases: Path) -> None:
        """Take what was prepared for *service* from the file *cases*."""
        self._service = service
        self._cases = read_cases(cases)

    def check_received(self, law: Law, operation: Receive, kind: MessageKind, *, venue: Venue) -> None:
        """Raise unless the service at *venue* keeps *law* with *kind* of *operation*.

        Raises:
            LawBroken: it does not.
            SkipTest: no message could be prepared.
        """
        cases = self._prepared(operation.id, kind)
        if venue.most_cases is not None:
            cases = replace(cases, valid=cases.valid[: venue.most_cases], wrong=cases.wrong[: 2 * venue.most_cases])
        verdicts = self._verdicts(venue)
        fresh = Fresh(operation, kind, verdicts.judging, token=venue.token())
        trial = Trial(operation, cases, verdicts=verdicts, fresh=fresh)
        _told(lambda: self._try(law, trial, venue), f"{kind.name} ({operation.id}): {law.words}", cases.place)

    def check_sent(self, operation: Send[Any], kind: MessageKind) -> None:
        """Raise unless the publisher of the package lets out what conforms, and holds back what doesn't.

        Raises:
            LawBroken: it is not so.
            SkipTest: no message could be prepared.
        """
        cases = self._prepared(operation.id, kind)
        words = f"{kind.name} ({operation.id}): what is valid may leave, and what is not is held back"
        _told(lambda: asyncio.run(self._sent(cases)), words, cases.place)

    def check_unasked(self, *, venue: Venue) -> None:
        """Raise unless all that the service sends when it starts is declared and valid.

        Raises:
            LawBroken: it is not so.
        """
        verdicts = self._verdicts(venue)

        async def scenario() -> None:
            stage = venue.stage()
            async with stage.running():
                for sent in await stage.unasked():
                    flaw = verdicts.flaw(sent)
                    if flaw:
                        raise LawBroken(f"it sends what it may not: {flaw}\n{told(sent)}")

        words = "what is sent without being asked for is declared and valid"
        _told(lambda: venue.run(scenario), words, self._service.name)

    def _try(self, law: Law, trial: Trial, venue: Venue) -> None:
        match law:
            case Law.ACCEPTS:
                venue.run(lambda: trial.accepts(venue.stage()))
            case Law.EXPLORES:
                self._explore(trial, venue)
            case Law.REFUSES:
                venue.run(lambda: trial.refuses(venue.stage()))
            case Law.KEEPS:
                venue.run(lambda: trial.keeps(venue.memory_stage))
            case Law.RECOVERS:
                venue.run(lambda: trial.recovers(venue.memory_stage))
            case Law.IGNORES_COPIES:
                venue.run(lambda: trial.ignores_copies(venue.stage()))
            case _:
                assert_never(law)

    def watched(self, dead_letters: str) -> frozenset[str]:
        """Return the addresses at which all is seen that the service may send: dead letters, replies, messages."""
        sent = {each.channel.address.template for each in self._service.sends if each.channel.address is not None}
        asked = {
            case.publication.reply_to
            for operation in self._service.receives
            for kind in operation.messages
            for case in self._cases[operation.id, kind.name].valid
            if case.publication.reply_to is not None
        }
        return frozenset({self._dead_letters(dead_letters)} | sent | asked)

    def _dead_letters(self, told: str) -> str:
        return told or f"{self._service.name}.dead-letters"

    def _verdicts(self, venue: Venue) -> Verdicts:
        return Verdicts(self._service, self._dead_letters(venue.dead_letters))

    def _prepared(self, operation: str, kind: MessageKind) -> Cases:
        cases = self._cases[operation, kind.name]
        if not cases.valid:
            raise SkipTest(f"no message was found that is certainly {kind.name}, and no other one of its channel")
        return cases

    def _explore(self, trial: Trial, venue: Venue) -> None:
        """Try random messages, each with a service that has seen nothing where that is possible."""
        if not trial.cases.valid[0].payload:
            raise SkipTest("the payload is no JSON")
        venue.explore(
            self._material(trial),
            lambda headers, payload: trial.random(headers, payload) is not None,
            lambda headers, payload: venue.run(lambda: trial.accepts_random(venue.stage(), headers, payload)),
        )

    def _material(self, trial: Trial) -> Material:
        kind, judge = trial.fresh.kind, self._service.judge
        return Material(
            payload=True if kind.schema is None else judge.schema(kind.schema),
            headers=None if kind.headers is None else judge.schema(kind.headers.schema),
            resolve=judge.resolve,
            known=tuple((case.publication.headers, case.payload[0]) for case in trial.cases.valid if case.payload),
        )

    async def _sent(self, cases: Cases) -> None:
        async with MemoryTransport(MemoryBroker()) as transport:
            publisher = Publisher(self._service, transport, Settings())
            for case in cases.valid:
                await publisher.publish(case.publication)
                _require(case, transport.broker.published[-1].body == case.publication.body, "is not sent")
            for case in cases.wrong:
                before = len(transport.broker.published)
                _require(case, await _is_held(publisher, case.publication), "is sent")
                _require(case, len(transport.broker.published) == before, "is refused, and sent")


async def _is_held(publisher: Publisher, publication: Publication) -> bool:
    try:
        await publisher.publish(publication)
    except (InvalidMessage, UndeclaredMessage):
        return True
    return False


def _require(case: MessageCase, holds: object, what: str) -> None:
    if not holds:
        raise LawBroken(f"{case.why}: {what}\n{told(case.publication)}")


def _told(scenario: Callable[[], None], where: str, place: str) -> None:
    """Run *scenario*, and say with what it raises which law of what is broken, and where the contract has it."""
    try:
        scenario()
    except LawBroken as broken:
        raise LawBroken(f"{where}\n\n{broken}\n\n  contract: {place}") from None
    except SubjectFailed as failed:
        raise LawBroken(f"{where}\n\nthe service {failed}\n\n  contract: {place}") from failed
