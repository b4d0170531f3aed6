"""Applications served over real sockets, for as long as a test needs them."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

PATIENCE_SECONDS = 10.0


@contextmanager
def served(app: Callable[..., Awaitable[Any]], port: int = 0) -> Iterator[str]:
    """Serve *app* on *port* of this machine, by default on a free one, and yield its address."""
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=1))
    with socket.create_server(("127.0.0.1", port)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            wait_until(lambda: server.started)
            yield address(listener)
        finally:
            server.should_exit = True
            thread.join(PATIENCE_SECONDS)
    assert not thread.is_alive()


@contextmanager
def nobody() -> Iterator[str]:
    """Yield an address that belongs to us and at which nobody listens."""
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))
        yield address(unheard)


def address(listener: socket.socket) -> str:
    """Return the base URL of what listens there."""
    host, port = listener.getsockname()
    return f"http://{host}:{port}"


def wait_until(happened: Callable[[], bool]) -> None:
    """Return when it has *happened*, fail when it takes too long."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.005)
