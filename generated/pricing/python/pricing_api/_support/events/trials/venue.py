"""Where trials are held, and who thinks up more messages."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from .memory_stage import MemoryStage
from .stage import Stage
from .subjects import Subject


@dataclass(frozen=True, slots=True)
class Material:
    """What random messages are made of.

    Attributes:
        payload: JSON Schema of the payload.
        headers: JSON Schema of the headers, or what the plainest message has: any object of scalars.
        resolve: returns what a `$ref` means.
        known: headers and payload of messages that are valid.
    """

    payload: Any
    headers: Any
    resolve: Callable[[str], Any]
    known: tuple[tuple[Mapping[str, Any], Any], ...]


Attempt: TypeAlias = "Callable[[Mapping[str, Any], Any], None]"
"""Tries headers and payload; raises when the service breaks a law with them."""

IsValid: TypeAlias = "Callable[[Mapping[str, Any], Any], bool]"

Explore: TypeAlias = "Callable[[Material, IsValid, Attempt], None]"
"""Calls the attempt with many messages that are valid; raises what it raises for the smallest that it is found for."""


class Venue(Protocol):
    """Where trials are held."""

    def token(self) -> str:
        """Return what the ids of the next trial begin with; "" where nothing is remembered from one to the other."""
        ...

    @property
    def explore(self) -> Explore:
        """Who thinks up random messages."""
        ...

    @property
    def dead_letters(self) -> str:
        """Address of the dead letters; "" for the usual one."""
        ...

    @property
    def most_cases(self) -> int | None:
        """How many valid messages of a kind there is time for, and twice as many wrong ones; None for all."""
        ...

    def stage(self) -> Stage:
        """Return a stage, with a service that has seen nothing where that is possible."""
        ...

    def memory_stage(self) -> MemoryStage:
        """Return a stage on which everything can be seen and held up.

        Raises:
            LookupError: the service runs on a real broker.
        """
        ...

    def run(self, scenario: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Run *scenario* to its end, where the stages belong."""
        ...


@dataclass(frozen=True, slots=True)
class MemoryVenue:
    """Every scenario has a broker in memory, and an event loop, of its own."""

    subject: Subject
    explore: Explore
    dead_letters: str = ""
    most_cases: int | None = None
    outbox_seconds: float = 0.0

    def token(self) -> str:
        """Return nothing: nothing is remembered."""
        return ""

    def stage(self) -> MemoryStage:
        """Return a stage with a service that has seen nothing."""
        return MemoryStage(self.subject, outbox_seconds=self.outbox_seconds)

    def memory_stage(self) -> MemoryStage:
        """Return a stage with a service that has seen nothing."""
        return MemoryStage(self.subject, outbox_seconds=self.outbox_seconds)

    def run(self, scenario: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Run *scenario* to its end."""
        asyncio.run(_undisturbed(scenario))


async def _undisturbed(scenario: Callable[[], Coroutine[Any, Any, None]]) -> None:
    # What fails in a task that nobody awaits would be logged whenever it is collected, in the middle of anything.
    asyncio.get_running_loop().set_exception_handler(lambda _loop, _told: None)
    await scenario()
