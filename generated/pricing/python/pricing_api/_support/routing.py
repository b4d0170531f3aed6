"""Which operation answers a request, and what answers where none does: `HEAD`, `OPTIONS`, 405."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from .endpoint import Endpoint
from .failures import FailureKind
from .matching import PathTable


async def respond(table: PathTable[Endpoint], request: Request, path: str) -> Response | None:
    """Return the answer to *request* for *path*, percent-encoded; None when no operation has this path.

    The most literal template has the first word. Of the others only those count whose path parameters accept what
    stands in the path: `DELETE /r/mine` is one of `/r/{id}` where "mine" can be an id.
    """
    method = request.method
    first: str | None = None
    by_method: dict[str, Endpoint] = {}
    for shape, endpoints, values in table.find(path, request.scope["query_string"]):
        endpoint = endpoints.get(method)
        if first is None:
            first = shape
        elif shape != first and not (endpoint or next(iter(endpoints.values()))).takes(values):
            continue
        if endpoint is not None:
            return await endpoint.serve(request, values)
        if method == "HEAD" and "GET" in endpoints:
            return without_content(await endpoints["GET"].serve(request, values))
        by_method |= {name: endpoint for name, endpoint in endpoints.items() if name not in by_method}
    return unmatched(by_method, method) if by_method else None


def unmatched(endpoints: Mapping[str, Endpoint], method: str) -> Response:
    """Return the answer to *method* on a path that has only those of *endpoints* (RFC 9110, 9.3.7 and 15.5.6)."""
    # Whoever answers GET answers HEAD (RFC 9110, 9.3.2).
    allowed = {*endpoints, "OPTIONS"} | ({"HEAD"} if "GET" in endpoints else set())
    allow = ", ".join(sorted(allowed))
    if method == "OPTIONS":
        return Response(b"", 204, headers={"Allow": allow})
    detail = f"{method[:30]} is not one of {allow}"
    return next(iter(endpoints.values())).fail(FailureKind.METHOD_NOT_ALLOWED, detail, {"Allow": allow})


def without_content(response: Response) -> Response:
    """Return *response* as `HEAD` has it: the headers that tell of a content, and none."""
    if isinstance(response, StreamingResponse):
        bare = Response(b"", response.status_code, background=response.background)
        bare.raw_headers = response.raw_headers
        return bare
    response.body = b""
    return response
