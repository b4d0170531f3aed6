"""What is tested: handlers within the package's own receiver, or a whole service, of which only messages are seen."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Protocol, TypeAlias

from ..context import Context
from ..idempotency import HandledInMemory
from ..messages import Delivery
from ..receiver import Receiver
from ..retries import Retries
from ..settings import Settings
from ..transport import Transport

Make: TypeAlias = "Callable[[Transport], Any]"
"""Returns the handlers under test, which send through the transport."""

Open: TypeAlias = "Callable[[Any, Transport, Settings], Receiver]"
"""Returns what receives with these handlers: `receiver` of the package."""

Start: TypeAlias = "Callable[[Transport], AbstractAsyncContextManager[object]]"
"""Returns a context that receives over the transport while it is entered."""

Note: TypeAlias = "Callable[[Delivery], Awaitable[None]]"
"""Awaited whenever a handler is called, with what it is called for."""


class Subject(Protocol):
    """What is tested."""

    @property
    def shows_calls(self) -> bool:
        """Whether calls of handlers are seen."""
        ...

    def running(self, transport: Transport, note: Note) -> AbstractAsyncContextManager[object]:
        """Return a context that receives over *transport*, which is started, while it is entered."""
        ...


class HandlersUnderTest:
    """Handlers: each message reaches them once, and copies don't."""

    shows_calls = True

    def __init__(self, make: Make, open_: Open) -> None:
        """Test what *make* returns, in a receiver that *open_* returns."""
        self._make = make
        self._open = open_

    @asynccontextmanager
    async def running(self, transport: Transport, note: Note) -> AsyncIterator[None]:
        """Receive over *transport*."""
        settings = Settings(retries=Retries(attempts=1), handled=HandledInMemory())
        async with self._open(_Noted(self._make(transport), note), transport, settings):
            yield


class ServiceUnderTest:
    """A service as a black box."""

    shows_calls = False

    def __init__(self, start: Start) -> None:
        """Test what *start* returns."""
        self._start = start

    def running(self, transport: Transport, note: Note) -> AbstractAsyncContextManager[object]:  # noqa: ARG002 - unseen
        """Receive over *transport*."""
        return self._start(transport)


class _Noted:
    """Handlers whose calls are noted."""

    def __init__(self, handlers: Any, note: Note) -> None:
        self._handlers = handlers
        self._note = note

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        handle = getattr(self._handlers, name)

        async def noted(*arguments: Any, **named: Any) -> Any:
            for each in arguments:
                if isinstance(each, Context):
                    await self._note(each.delivery)
            return await handle(*arguments, **named)

        return noted
