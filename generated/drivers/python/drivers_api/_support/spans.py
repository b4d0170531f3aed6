"""OpenTelemetry spans of a client's requests, where `opentelemetry-api` is installed and a provider is set.

They follow the semantic conventions for HTTP client spans: one span an attempt, named by method and template.
"""

from __future__ import annotations

import sys
from typing import Any, Final, Protocol

import httpx2

from .hooks import Answered, Attempt

_ERRORS_FROM: Final = 400
_PORTS: Final = {"http": 80, "https": 443}


class Ending(Protocol):
    """Ends a span that was begun."""

    def __call__(self, answered: Answered | None) -> None:
        """End it as *answered* says; None when the call was given up."""
        ...


def are_wanted() -> bool:
    """Whether somebody has set a provider of OpenTelemetry: its API alone records nothing."""
    # Whoever sets one has imported the module; what nobody has imported costs nothing.
    if "opentelemetry.trace" not in sys.modules:
        return False
    from opentelemetry import trace  # noqa: PLC0415  (optional)

    return not isinstance(trace.get_tracer_provider(), trace.ProxyTracerProvider | trace.NoOpTracerProvider)


def begin(scope: str, attempt: Attempt) -> Ending | None:
    """Begin a span for *attempt* in the instrumentation scope *scope*, if it is wanted, and pass its context on."""
    if not are_wanted():
        return None
    from opentelemetry import propagate, trace  # noqa: PLC0415  (optional)

    name = f"{attempt.request.method} {attempt.path}"
    kind = trace.SpanKind.CLIENT
    span = trace.get_tracer(scope).start_span(name, kind=kind, attributes=_attributes(attempt))
    carrier: dict[str, str] = {}
    propagate.inject(carrier, context=trace.set_span_in_context(span))
    attempt.request.headers.update(carrier)

    def end(answered: Answered | None) -> None:
        outcome = None if answered is None else answered.outcome
        error = _error_type(outcome)
        if isinstance(outcome, httpx2.Response):
            span.set_attribute("http.response.status_code", outcome.status_code)
        if error:
            span.set_attribute("error.type", error)
            span.set_status(trace.StatusCode.ERROR)
        if isinstance(outcome, httpx2.RequestError):
            span.record_exception(outcome)
        span.end()

    return end


def _attributes(attempt: Attempt) -> dict[str, Any]:
    request = attempt.request
    url = request.url
    attributes: dict[str, Any] = {
        "http.request.method": request.method,
        "url.template": attempt.path,
        # Credentials may stand in the user part and in the query.
        "url.full": str(url.copy_with(username=None, password=None, query=None)),
        "server.address": url.host,
        "server.port": url.port or _PORTS.get(url.scheme, 0),
        "apictl.operation.id": attempt.operation_id,
    }
    if attempt.number > 1:
        attributes["http.request.resend_count"] = attempt.number - 1
    return attributes


def _error_type(outcome: httpx2.Response | httpx2.RequestError | None) -> str:
    """Return the `error.type` of *outcome*; "" for what is no error to a client."""
    if outcome is None:
        return "abandoned"
    if isinstance(outcome, httpx2.RequestError):
        return f"{type(outcome).__module__.partition('.')[0]}.{type(outcome).__qualname__}"
    return str(outcome.status_code) if outcome.status_code >= _ERRORS_FROM else ""
