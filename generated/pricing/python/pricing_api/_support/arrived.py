"""Headers of a request, as they arrived."""

from __future__ import annotations

from starlette.requests import Request


def header_of(request: Request, name: str) -> str | None:
    """Return the value of the header *name*; several of one name are joined by commas (RFC 9110, 5.3)."""
    wanted = name.lower().encode("latin-1", "replace")
    values = [value for given, value in request.scope["headers"] if given == wanted]
    return b", ".join(values).decode("latin-1") if values else None
