"""One message of one operation, tried by each law."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from ..declarations import Receive
from ..messages import Publication
from .cases import Cases, MessageCase
from .fresh import Fresh
from .memory_stage import MemoryStage
from .stage import Outcome, Stage
from .verdicts import Parted, Verdicts

_SHOWN: Final = 2000
"""Bytes of a body."""


class LawBroken(AssertionError):
    """A service breaks its contract; the text says all."""


class Trial:
    """Tries a service with the messages of one kind; each law begins with a service that has seen nothing."""

    def __init__(self, operation: Receive, cases: Cases, *, verdicts: Verdicts, fresh: Fresh) -> None:
        """Send *cases* of *operation* under ids that are *fresh*, and judge by *verdicts*."""
        self.cases = cases
        self.fresh = fresh
        self._operation = operation
        self._verdicts = verdicts

    async def accepts(self, stage: Stage) -> None:
        """Raise unless all that is valid is accepted, one by one and at once."""
        async with stage.running():
            for case in self.cases.valid:
                await self._accepted(stage, self.fresh.of(case))
            if self._operation.reply is not None and len(self.cases.valid) > 1:
                await self._told_apart(stage)

    def random(self, headers: Mapping[str, Any], payload: Any) -> MessageCase | None:
        """Return the message of these *headers* and *payload*; None when it is not valid."""
        return self.fresh.random(self.cases.valid[0], headers, payload)

    async def accepts_random(self, stage: Stage, headers: Mapping[str, Any], payload: Any) -> None:
        """Raise unless the message of these *headers* and *payload* is accepted, if it is valid."""
        case = self.random(headers, payload)
        if case is not None:
            async with stage.running():
                await self._accepted(stage, self.fresh.of(case))

    async def refuses(self, stage: Stage) -> None:
        """Raise unless what is invalid is dead-lettered, nothing else happens, and the next one passes."""
        async with stage.running():
            for case in map(self.fresh.named, self.cases.wrong):
                await self._refused(stage, case)
                for valid in self.cases.valid[:1]:
                    await self._accepted(stage, self.fresh.of(replace(valid, why=f"after {case.why!r}")))

    async def ignores_copies(self, stage: Stage) -> None:
        """Raise unless a copy does nothing but answer again."""
        async with stage.running():
            for case in self.cases.valid[:2]:
                first = self.fresh.of(case)
                before = await self._accepted(stage, first)
                again = replace(first, why=f"a copy of {first.why}")
                outcome = await stage.copied(first.publication)
                parted = self._seen(again, outcome)
                self._require(not parted.letters, again, "is dead-lettered")
                self._require(not outcome.calls, again, "is handled again")
                self._require(not parted.others, again, f"has {_listed(parted.others)} sent again")
                self._require(len(parted.replies) <= 1, again, f"is answered {len(parted.replies)} times")
                is_same = not parted.replies or parted.replies[0].body == before.replies[0].body
                self._require(is_same, again, "is answered otherwise than the message itself")

    async def keeps(self, make: Callable[[], MemoryStage]) -> None:
        """Raise unless a message whose work does not end is not acknowledged, and comes again to the next process."""
        for case in (*map(self.fresh.of, self.cases.valid[:1]), *self.cases.wrong[:1]):
            stage, is_valid = make(), not self.fresh.flaw(case)
            async with stage.running():
                stage.hold()
                await stage.give(case.publication)
                await stage.idle()
                is_visible, is_early = bool(stage.held), stage.is_acknowledged(case.publication)
                stage.cut()
            said = "is acknowledged while what it makes the service do or send is not done yet"
            self._require(not (is_visible and is_early), case, said)
            if is_visible:
                stage.resume()
                async with stage.running():
                    (outcome,) = await stage.settled(case.publication)
                again = replace(case, why=f"{case.why}, again after the service died")
                self._judge_valid(again, outcome) if is_valid else self._judge_wrong(again, outcome)

    async def recovers(self, make: Callable[[], MemoryStage]) -> None:
        """Raise unless a message is handled or dead-lettered, too, when the first sending fails."""
        for case in (*map(self.fresh.of, self.cases.valid[:1]), *self.cases.wrong[:1]):
            stage = make()
            async with stage.running():
                (outcome,) = await stage.outcomes(case.publication)
            usual = len(outcome.sent)
            if usual:
                stage, failing = make(), replace(case, why=f"{case.why}, and the first sending fails")
                async with stage.running():
                    stage.fail_once()
                    (outcome,) = await stage.outcomes(case.publication)
                letters = self._seen(failing, outcome).letters
                is_kept = letters or len(outcome.sent) >= usual
                self._require(is_kept, failing, f"is lost: {len(outcome.sent)} of {usual} messages are sent")

    # ------------------------------------------------------------------------------------------------ verdicts

    async def _accepted(self, stage: Stage, case: MessageCase) -> Parted:
        (outcome,) = await stage.outcomes(case.publication)
        return self._judge_valid(case, outcome)

    async def _refused(self, stage: Stage, case: MessageCase) -> None:
        (outcome,) = await stage.outcomes(case.publication)
        self._judge_wrong(case, outcome)

    async def _told_apart(self, stage: Stage) -> None:
        """Raise unless of messages that come at once each is answered for itself."""
        cases = [self.fresh.of(replace(case, why=f"{case.why}, among others")) for case in self.cases.valid[:4]]
        outcomes = await stage.outcomes(*(case.publication for case in cases))
        for case, outcome in zip(cases, outcomes, strict=True):
            parted = self._seen(case, outcome)
            own = [one for one in parted.replies if not self._reply_flaw(one, case)]
            self._require(len(own) == 1, case, f"is answered {len(own)} times with its own correlation id")
            said = f"{len(parted.replies)} replies to {len(cases)} messages"
            self._require(len(parted.replies) == len(cases), case, said)

    def _judge_valid(self, case: MessageCase, outcome: Outcome) -> Parted:
        parted = self._seen(case, outcome)
        why = "".join(_header(one) for one in parted.letters)
        self._require(not parted.letters, case, f"is valid, and is dead-lettered: {why}")
        self._require(outcome.calls in (None, 1), case, f"is valid, and is handled {outcome.calls} times")
        if self._operation.reply is not None:
            astray = [one for one in parted.others if self._verdicts.is_reply(one, self._operation)]
            if not parted.replies and astray:
                asked = case.publication.reply_to
                raise self._broken(case, f"is answered at {astray[0].address!r}, not at {asked!r}")
            self._require(len(parted.replies) == 1, case, f"is answered {len(parted.replies)} times")
            flaw = self._reply_flaw(parted.replies[0], case)
            self._require(not flaw, case, flaw)
        for one in parted.others:
            flaw = self._verdicts.flaw(one)
            self._require(not flaw, case, f"lets the service send what it may not: {flaw}\n\n  sent:\n{told(one)}")
        return parted

    def _judge_wrong(self, case: MessageCase, outcome: Outcome) -> None:
        parted = self._seen(case, outcome)
        self._require(not outcome.calls, case, "breaks the contract, and is handled")
        count = len(parted.letters)
        self._require(count == 1, case, f"breaks the contract, and is dead-lettered {count} times")
        flaw = self._verdicts.letter_flaw(parted.letters[0], case.publication)
        self._require(not flaw, case, f"breaks the contract, and {flaw}")
        effects = (*parted.replies, *parted.others)
        self._require(not effects, case, f"breaks the contract, and lets the service send {_listed(effects)}")

    def _seen(self, case: MessageCase, outcome: Outcome) -> Parted:
        self._require(not outcome.trouble, case, f"leaves the service busy: {outcome.trouble}")
        self._require(outcome.is_taken, case, "is taken by nobody")
        said = f"is acknowledged before the work is done: afterwards the service sends {_listed(outcome.late)}"
        self._require(not outcome.late, case, f"{said} (from an outbox? then say --outbox)")
        return self._verdicts.parted(outcome.sent, case.publication.reply_to)

    def _reply_flaw(self, reply: Publication, case: MessageCase) -> str:
        return self._verdicts.reply_flaw(reply, self._operation, case.publication)

    def _require(self, holds: object, case: MessageCase, what: str) -> None:
        if not holds:
            raise self._broken(case, what)

    def _broken(self, case: MessageCase, what: str) -> LawBroken:
        flaw = self.fresh.flaw(case)
        known = f"\n\n  it breaks: {flaw}" if flaw else ""
        return LawBroken(f"{case.why}: {what}{known}\n\n  the message:\n{told(case.publication)}")


def told(sent: Publication) -> str:
    """Return *sent* in lines."""
    extra = {"key": sent.key, "reply to": sent.reply_to, "correlation id": sent.correlation_id}
    said = "".join(f", {name} {value!r}" for name, value in extra.items() if value is not None)
    lines = (f"{sent.address} {sent.content_type}{said}", str(dict(sent.headers)), str(sent.body[:_SHOWN])[1:])
    return "\n".join(f"    {line}" for line in lines)


def _listed(sent: tuple[Publication, ...]) -> str:
    return ", ".join(f"a message to {one.address!r}" for one in sent[:5])


def _header(letter: Publication) -> str:
    return str(letter.headers.get("dead-letter", "no reason is given"))[:500]
