"""The same service behind the other door: a FastAPI router, to be included, mounted and wrapped as people know it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute
from starlette.routing import Match
from starlette.types import Scope

from .endpoint import Endpoint
from .matching import PathPattern, PathTable
from .service import Service, raw_path, refuse_method

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


def contract_router(service: Service) -> APIRouter:
    """Return a router with one route an operation, and one a path that refuses every other method."""
    router = APIRouter(redirect_slashes=False)
    by_path: dict[str, dict[str, Endpoint]] = {}
    for endpoint in service.endpoints:
        by_path.setdefault(endpoint.operation.path, {})[endpoint.operation.method] = endpoint
    patterns = sorted(map(PathPattern, by_path), key=lambda pattern: pattern.precedence)
    for pattern in patterns:
        for method, endpoint in by_path[pattern.template].items():
            operation = endpoint.operation
            router.add_api_route(
                pattern.starlette_path,
                _serve(endpoint, pattern),
                methods=[method],
                name=operation.function,
                operation_id=operation.id,
                response_model=None,
                route_class_override=_route_class(pattern),
            )
    for pattern in patterns:
        others = [method for method in METHODS if method not in by_path[pattern.template]]
        router.add_api_route(
            pattern.starlette_path,
            _refuse(service.table, pattern, by_path[pattern.template]),
            methods=others,
            include_in_schema=False,
            route_class_override=_route_class(pattern),
        )
    return router


def _route_class(pattern: PathPattern) -> type[APIRoute]:
    """Return the class for routes of *pattern*; a router that is included in another keeps the class of a route."""
    if not pattern.fixed:
        return APIRoute

    class FixedQueryRoute(APIRoute):
        """Matches requests whose query holds the fixed pairs."""

        def matches(self, scope: Scope) -> tuple[Match, Scope]:
            """Match by path and method, then by the query."""
            match, child_scope = super().matches(scope)
            if match is not Match.NONE and not pattern.accepts(scope["query_string"]):
                return Match.NONE, {}
            return match, child_scope

    return FixedQueryRoute


def _serve(endpoint: Endpoint, pattern: PathPattern) -> Callable[[Request], Awaitable[Response]]:
    async def serve(request: Request) -> Response:
        return await endpoint.serve(request, pattern.match_ending(raw_path(request.scope)) or {})

    return serve


def _refuse(
    table: PathTable[Endpoint], pattern: PathPattern, endpoints: dict[str, Endpoint]
) -> Callable[[Request], Awaitable[Response]]:
    async def refuse(request: Request) -> Response:
        path, query = pattern.ending(raw_path(request.scope)), request.scope["query_string"]
        # FastAPI matches the path decoded, where an escaped slash parts segments: then the table knows nothing of it.
        return refuse_method(table.nearest(path, query) or endpoints, request.method)

    return refuse
