"""Headers and body of a request, as they arrived."""

from __future__ import annotations

from functools import cache
from typing import Final

from starlette.requests import ClientDisconnect, Request
from starlette.types import Message, Receive

from .failures import FailureKind

SHARED: Final = "apictl.shared"
"""Key in the scope of a request whose body others may have read: their `Request` remembers it."""


class Refused(Exception):
    """A request that breaks the contract."""

    def __init__(self, kind: FailureKind, detail: str) -> None:
        """Keep both."""
        super().__init__(detail)
        self.kind = kind
        self.detail = detail


def header_of(request: Request, name: str) -> str | None:
    """Return the value of the header *name*; several of one name are joined by commas (RFC 9110, 5.3)."""
    wanted = _wire_name(name)
    headers = request.scope["headers"]
    first: bytes | None = None
    for given, value in headers:
        if given == wanted:
            if first is not None:
                return b", ".join([each for given, each in headers if given == wanted]).decode("latin-1")
            first = value
    return None if first is None else first.decode("latin-1")


@cache
def _wire_name(name: str) -> bytes:
    return name.lower().encode("latin-1", "replace")


async def body_of(request: Request, limit: int) -> bytes:
    """Return the body of *request*.

    Raises:
        Refused: it has more than *limit* bytes.
        ClientDisconnect: the caller is gone before its end.
    """
    receive = receive_of(request)
    chunks: list[bytes] = []
    size = 0
    is_whole = False
    while not is_whole:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > limit:
            raise Refused(FailureKind.TOO_LARGE, f"a body may have {limit} bytes")
        chunks.append(chunk)
        is_whole = not message.get("more_body", False)
    return b"".join(chunks)


def receive_of(request: Request) -> Receive:
    """Return what gives the body of *request* from its beginning."""
    if SHARED not in request.scope:
        # Not by its stream: to look after an asynchronous generator takes as long as to judge what it gives.
        return request.receive
    stream = request.stream()

    async def receive() -> Message:
        chunk = await anext(stream, b"")  # one without bytes is the last
        return {"type": "http.request", "body": chunk, "more_body": bool(chunk)}

    return receive
