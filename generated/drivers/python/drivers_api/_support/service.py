"""A whole service behind one door: a plain Starlette application."""

from __future__ import annotations

import importlib.resources
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from starlette.applications import Starlette
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Router
from starlette.types import ASGIApp, Lifespan, Receive, Scope, Send

from .arrived import receive_of
from .brackets import owns
from .declarations import Operation, Parameter
from .endpoint import Endpoint, Handler, Surroundings, judging_strictly
from .failures import FailureKind, choose_answer
from .judge import Judge
from .matching import PathPattern, PathTable
from .readings import guide_by
from .refusing import Refusing
from .routing import respond

SOURCE_PATH = "/openapi.json"
"""Where a service serves its own contract."""


class Service:
    """Operations with their handlers."""

    def __init__(
        self, package: str, handlers: Sequence[tuple[Operation[Any], Handler]], surroundings: Surroundings
    ) -> None:
        """Serve each operation of *handlers*, all of the contract in *package*."""
        self.package = package
        judge = surroundings.judge
        operations = tuple(operation for operation, _ in handlers)
        refusing = Refusing(operations, judge, surroundings.errors, judging_strictly(judge))
        self.endpoints = self._made(handlers, surroundings, refusing)
        self.table = PathTable(
            (endpoint.operation.method, endpoint.operation.path, endpoint) for endpoint in self.endpoints
        )

    def _made(
        self,
        handlers: Sequence[tuple[Operation[Any], Handler]],
        surroundings: Surroundings,
        refusing: Refusing,
    ) -> tuple[Endpoint, ...]:
        """Return what serves *handlers*: no two of one path and method."""
        return tuple(_endpoint(operation, handler, surroundings, refusing) for operation, handler in handlers)

    def application(self, lifespan: Lifespan[Starlette] | None = None) -> Starlette:
        """Return a Starlette application: any path, any method, answered in the declared shape."""
        return _Application(routes=[ContractRoute(self)], lifespan=lifespan)

    def source(self) -> Response:
        """Return the contract as it was written, in one document."""
        content = importlib.resources.files(self.package).joinpath("openapi.json").read_bytes()
        return Response(content, media_type="application/json")


def _endpoint(operation: Operation[Any], handler: Handler, surroundings: Surroundings, refusing: Refusing) -> Endpoint:
    kind = FixedQueryEndpoint if "?" in operation.path else Endpoint
    return kind(operation, handler, surroundings, refusing)


class FixedQueryEndpoint(Endpoint):
    """Serves an operation that the query chose: its parameters do not see the pairs that only did that."""

    def __init__(
        self, operation: Operation[Any], handler: Handler, surroundings: Surroundings, refusing: Refusing
    ) -> None:
        """Serve *operation* with *handler*, a method of the service."""
        super().__init__(operation, handler, surroundings, refusing)
        self._pattern = PathPattern(operation.path)
        self._judge = surroundings.judge

    async def serve(self, request: Request, path_values: Mapping[str, str]) -> Response:
        """Return the answer to *request*, whose raw path values are *path_values*; never raises."""
        query = self._pattern.unfixed(request.scope["query_string"], self._claimed)
        unfixed = Request({**request.scope, "query_string": query}, receive_of(request))
        return await super().serve(unfixed, path_values)

    @cached_property
    def _claimed(self) -> frozenset[bytes]:
        """Names of fixed pairs that a parameter declares, too."""
        parameters = [parameter for parameter in self.operation.parameters if parameter.location == "query"]
        return frozenset(
            name
            for name, _ in self._pattern.fixed
            if any(_claims(parameter, name.decode(errors="replace"), self._judge) for parameter in parameters)
        )


def _claims(parameter: Parameter, name: str, judge: Judge) -> bool:
    """Return whether *name* in a query is *parameter*, or a part of it that the contract names."""
    if parameter.name == name:
        return True
    if parameter.media_type is not None:
        return False
    if parameter.style == "deepObject":
        return owns(parameter.name, name)
    return parameter.explode and name in guide_by(judge).declared((judge.schema(parameter.schema),))


class ContractRoute(BaseRoute):
    """Takes every HTTP request and finds its operation on the path as it was sent."""

    def __init__(self, service: Service) -> None:
        """Route to the endpoints of *service*."""
        self._service = service
        # What speaks of a path without operations: an operation that declares 404, else one as good as any.
        speaking = (*filter(_declares_not_found, service.endpoints), *service.endpoints)
        self._spokesman = next(iter(speaking), None)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Match every HTTP request."""
        return (Match.FULL, {}) if scope["type"] == "http" else (Match.NONE, {})

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request, path = Request(scope, receive), raw_path(scope)
        response = await respond(self._service.table, request, path)
        if response is None:
            response = self._without_operation(request, path)
        await response(scope, receive, send)

    def _without_operation(self, request: Request, path: str) -> Response:
        if path == SOURCE_PATH and request.method in {"GET", "HEAD"}:
            return self._service.source()
        if self._spokesman is not None:
            return self._spokesman.fail(FailureKind.NOT_FOUND, "no operation has this path")
        return Response(b"", 404)


class _Application(Starlette):
    """Starlette without what would only be passed through: a contract's route takes all requests, and never raises."""

    def build_middleware_stack(self) -> ASGIApp:
        """Return what answers: the route itself as long as it comes first, and nothing was put before it."""
        stack, routes = super().build_middleware_stack(), self.router.routes
        if self.exception_handlers or self.debug or not _is_bare(stack, self.router):
            return stack

        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            first = routes[0] if routes and scope["type"] == "http" else None
            answered = first.handle if isinstance(first, ContractRoute) else stack
            await answered(scope, receive, send)

        return answer


def _is_bare(stack: ASGIApp, router: Router) -> bool:
    """Whether there is nothing before *router* but what Starlette puts before each."""
    below = stack.app if isinstance(stack, ServerErrorMiddleware) else None
    return isinstance(below, ExceptionMiddleware) and below.app is router


def _declares_not_found(endpoint: Endpoint) -> bool:
    """Whether the shape of an unknown path can be taken from *endpoint*."""
    return choose_answer(endpoint.operation, FailureKind.NOT_FOUND)[0] is not None


def raw_path(scope: Scope) -> str:
    """Return the path below the mount point as it was sent, percent-encoded."""
    sent = scope.get("raw_path")
    path = sent.decode("latin-1").partition("?")[0] if sent is not None else scope["path"]
    root = scope.get("root_path", "")
    return path[len(root) :] or "/" if root and path.startswith(root) else path
