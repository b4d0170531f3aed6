"""Hooks and spans: what others see of each request of a call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx2
import pytest
from opentelemetry import trace
from opentelemetry.trace import propagation

from apictl.support.declarations import Answer, Operation, Parameter
from apictl.support.exchanges import Policy
from apictl.support.hooks import Answered, Attempt, Hooks
from apictl.support.responses import UnexpectedResponse
from apictl.support.retries import Retries
from tests.support.calling import BOTH, JSON, Answers, FakeTime

Call = Callable[..., Any]
THING: Operation[Any] = Operation(
    "getThing",
    "GET",
    "/things/{thingId}",
    "get_thing",
    (Answer("200", (JSON,)),),
    (Parameter("thingId", "thing_id", "path", "text", str, style="simple", explode=False, is_required=True),),
)
ARGUMENTS = {"thing_id": "t/1"}
FINE = httpx2.Response(200, json={})
BUSY = httpx2.Response(503)


def _policy(hooks: Hooks | None, fake: FakeTime) -> Policy:
    return Policy(Retries(clock=fake.clock), hooks)


@pytest.mark.parametrize("call", BOTH)
def test_hooks_see_every_attempt_and_what_became_of_it(call: Call) -> None:
    fake, seen = FakeTime(), list[Any]()
    service = Answers((httpx2.ConnectError("nobody"), BUSY, FINE))

    def slow(request: httpx2.Request) -> httpx2.Response:
        fake.now += 2
        return service(request)

    hooks = Hooks(on_request=seen.append, on_response=seen.append)
    call(slow, THING, arguments=ARGUMENTS, policy=_policy(hooks, fake))

    assert [(one.operation_id, one.path, one.number) for one in seen if isinstance(one, Attempt)] == [
        ("getThing", "/things/{thingId}", number) for number in (1, 2, 3)
    ]
    answered = [one for one in seen if isinstance(one, Answered)]
    assert [one.elapsed_seconds for one in answered] == [2, 2, 2]
    assert [type(one.outcome) for one in answered] == [httpx2.ConnectError, httpx2.Response, httpx2.Response]
    assert seen[0].request.url.raw_path == b"/v1/things/t%2F1"


def test_hook_may_add_a_header() -> None:
    service = Answers((FINE,))

    def sign(attempt: Attempt) -> None:
        attempt.request.headers["X-Signature"] = f"{attempt.operation_id}:{attempt.number}"

    BOTH[0](service, THING, arguments=ARGUMENTS, policy=Policy(hooks=Hooks(on_request=sign)))

    assert service.seen[0].headers["x-signature"] == "getThing:1"


@dataclass
class _Span(trace.NonRecordingSpan):
    """Keeps what it is told."""

    name: str
    number: int
    attributes: dict[str, Any] = field(default_factory=dict)
    statuses: list[Any] = field(default_factory=list)
    exceptions: list[BaseException] = field(default_factory=list)
    ends: int = 0

    def __post_init__(self) -> None:
        super().__init__(trace.SpanContext(0xABC, self.number, is_remote=False, trace_flags=trace.TraceFlags(1)))

    def set_attribute(self, key: str, value: Any) -> None:
        self.attributes[key] = value

    def set_status(self, status: Any, _description: str | None = None) -> None:
        self.statuses.append(status)

    def record_exception(self, exception: BaseException, *_: Any, **__: Any) -> None:
        self.exceptions.append(exception)

    def end(self, _end_time: int | None = None) -> None:
        self.ends += 1


@dataclass
class _Provider(trace.NoOpTracer, trace.TracerProvider):
    """Makes such spans."""

    spans: list[_Span] = field(default_factory=list)
    scopes: list[str] = field(default_factory=list)

    def get_tracer(self, instrumenting_module_name: str, *_: Any, **__: Any) -> trace.Tracer:
        self.scopes.append(instrumenting_module_name)
        return self

    def start_span(self, name: str, *_: Any, **settings: Any) -> trace.Span:
        assert settings["kind"] is trace.SpanKind.CLIENT
        self.spans.append(_Span(name, len(self.spans) + 1, dict(settings["attributes"])))
        return self.spans[-1]


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> _Provider:
    """Return a provider of spans that is set while the test runs."""
    provider = _Provider()
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: provider)
    return provider


@pytest.mark.parametrize("call", BOTH)
def test_attempt_is_a_span_by_the_conventions_of_http(call: Call, provider: _Provider) -> None:
    service = Answers((BUSY, FINE))

    call(service, THING, arguments=ARGUMENTS, policy=_policy(None, FakeTime()))

    first, second = provider.spans
    assert first.name == second.name == "GET /things/{thingId}"
    assert first.attributes == {
        "http.request.method": "GET",
        "url.template": "/things/{thingId}",
        "url.full": "https://api.example.test/v1/things/t%2F1",
        "server.address": "api.example.test",
        "server.port": 443,
        "apictl.operation.id": "getThing",
        "http.response.status_code": 503,
        "error.type": "503",
    }
    assert first.statuses == [trace.StatusCode.ERROR]
    assert second.attributes["http.request.resend_count"] == 1
    assert "error.type" not in second.attributes
    assert (first.ends, second.ends) == (1, 1)
    assert provider.scopes == ["apictl", "apictl"]


@pytest.mark.parametrize("call", BOTH)
def test_context_of_the_span_goes_with_the_request(call: Call, provider: _Provider) -> None:
    service = Answers((FINE,))

    call(service, THING, arguments=ARGUMENTS)

    assert provider.spans[0].number == 1
    assert service.seen[0].headers["traceparent"] == f"00-{0xABC:032x}-{1:016x}-01"


def test_failure_without_a_response_is_told_by_its_type(provider: _Provider) -> None:
    with pytest.raises(httpx2.ConnectError):
        BOTH[0](Answers((httpx2.ConnectError("nobody"),)), THING, arguments=ARGUMENTS)

    (span,) = provider.spans
    assert span.attributes["error.type"] == "httpx2.ConnectError"
    assert [str(each) for each in span.exceptions] == ["nobody"]


def test_span_ends_whatever_happens(provider: _Provider) -> None:
    with pytest.raises(ZeroDivisionError):
        BOTH[0](Answers((ZeroDivisionError(),)), THING, arguments=ARGUMENTS)

    assert provider.spans[0].ends == 1


def test_secret_in_the_query_is_in_no_span(provider: _Provider) -> None:
    with pytest.raises(UnexpectedResponse):
        BOTH[0](Answers((BUSY,)), Operation("op", "GET", "/things?key=s3cret", "op", (Answer("200"),)))

    assert "s3cret" not in provider.spans[0].attributes["url.full"]


def test_without_a_provider_nothing_is_added() -> None:
    service = Answers((FINE,))

    BOTH[0](service, THING, arguments=ARGUMENTS)

    assert "traceparent" not in service.seen[0].headers
    assert not propagation.get_current_span().is_recording()
