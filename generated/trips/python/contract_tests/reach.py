"""Which operations are tested: those of the service, those of the receiver of its webhooks and callbacks, or all."""

from __future__ import annotations

import enum

from .cases import RECEIVED, load_cases
from .lifespan import Application, Message, Receive, Send


class Reach(enum.Enum):
    """What a run tests."""

    ALL = "all"
    SERVICE = "service"
    RECEIVER = "receiver"

    def has(self, path: str) -> bool:
        """Return whether the operations of *path* are tested."""
        return self is Reach.ALL or (self is Reach.RECEIVER) == path.startswith(f"{RECEIVED}/")


class WithReceiver:
    """An application, and beside it one that receives webhooks and callbacks."""

    def __init__(self, app: Application, receiver: Application) -> None:
        """Let *receiver* have the paths that are its own, and *app* all others."""
        self._app = app
        self._receiver = receiver

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass a request on, as if the application were mounted."""
        if scope["type"] == "http" and scope["path"].startswith(f"{RECEIVED}/"):
            root = scope.get("root_path", "")
            await self._receiver({**scope, "root_path": f"{root}{RECEIVED}"}, receive, send)
        else:
            await self._app(scope, receive, send)


def has_receiver() -> bool:
    """Whether the contract has webhooks or callbacks."""
    return any(operation.is_received for operation in load_cases().operations.values())
