"""The same service behind the other door: a FastAPI router, to be included, mounted and wrapped as people know it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Request, Response

from .endpoint import Endpoint
from .matching import PathPattern
from .service import Service, raw_path, refuse_method

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


def contract_router(service: Service) -> APIRouter:
    """Return a router with one route an operation, and one a path that refuses every other method."""
    router = APIRouter(redirect_slashes=False)
    by_path: dict[str, dict[str, Endpoint]] = {}
    for endpoint in service.endpoints:
        by_path.setdefault(endpoint.operation.path, {})[endpoint.operation.method] = endpoint
    ordered = sorted(by_path.items(), key=lambda entry: (PathPattern(entry[0]).specificity, entry[0]))
    for path, endpoints in ordered:
        pattern = PathPattern(path)
        for method, endpoint in endpoints.items():
            operation = endpoint.operation
            router.add_api_route(
                pattern.starlette_path,
                _serve(endpoint, pattern),
                methods=[method],
                name=operation.function,
                operation_id=operation.id,
                response_model=None,
            )
    for path, endpoints in ordered:
        others = [method for method in METHODS if method not in endpoints]
        pattern = PathPattern(path)
        router.add_api_route(pattern.starlette_path, _refuse(endpoints), methods=others, include_in_schema=False)
    return router


def _serve(endpoint: Endpoint, pattern: PathPattern) -> Callable[[Request], Awaitable[Response]]:
    async def serve(request: Request) -> Response:
        return await endpoint.serve(request, pattern.match_ending(raw_path(request.scope)) or {})

    return serve


def _refuse(endpoints: dict[str, Endpoint]) -> Callable[[Request], Awaitable[Response]]:
    async def refuse(request: Request) -> Response:
        return refuse_method(endpoints, request.method)

    return refuse
