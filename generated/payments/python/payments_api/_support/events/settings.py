"""How a service takes part in events: what its contract leaves open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from os import urandom
from random import random
from types import MappingProxyType

from ..judge import Judge
from .clock import Clock, SystemClock
from .cloudevents import CloudEvents
from .codecs import Codec, Formats
from .idempotency import Handled
from .reading import Judging
from .retries import Retries


def fresh_id() -> str:
    """Return an id that nobody else has."""
    # As random as a UUID, at a quarter of its price.
    return urandom(16).hex()


def anywhere(_address: str) -> bool:
    """Allow every address."""
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How messages are received and sent.

    Attributes:
        group: of processes that share the messages; "" for the name of the service.
        concurrency: how many deliveries are handled at once; those of one address and key always one by one.
        retries: of handlers that fail, and of replies and dead letters that the broker doesn't take.
        handler_seconds: how long an attempt may take; then it is cancelled, and has failed. None for as long as it
            likes: only the handler knows what it waits for.
        dead_letters: address, in which `{group}` and `{address}` stand for where the message comes from.
        handled: remembers messages where the contract says what their copies have in common; None for not at all.
        events: how messages that are sent become CloudEvents; None when they don't. Received ones are recognised.
        codecs: by media type in lower case, without parameters; they go before what the contract says.
        schema_ids: of a registry, by name of the message: written before payloads where the contract has them there.
        max_body_bytes: the largest body that is received.
        may_reply_to: whether an address that a request names may be replied to; what the contract says of it is
            judged anyway.
        clock: for pauses and times.
        identify: returns the id of the next message.
        chance: returns a number from 0 to 1, for the jitter of pauses.
    """

    group: str = ""
    concurrency: int = 16
    retries: Retries = field(default_factory=Retries)
    handler_seconds: float | None = None
    dead_letters: str = "{group}.dead-letters"
    handled: Handled | None = None
    events: CloudEvents | None = None
    codecs: Mapping[str, Codec] = field(default_factory=lambda: MappingProxyType({}))
    schema_ids: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    max_body_bytes: int = 16 * 1024 * 1024
    may_reply_to: Callable[[str], bool] = anywhere
    clock: Clock = field(default_factory=SystemClock)
    identify: Callable[[], str] = fresh_id
    chance: Callable[[], float] = random

    async def pause(self, failures: int) -> None:
        """Return after the pause that is due after the given number of failures."""
        await self.clock.sleep(self.retries.pause_seconds(failures, self.chance()))

    def judging(self, judge: Judge) -> Judging:
        """Return what all channels are read and written by."""
        return Judging(judge, Formats(judge, self.codecs, self.schema_ids), self.max_body_bytes)
