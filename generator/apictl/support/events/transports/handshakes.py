# mypy: disable-error-code="import-not-found"
"""Who may connect: judged before a WebSocket is accepted, and refused with a status of HTTP."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, TypeAlias
from urllib.parse import urlsplit

from starlette.websockets import WebSocket

from ...judge import Judge
from ...readings import Reading, guide_by, inner, sequence, value_of
from ..declarations import HeaderSet

_BAD_REQUEST: Final = 400
_FORBIDDEN: Final = 403

Admit: TypeAlias = "Callable[[WebSocket], Awaitable[int | None]]"
"""Judges a handshake, its headers, cookies and client: None to accept it, else the status to refuse it with."""


@dataclass(frozen=True, slots=True)
class Binding:
    """What the contract asks of a handshake (AsyncAPI, WebSockets channel binding).

    Its `method` is not judged: a handshake is a GET (RFC 6455, section 4.1).

    Attributes:
        judge: of the contract.
        query: key in the package's `contract.json`, of an object of the query parameters; None when any will do.
        headers: of which only the declared ones are judged, whatever the case of their names; None when any will do.
    """

    judge: Judge
    query: str | None = None
    headers: HeaderSet | None = None

    def accepts(self, socket: WebSocket) -> bool:
        """Return whether *socket* asks as the contract wants it."""
        return (self.query is None or self._fits(self.query, _query(socket))) and (
            self.headers is None or self._fits(self.headers.schema, _headers(socket, self.headers.names))
        )

    def _fits(self, key: str, members: Mapping[str, Reading]) -> bool:
        value = value_of(Reading(members=members), (self.judge.schema(key),), guide_by(self.judge))
        return self.judge.accepts(key, value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Handshakes:
    """How handshakes are judged.

    Attributes:
        origins: of pages that may connect (RFC 6455, section 10.2), such as `https://app.example`. None for those of
            the host itself; clients that are no browsers say no origin, and may.
        admit: the judgement of the service itself: tokens, cookies, certificates; None when it has none.
        bindings: by address, as the contract writes it.
        subprotocols: that are spoken, the best one first.
    """

    origins: frozenset[str] | None = None
    admit: Admit | None = None
    bindings: Mapping[str, Binding] = field(default_factory=lambda: MappingProxyType({}))
    subprotocols: tuple[str, ...] = ()

    async def refusal(self, socket: WebSocket, template: str) -> int | None:
        """Return the status to refuse *socket* with, which wants to connect to the address *template*."""
        if not self._may_come(socket):
            return _FORBIDDEN
        binding = self.bindings.get(template)
        if binding is not None and not binding.accepts(socket):
            return _BAD_REQUEST
        return None if self.admit is None else await self.admit(socket)

    def subprotocol(self, socket: WebSocket) -> str | None:
        """Return the one to speak; None for none."""
        wanted = socket.scope.get("subprotocols") or ()
        return next((each for each in self.subprotocols if each in wanted), None)

    def _may_come(self, socket: WebSocket) -> bool:
        origin = socket.headers.get("origin")
        if origin is None:
            return True
        if self.origins is not None:
            return origin in self.origins
        try:
            return bool(urlsplit(origin).netloc.lower() == socket.headers.get("host", "").lower() != "")
        except ValueError:
            return False


def _query(socket: WebSocket) -> dict[str, Reading]:
    said: dict[str, list[Reading]] = {}
    for name, text in socket.query_params.multi_items():
        said.setdefault(name, []).append(inner(text))
    return {name: sequence(readings) for name, readings in said.items()}


def _headers(socket: WebSocket, names: Iterable[str]) -> dict[str, Reading]:
    said = {name: socket.headers.getlist(name) for name in names}
    # Lines of one name are one line with commas (RFC 9110, section 5.3), or the items of an array.
    return {
        name: Reading(text=", ".join(texts), items=tuple(map(inner, texts)), document=True)
        for name, texts in said.items()
        if texts
    }
