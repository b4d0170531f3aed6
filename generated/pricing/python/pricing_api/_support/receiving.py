"""Receives webhooks and callbacks: verified by their bytes, then served as any operation is."""

from __future__ import annotations

import inspect
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Message

from .arrived import Refused, body_of
from .declarations import Operation
from .deliveries import Choose, Delivery, Verify
from .endpoint import Endpoint, Handler, Surroundings
from .failures import FailureKind
from .refusing import Refusing
from .service import Service

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reception:
    """How deliveries are received.

    Attributes:
        verify: None to believe all of them.
        choose: tells for which method one is where several are received at one path; None for the first whose
            parameters and body it has.
        paths: by name of the handler's method; what is missing here is received at `/` and its operation id.
    """

    verify: Verify | None = None
    choose: Choose | None = None
    paths: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


class Receiver(Service):
    """Webhooks and callbacks with the methods that handle them."""

    def __init__(
        self,
        package: str,
        handlers: Sequence[tuple[Operation[Any], Handler]],
        surroundings: Surroundings,
        reception: Reception,
    ) -> None:
        """Serve each operation of *handlers*, all of the contract in *package*, as *reception* says.

        Raises:
            ValueError: a path is none, or one of nothing that there is.
        """
        self._reception = reception
        unknown = set(reception.paths) - {operation.function for operation, _ in handlers}
        if unknown:
            raise ValueError(f"paths: the handler has no {min(unknown)!r}")
        placed = [(_placed(operation, reception.paths), handler) for operation, handler in handlers]
        super().__init__(package, placed, surroundings)

    def _made(
        self,
        handlers: Sequence[tuple[Operation[Any], Handler]],
        surroundings: Surroundings,
        refusing: Refusing,
    ) -> tuple[Endpoint, ...]:
        """Return a letter box for each path and method."""
        shared: dict[tuple[str, str], list[Endpoint]] = {}
        for endpoint in super()._made(handlers, surroundings, refusing):
            shared.setdefault((endpoint.operation.path, endpoint.operation.method), []).append(endpoint)
        return tuple(LetterBox(tuple(endpoints), self._reception) for endpoints in shared.values())


class LetterBox(Endpoint):
    """Takes the deliveries of one path and method, and hands each to the endpoint that it is for."""

    def __init__(self, endpoints: tuple[Endpoint, ...], reception: Reception) -> None:
        """Hand over to one of *endpoints*, of which there is at least one."""
        super().__init__(endpoints[0].operation, *endpoints[0].parts)
        self._endpoints = endpoints
        self._reception = reception

    async def serve(self, request: Request, path_values: Mapping[str, str]) -> Response:
        """Return the answer to *request*; never raises."""
        try:
            body = await body_of(request, self._surroundings.settings.max_body_bytes)
            delivery = Delivery(request.method, str(request.url), _headers(request), body)
            if not await self._is_verified(delivery):
                return self.fail(FailureKind.UNAUTHENTICATED, "the delivery can't be verified")
            endpoint = await self._chosen(request, delivery)
        except Refused as refused:
            return self.fail(refused.kind, refused.detail)
        except ClientDisconnect:
            raise
        except Exception:  # as in `Endpoint`: whatever a callback does, the sender gets a declared answer
            log.exception("%s: unhandled failure", self.operation.id)
            return self.fail(FailureKind.UNHANDLED, "the receiver failed")
        return await endpoint.serve(_again(request, body), path_values)

    async def _is_verified(self, delivery: Delivery) -> bool:
        if self._reception.verify is None:
            return True
        verified = self._reception.verify(delivery)
        return await verified if inspect.isawaitable(verified) else verified

    async def _chosen(self, request: Request, delivery: Delivery) -> Endpoint:
        """Return the endpoint that the delivery is for.

        Raises:
            Refused: it is for none.
        """
        if len(self._endpoints) == 1:
            return self._endpoints[0]
        names = ", ".join(endpoint.operation.function for endpoint in self._endpoints)
        if self._reception.choose is not None:
            wanted = self._reception.choose(delivery)
            for endpoint in self._endpoints:
                if endpoint.operation.function == wanted:
                    return endpoint
            raise Refused(FailureKind.REFUSED, f"{wanted!r} is none of {names}")
        for endpoint in self._endpoints:
            if await endpoint.reads(_again(request, delivery.body)):
                return endpoint
        raise Refused(FailureKind.REFUSED, f"the request is none of {names}")


def _placed(operation: Operation[Any], paths: Mapping[str, object]) -> Operation[Any]:
    path = paths.get(operation.function)
    if path is None:
        return operation
    if not isinstance(path, str) or not path.startswith("/") or any(each in path for each in "{}?#"):
        raise ValueError(f"{operation.function}: {path!r} is no path such as '/webhooks'")
    return replace(operation, path=path)


def _headers(request: Request) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for name, value in request.headers.items():
        found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def _again(request: Request, body: bytes) -> Request:
    """Return *request*, whose *body* has been read, to be read once more."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        return messages.pop() if messages else await request.receive()

    return Request(request.scope, receive)
