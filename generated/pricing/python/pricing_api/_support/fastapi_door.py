"""The same service behind the other door: a FastAPI router, to be included, mounted and wrapped as people know it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator, Sequence
from functools import cached_property
from http import HTTPMethod
from typing import Any, Final
from urllib.parse import unquote

from fastapi import APIRouter, Request, Response, routing
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Host, Match, Mount
from starlette.types import Scope

from .arrived import SHARED
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

_contexts: Final[Callable[[Sequence[BaseRoute]], Iterator[Any]] | None] = vars(routing).get("iter_route_contexts")
"""FastAPI's view of routes with what comes before them; older ones copy a route to where it is included."""


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

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Match by the path in which an escaped slash parts no segments."""
        # FastAPI asks route by route, twice; where the path ends otherwise, it need not look at the rest.
        if not scope["path"].endswith(self._ending):
            return Match.NONE, {}
        return super().matches(_with_whole_segments(scope))

    @cached_property
    def _ending(self) -> str:
        """What follows the last expression of the path; "" where that may be written in another way."""
        ending = self.path.rpartition("}")[2]
        return "" if "%" in ending else ending

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the endpoint itself, unless dependencies of the router or the application come before it."""
        usual = super().get_route_handler()
        endpoint: Callable[[Request], Coroutine[Any, Any, Response]] = self.endpoint
        is_plain: bool | None = None

        async def handle(request: Request) -> Response:
            nonlocal is_plain
            if is_plain is None:
                # Known now: FastAPI calls this once for each place of the route, before the place is complete.
                is_plain = not _has_dependencies(self, request.scope)
            if is_plain and request.scope.get("fastapi.telemetry") is None:
                return await endpoint(request)
            request.scope[SHARED] = True
            return await usual(request)

        return handle


def _has_dependencies(route: APIRoute, scope: Scope) -> bool:
    """Return whether dependencies come before *route* somewhere in the application of *scope*, or may do so."""
    if _contexts is None:
        return bool(route.dependencies)
    holder = scope["app"] if "app" in scope else scope["router"]
    found = [context.dependencies for context in _placed(holder.routes) if context.original_route is route]
    return not found or any(found)


def _placed(routes: Sequence[BaseRoute]) -> Iterator[Any]:
    """Yield every route of *routes* and of what is mounted there, as FastAPI's `RouteContext`."""
    for context in _contexts(routes) if _contexts is not None else ():
        yield context
        if isinstance(context.original_route, Mount | Host):
            yield from _placed(context.original_route.routes)


def _with_whole_segments(scope: Scope) -> Scope:
    """Return *scope* with the slashes that were sent escaped still so in its path, which servers decode."""
    raw = scope.get("raw_path")
    if raw is None or (b"%2F" not in raw and b"%2f" not in raw):
        return scope
    segments = raw.decode("latin-1").partition("?")[0].split("/")
    return {**scope, "path": "/".join(unquote(segment).replace("/", "%2F") for segment in segments)}


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
        values = pattern.match_ending(raw_path(request.scope)) if pattern.names else None
        return await endpoint.serve(request, values or {})

    async def serve_the_best(request: Request) -> Response:
        path = pattern.ending(raw_path(request.scope))
        response = await respond(table, request, path)
        # FastAPI matches the path decoded and below any prefix: what the table doesn't know then is this operation.
        return await endpoint.serve(request, pattern.match(path) or {}) if response is None else response

    return serve_the_best if table.is_shadowed(pattern) else serve


def _answer_unmatched(
    table: PathTable[Endpoint], pattern: PathPattern, endpoints: dict[str, Endpoint]
) -> Callable[[Request], Coroutine[Any, Any, Response]]:
    async def answer(request: Request) -> Response:
        response = await respond(table, request, pattern.ending(raw_path(request.scope)))
        return unmatched(endpoints, request.method) if response is None else response

    return answer
