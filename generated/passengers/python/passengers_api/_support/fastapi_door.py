"""The same service behind the other door: a FastAPI router, to be included, mounted and wrapped as people know it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Coroutine
from http import HTTPMethod
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.routing import Match
from starlette.types import Scope

from .endpoint import Endpoint
from .matching import PathPattern, PathTable
from .routing import respond, unmatched
from .service import Service, raw_path

METHODS = frozenset(HTTPMethod) | {
    "QUERY",
    "COPY",
    "LINK",
    "LOCK",
    "MKCOL",
    "MOVE",
    "PROPFIND",
    "PURGE",
    "UNLINK",
    "UNLOCK",
}
"""What FastAPI is told to leave to the router; it answers any other method by itself."""


def contract_router(service: Service) -> APIRouter:
    """Return a router with one route an operation, and one a path for `HEAD`, `OPTIONS` and what is not allowed."""
    router = APIRouter(redirect_slashes=False)
    by_path: dict[str, dict[str, Endpoint]] = {}
    for endpoint in service.endpoints:
        by_path.setdefault(endpoint.operation.path, {})[endpoint.operation.method] = endpoint
    methods = {*METHODS, *(endpoint.operation.method for endpoint in service.endpoints)}
    patterns = sorted(map(PathPattern, by_path), key=lambda pattern: pattern.precedence)
    for pattern in patterns:
        for method, endpoint in by_path[pattern.template].items():
            operation = endpoint.operation
            router.add_api_route(
                pattern.starlette_path,
                _serve(endpoint, pattern, service.table),
                methods=[method],
                name=operation.function,
                operation_id=operation.id,
                response_model=None,
                route_class_override=_route_class(pattern),
            )
    for pattern in patterns:
        router.add_api_route(
            pattern.starlette_path,
            _answer_unmatched(service.table, pattern, by_path[pattern.template]),
            methods=sorted(methods - by_path[pattern.template].keys()),
            include_in_schema=False,
            route_class_override=_route_class(pattern),
        )
    return router


class PlainRoute(APIRoute):
    """A route whose endpoint takes the request and returns the response: nothing is left for FastAPI to work out."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the endpoint itself, unless dependencies of the router or the application come before it."""
        usual = super().get_route_handler()
        # What FastAPI would work out, with the dependencies of every router that includes this one. A FastAPI that
        # keeps it elsewhere is left to do its work.
        known = inspect.getclosurevars(usual)
        dependant = known.nonlocals.get("dependant")
        observed = known.globals.get("get_telemetry_data", lambda: None)
        if not isinstance(dependant, Dependant) or dependant.dependencies:
            return usual
        endpoint: Callable[[Request], Coroutine[Any, Any, Response]] = self.endpoint

        async def handle(request: Request) -> Response:
            return await (endpoint if observed() is None else usual)(request)

        return handle


def _route_class(pattern: PathPattern) -> type[APIRoute]:
    """Return the class for routes of *pattern*; a router that is included in another keeps the class of a route."""
    if not pattern.fixed:
        return PlainRoute

    class FixedQueryRoute(PlainRoute):
        """Matches requests whose query holds the fixed pairs."""

        def matches(self, scope: Scope) -> tuple[Match, Scope]:
            """Match by path and method, then by the query."""
            match, child_scope = super().matches(scope)
            if match is not Match.NONE and not pattern.accepts(scope["query_string"]):
                return Match.NONE, {}
            return match, child_scope

    return FixedQueryRoute


def _serve(
    endpoint: Endpoint, pattern: PathPattern, table: PathTable[Endpoint]
) -> Callable[[Request], Coroutine[Any, Any, Response]]:
    async def serve(request: Request) -> Response:
        path = raw_path(request.scope)
        return await endpoint.serve(request, pattern.match_ending(path) or {})

    async def serve_the_best(request: Request) -> Response:
        path = pattern.ending(raw_path(request.scope))
        response = await respond(table, request, path)
        # FastAPI matches the path decoded, where an escaped slash parts segments: then the table knows nothing of it.
        return await endpoint.serve(request, pattern.match(path) or {}) if response is None else response

    return serve_the_best if table.is_shadowed(pattern) else serve


def _answer_unmatched(
    table: PathTable[Endpoint], pattern: PathPattern, endpoints: dict[str, Endpoint]
) -> Callable[[Request], Coroutine[Any, Any, Response]]:
    async def answer(request: Request) -> Response:
        response = await respond(table, request, pattern.ending(raw_path(request.scope)))
        return unmatched(endpoints, request.method) if response is None else response

    return answer
