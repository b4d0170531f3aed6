"""What tests of calls share: a clock that only moves when somebody waits, and services of a few lines."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

import httpx2

from apictl.support.async_calls import AsyncCaller
from apictl.support.calling import NO_LIMITS, Limits
from apictl.support.calls import Caller
from apictl.support.clock import Clock
from apictl.support.credentials import Wallet
from apictl.support.declarations import Answer, Content, Kind, Operation, Parameter
from apictl.support.exchanges import USUAL, Policy
from apictl.support.judge import Judge

BASE: Final = "https://api.example.test/v1"
JSON: Final = Content("application/json", Kind.JSON, dict[str, Any])
JUDGE: Final = Judge.of({"text": {"type": "string"}})
EMPTY: Final = Wallet((), {})
KEY: Final = Parameter("Idempotency-Key", "key", "header", "text", str, style="simple", explode=False)
EPOCH: Final = 1_800_000_000.0

Service = Callable[[httpx2.Request], httpx2.Response]


def operation(method: str = "GET", **declared: Any) -> Operation[Any]:
    return Operation("op", method, "/things", "op", (Answer("200", (JSON,)),), (KEY,), **declared)


@dataclass
class FakeTime:
    """Time that passes only in pauses, and chance that is always the same."""

    now: float = 0.0
    chance: float = 1.0
    pauses: list[float] = field(default_factory=list)

    def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds

    async def pause_async(self, seconds: float) -> None:
        self.pause(seconds)

    @property
    def clock(self) -> Clock:
        return Clock(
            seconds=lambda: self.now,
            today=lambda: EPOCH + self.now,
            chance=lambda: self.chance,
            pause=self.pause,
            pause_async=self.pause_async,
        )


@dataclass
class Answers:
    """A service that gives one answer after another, the last one forever; an exception is raised."""

    outcomes: tuple[httpx2.Response | Exception, ...]
    seen: list[httpx2.Request] = field(default_factory=list)

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.seen.append(request)
        outcome = self.outcomes[min(len(self.seen), len(self.outcomes)) - 1]
        if isinstance(outcome, Exception):
            raise outcome
        # Each time a new one: what was read once is not read again.
        return httpx2.Response(outcome.status_code, headers=outcome.headers, content=outcome.content)


def called_synchronously(service: Service, called: Operation[Any], **settings: Any) -> Any:
    """Return what a synchronous call gives; *settings* are those of `_taken` and of the call."""
    wallet, policy, limits = _taken(settings)
    with httpx2.Client(base_url=BASE, transport=httpx2.MockTransport(service)) as http:
        return Caller(http, JUDGE, wallet, policy).call(called, limits=limits, **settings)


def called_asynchronously(service: Service, called: Operation[Any], **settings: Any) -> Any:
    """Return what an asynchronous call gives."""
    wallet, policy, limits = _taken(settings)

    async def run() -> Any:
        async with httpx2.AsyncClient(base_url=BASE, transport=httpx2.MockTransport(service)) as http:
            return await AsyncCaller(http, JUDGE, wallet, policy).call(called, limits=limits, **settings)

    return asyncio.run(run())


BOTH: Final = (called_synchronously, called_asynchronously)


def _taken(settings: dict[str, Any]) -> tuple[Wallet, Policy, Limits]:
    wallet: Wallet = settings.pop("wallet", EMPTY)
    policy: Policy = settings.pop("policy", USUAL)
    limits: Limits = settings.pop("limits", NO_LIMITS)
    return wallet, policy, limits
