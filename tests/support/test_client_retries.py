"""Retries: what is tried again, after which pause, and when it is too late."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx2
import pytest

from apictl.support.async_calls import AsyncCaller
from apictl.support.calling import Limits
from apictl.support.calls import Caller
from apictl.support.deadlines import DeadlinePassed
from apictl.support.declarations import Body
from apictl.support.exchanges import Policy
from apictl.support.responses import UnexpectedResponse
from apictl.support.retries import Retries, retry_after_seconds
from tests.support.calling import BOTH, EMPTY, JSON, JUDGE, Answers, FakeTime, operation

Call = Callable[..., Any]
FINE = httpx2.Response(200, json={})
BUSY = httpx2.Response(503)
REFUSED = httpx2.ConnectError("nobody listens")


def _policy(time_: FakeTime, **settings: Any) -> Policy:
    return Policy(Retries(clock=time_.clock, **settings))


@pytest.mark.parametrize("call", BOTH)
@pytest.mark.parametrize("failure", [BUSY, REFUSED, httpx2.ReadTimeout("late"), httpx2.RemoteProtocolError("cut")])
def test_idempotent_call_is_tried_again_until_it_succeeds(call: Call, failure: Any) -> None:
    service, fake = Answers((failure, failure, FINE)), FakeTime()

    assert call(service, operation("GET"), policy=_policy(fake)) == {}

    assert len(service.seen) == 3
    assert fake.pauses == [0.5, 1.0]


@pytest.mark.parametrize("call", BOTH)
def test_nothing_is_tried_again_unless_it_is_asked_for(call: Call) -> None:
    service = Answers((REFUSED, FINE))

    with pytest.raises(httpx2.ConnectError):
        call(service, operation("GET"))

    assert len(service.seen) == 1


@pytest.mark.parametrize("call", BOTH)
@pytest.mark.parametrize(
    "method, tries", [("PUT", 2), ("DELETE", 2), ("QUERY", 2), ("HEAD", 2), ("POST", 1), ("PATCH", 1)]
)
def test_only_what_may_arrive_twice_is_sent_twice(call: Call, method: str, tries: int) -> None:
    service = Answers((REFUSED,))

    with pytest.raises(httpx2.ConnectError):
        call(service, operation(method), policy=_policy(FakeTime(), attempts=2))

    assert len(service.seen) == tries


@pytest.mark.parametrize("call", BOTH)
def test_key_makes_a_post_one_that_may_arrive_twice(call: Call) -> None:
    service = Answers((BUSY, FINE))
    called = operation("POST", body=Body((JSON,), is_required=True))

    call(service, called, body={"a": 1}, arguments={"key": "k-1"}, policy=_policy(FakeTime()))

    assert [request.headers["idempotency-key"] for request in service.seen] == ["k-1", "k-1"]
    assert [request.content for request in service.seen] == [b'{"a":1}', b'{"a":1}']


@pytest.mark.parametrize(
    "status, tries", [(408, 2), (425, 2), (429, 2), (502, 2), (504, 2), (500, 1), (501, 1), (404, 1)]
)
def test_only_passing_refusals_are_tried_again(status: int, tries: int) -> None:
    service = Answers((httpx2.Response(status),))

    with pytest.raises(UnexpectedResponse):
        BOTH[0](service, operation(), policy=_policy(FakeTime(), attempts=2))

    assert len(service.seen) == tries


def test_last_refusal_is_that_of_the_call() -> None:
    service = Answers((httpx2.Response(503), httpx2.Response(502, text="the proxy")))

    with pytest.raises(UnexpectedResponse) as raised:
        BOTH[0](service, operation(), policy=_policy(FakeTime()))

    assert raised.value.status == 502
    assert len(service.seen) == 3


@pytest.mark.parametrize(
    "value, seconds",
    [
        (None, 0),
        ("7", 7),
        (" 7 ", 7),
        ("Fri, 15 Jan 2027 08:00:09 GMT", 9),
        ("Friday, 15-Jan-27 08:00:09 GMT", 9),
        ("Fri Jan 15 08:00:09 2027", 9),
        ("Fri, 15 Jan 2027 07:00:00 GMT", 0),
        ("-7", 0),
        ("1.5", 0),
        ("\N{ARABIC-INDIC DIGIT SEVEN}", 0),
        ("soon", 0),
        ("", 0),
        ("Fri, 99 Foo 99999999999 99:99:99 GMT", 0),
        ("9" * 400, float("inf")),
    ],
)
def test_retry_after_is_seconds_or_a_date_or_nothing(value: str | None, seconds: float) -> None:
    assert retry_after_seconds(value, FakeTime().clock) == seconds


def test_what_the_service_asks_for_is_waited_out_and_chance_comes_on_top() -> None:
    fake = FakeTime(chance=0.5)

    BOTH[0](Answers((httpx2.Response(429, headers={"Retry-After": "7"}), FINE)), operation(), policy=_policy(fake))

    assert fake.pauses == [7.25]


def test_refusal_for_longer_than_anybody_waits_is_final() -> None:
    fake = FakeTime()

    with pytest.raises(UnexpectedResponse):
        BOTH[0](Answers((httpx2.Response(429, headers={"Retry-After": "3600"}),)), operation(), policy=_policy(fake))

    assert fake.pauses == []


def test_pauses_double_up_to_the_longest_and_chance_shortens_them() -> None:
    retries = Retries(attempts=2000, longest_pause_seconds=3, clock=FakeTime().clock)
    half = Retries(clock=FakeTime(chance=0.5).clock)

    assert [retries.pause_seconds(BUSY, number) for number in (1, 2, 3, 4, 1999, 2000)] == [0.5, 1, 2, 3, 3, None]
    assert half.pause_seconds(BUSY, 1) == 0.25


@pytest.mark.parametrize("call", BOTH)
def test_pause_that_would_pass_the_deadline_is_not_begun(call: Call) -> None:
    service, fake = Answers((BUSY,)), FakeTime()

    with pytest.raises(UnexpectedResponse):
        call(service, operation(), policy=_policy(fake, attempts=9), limits=Limits(deadline_seconds=1.5))

    assert fake.pauses == [0.5]
    assert len(service.seen) == 2


def test_deadline_of_the_client_holds_where_a_call_has_none() -> None:
    service, fake = Answers((BUSY,)), FakeTime()

    with pytest.raises(UnexpectedResponse):
        BOTH[0](service, operation(), policy=_policy(fake, deadline_seconds=0.4))

    assert len(service.seen) == 1


@pytest.mark.parametrize("call", BOTH)
def test_no_wait_of_an_attempt_is_longer_than_what_is_left(call: Call) -> None:
    service, fake = Answers((BUSY, FINE)), FakeTime()

    call(service, operation(), policy=_policy(fake), limits=Limits(timeout_seconds=2, deadline_seconds=2.2))

    waits = [request.extensions["timeout"]["read"] for request in service.seen]
    assert waits == [2, pytest.approx(1.7)]


@pytest.mark.parametrize("call", BOTH)
def test_attempt_that_uses_all_that_is_left_ends_with_the_deadline(call: Call) -> None:
    fake = FakeTime()

    def slow(_request: httpx2.Request) -> httpx2.Response:
        fake.now += 5
        raise httpx2.ReadTimeout("late")

    with pytest.raises(DeadlinePassed, match="the deadline of 4 s has passed") as raised:
        call(slow, operation(), policy=_policy(fake), limits=Limits(deadline_seconds=4))
    assert isinstance(raised.value.__cause__, httpx2.ReadTimeout)


@pytest.mark.parametrize("call", BOTH)
def test_deadline_that_is_no_time_at_all_sends_nothing(call: Call) -> None:
    service = Answers((FINE,))

    with pytest.raises(DeadlinePassed):
        call(service, operation(), limits=Limits(deadline_seconds=0))

    assert service.seen == []


@pytest.mark.parametrize("settings", [{"attempts": 0}, {"first_pause_seconds": -1}, {"longest_pause_seconds": -0.1}])
def test_settings_that_mean_nothing_are_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"attempts|pause"):
        Retries(**settings)


class _Trickle(BaseHTTPRequestHandler):
    """Sends a byte now and then, so that no wait is long and the whole takes forever."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        for _ in range(100):
            try:
                self.wfile.write(b" ")
                self.wfile.flush()
            except OSError:
                return
            time.sleep(0.05)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def trickle() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Trickle)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_response_that_trickles_does_not_outlive_the_deadline(trickle: str) -> None:
    began = time.monotonic()

    with httpx2.Client(base_url=trickle) as http, pytest.raises(DeadlinePassed):
        Caller(http, JUDGE, EMPTY).call(operation(), limits=Limits(deadline_seconds=0.3))

    assert time.monotonic() - began < 1.5


def test_response_that_trickles_does_not_outlive_the_deadline_of_an_asynchronous_call(trickle: str) -> None:
    async def run() -> None:
        async with httpx2.AsyncClient(base_url=trickle) as http:
            await AsyncCaller(http, JUDGE, EMPTY).call(operation(), limits=Limits(deadline_seconds=0.3))

    began = time.monotonic()
    with pytest.raises(DeadlinePassed):
        asyncio.run(run())
    assert time.monotonic() - began < 1.5
